import {
  type EuroCents,
  parseCalendarDate,
  parseCodiceFiscale,
  parseNumeroAvviso,
} from '../../core/values/index.ts';
import type { Notice } from '../../subgraphs/payments/documents/notice.content.ts';
import { calvenzano } from './filings.ts';

/** The notice of Claudia's first instalment for Luca's meals. */
export function noticeOfClaudia(more: Partial<Notice> = {}): Notice {
  return {
    numeroAvviso: parseNumeroAvviso('301000000000004285'),
    creditor: calvenzano.codiceFiscale,
    creditorName: calvenzano.name,
    body: calvenzano,
    debtor: parseCodiceFiscale('RSSCLD84C52A794Q'),
    debtorName: 'Claudia Rossi',
    debtorAddress: {
      street: 'Via Roma',
      houseNumber: '12',
      postalCode: '24040',
      town: 'Calvenzano',
      province: 'BG',
    },
    childName: 'Luca Bianchi',
    subject: 'Mensa scolastica fattura 2026/731 rata 1',
    amount: 10_142 as EuroCents,
    dueOn: parseCalendarDate('2026-11-15'),
    printedOn: parseCalendarDate('2026-10-15'),
    terms: { cbillCode: 'DEMO0', postal: { account: '000016302093', authorisation: 'AUT. DI PROVA' } },
    ...more,
  };
}

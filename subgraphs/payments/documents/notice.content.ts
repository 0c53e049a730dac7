import type { NoticeConfig } from '../../../core/config.ts';
import type { Block, Columns, Fact, PdfContent } from '../../../core/pdf/content.ts';
import {
  type CalendarDate,
  type CodiceFiscale,
  type EuroCents,
  formatEuro,
  formatItalianDate,
  formatNumeroAvviso,
  type NumeroAvviso,
} from '../../../core/values/index.ts';
import type { MunicipalityRecord, PostalAddress } from '../../../legacy/ports/anagrafe.port.ts';
import { letterheadOf } from '../../shared/documents/letterhead.ts';
import { dataMatrixTextOf, qrTextOf } from './notice-codes.rules.ts';

/** The printed data of an avviso analogico. */
export interface Notice {
  readonly numeroAvviso: NumeroAvviso;
  readonly creditor: CodiceFiscale;
  readonly creditorName: string;
  /** This municipality, if it is the creditor: contacts, CBILL and the postal account are its own. Else null. */
  readonly body: MunicipalityRecord | null;
  readonly debtor: CodiceFiscale;
  readonly debtorName: string;
  readonly debtorAddress: PostalAddress | null;
  /** The name of the child that the debt is for, if any. */
  readonly childName: string | null;
  readonly subject: string;
  readonly amount: EuroCents;
  readonly dueOn: CalendarDate | null;
  readonly printedOn: CalendarDate;
  readonly terms: NoticeConfig;
}

// The lengths of pagoPA's own notices; longer text is cut, because the page has no room for it.
const mostOfSubject = 140;
const mostOfName = 70;

/** The content of the published layout: creditor, debtor, amount, due date, places to pay, and the codes. */
export function noticeContent(whole: Notice): PdfContent {
  const notice = {
    ...whole,
    subject: shortened(whole.subject, mostOfSubject),
    debtorName: shortened(whole.debtorName, mostOfName),
    creditorName: shortened(whole.creditorName, mostOfName),
  };
  const number = formatNumeroAvviso(notice.numeroAvviso);
  return {
    title: `Avviso di pagamento ${number}`,
    author: notice.creditorName,
    date: notice.printedOn,
    footer: `Avviso di pagamento ${number}, stampato il ${formatItalianDate(notice.printedOn)}`,
    blocks: [
      ...letterheadOf(notice.body),
      { kind: 'heading', level: 1, text: 'Avviso di pagamento' },
      { kind: 'text', text: notice.subject, look: 'strong' },
      parties(notice),
      beside(howMuch(notice), whereToPay),
      ...bankSlip(notice),
      ...postalSlip(notice, whole),
    ],
  };
}

function parties(notice: Notice): Columns {
  const creditor = [
    { label: 'Ente creditore', value: notice.creditorName },
    { label: 'Codice fiscale ente creditore', value: notice.creditor },
  ];
  const debtor = [
    { label: 'Destinatario dell’avviso', value: notice.debtorName },
    { label: 'Codice fiscale destinatario', value: notice.debtor },
    ...optional('Indirizzo', notice.debtorAddress === null ? null : addressOf(notice.debtorAddress)),
    ...optional('Alunno', notice.childName),
  ];
  return beside([stacked(creditor)], [stacked(debtor)]);
}

function howMuch({ amount, dueOn, printedOn }: Notice): readonly Block[] {
  return [
    { kind: 'heading', level: 2, text: 'Quanto e quando pagare' },
    { kind: 'text', look: 'large', text: `${formatEuro(amount)} euro` },
    {
      kind: 'text',
      look: 'strong',
      text: untilWhen(dueOn, printedOn),
    },
    {
      kind: 'text',
      look: 'small',
      text: 'L’importo può cambiare nel tempo, per esempio per spese o riduzioni: chi riceve il pagamento mostra quello aggiornato.',
    },
  ];
}

function untilWhen(dueOn: CalendarDate | null, today: CalendarDate): string {
  if (dueOn === null) return 'senza scadenza';
  const day = formatItalianDate(dueOn);
  return dueOn < today ? `scadeva il ${day}: si può ancora pagare` : `entro il ${day}`;
}

const whereToPay: readonly Block[] = [
  { kind: 'heading', level: 2, text: 'Dove pagare' },
  {
    kind: 'list',
    items: [
      'Online: dal sito del Comune, dall’app IO o dal servizio della propria banca.',
      'Di persona: in banca, all’ufficio postale, dal tabaccaio e negli altri esercizi che aderiscono a pagoPA, anche in contanti.',
    ],
  },
];

function bankSlip(notice: Notice): readonly Block[] {
  const { numeroAvviso, creditor, creditorName, debtorName, subject, terms, body } = notice;
  const code: Block = {
    kind: 'barCode',
    symbology: 'QR',
    data: qrTextOf(notice),
    alt: 'Codice QR per pagare questo avviso. Contiene il codice avviso, il codice fiscale dell’ente creditore e l’importo, scritti qui accanto.',
    sizeMm: 38,
  };
  const facts = [
    { label: 'Codice avviso', value: formatNumeroAvviso(numeroAvviso) },
    { label: 'Codice fiscale ente creditore', value: creditor },
    { label: 'Importo', value: `${formatEuro(notice.amount)} euro` },
    ...optional('Codice CBILL', body === null ? null : terms.cbillCode),
  ];
  const names = [
    { label: 'Destinatario', value: debtorName },
    { label: 'Ente creditore', value: creditorName },
    { label: 'Oggetto del pagamento', value: subject },
  ];
  return [
    { kind: 'heading', level: 2, text: 'Banche e altri canali' },
    {
      kind: 'columns',
      columns: [
        { share: 0.26, blocks: [code] },
        { share: 0.32, blocks: [stacked(facts)] },
        { share: 0.42, blocks: [stacked(names)] },
      ],
    },
  ];
}

/** Printed only if the municipality has an account at Poste Italiane and is the creditor. */
function postalSlip(notice: Notice, whole: Notice): readonly Block[] {
  const { postal } = notice.terms;
  const { body, numeroAvviso, debtor, debtorName, subject, amount, dueOn } = notice;
  if (postal === null || body === null) return [];
  const code: Block = {
    kind: 'barCode',
    symbology: 'DATA_MATRIX',
    data: dataMatrixTextOf({ ...whole, account: postal.account }),
    alt: 'Codice Data Matrix per pagare questo avviso alla posta. Contiene i dati scritti qui accanto.',
    sizeMm: 32,
  };
  const account = [
    { label: 'Sul conto corrente postale numero', value: postal.account.replace(/^0+(?=\d)/, '') },
    { label: 'Intestato a', value: body.name },
    { label: 'Codice avviso, tipo P1', value: formatNumeroAvviso(numeroAvviso) },
    { label: 'Importo', value: `${formatEuro(amount)} euro` },
    ...optional('Entro il', dueOn === null ? null : formatItalianDate(dueOn)),
  ];
  const names = [
    { label: 'Destinatario', value: `${debtorName}\n${debtor}` },
    { label: 'Oggetto del pagamento', value: subject },
    { label: 'Autorizzazione', value: postal.authorisation },
  ];
  return [
    { kind: 'heading', level: 2, text: 'Bollettino postale PA' },
    {
      kind: 'columns',
      columns: [
        { share: 0.26, blocks: [code] },
        { share: 0.32, blocks: [stacked(account)] },
        { share: 0.42, blocks: [stacked(names)] },
      ],
    },
  ];
}

function stacked(facts: readonly Fact[]): Block {
  return { kind: 'facts', isStacked: true, facts };
}

function beside(left: readonly Block[], right: readonly Block[]): Columns {
  const columns = [left, right].map((blocks) => ({ share: 0.5, blocks }));
  return { kind: 'columns', columns };
}

function optional(label: string, value: string | null): readonly Fact[] {
  return value === null ? [] : [{ label, value }];
}

function addressOf({ street, houseNumber, postalCode, town, province }: PostalAddress): string {
  const line = [street, houseNumber].filter(Boolean).join(' ');
  return `${line}, ${postalCode} ${town}${province === null ? '' : ` (${province})`}`;
}

function shortened(text: string, most: number): string {
  const letters = [...text.replace(/\s+/g, ' ').trim()];
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`;
}

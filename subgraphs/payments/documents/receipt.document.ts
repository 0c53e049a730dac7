import type { Fact, PdfContent } from '../../../core/pdf/content.ts';
import {
  type CalendarDate,
  type CodiceFiscale,
  formatEuro,
  formatItalianMoment,
  formatNumeroAvviso,
  fullName,
  isNumeroAvviso,
  iuvOf,
  type NumeroAvviso,
  romeDateOf,
} from '../../../core/values/index.ts';
import type { MunicipalityRecord } from '../../../legacy/ports/anagrafe.port.ts';
import type { PaymentRecord, ReceiptRecord } from '../../../legacy/ports/payments.port.ts';
import type { Document } from '../../shared/documents/document.type.ts';
import { type DocumentSource, documentFor } from '../../shared/documents/document-source.ts';
import { letterheadOf } from '../../shared/documents/letterhead.ts';
import { fileToMake, makeDocument } from '../../shared/documents/made-document.ts';
import { municipalityOf } from '../../shared/municipality.loader.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { creditorName } from '../debt/creditor.ts';
import { findByNotice } from '../debt/debt-view.loader.ts';
import { debtorOf } from '../debt/debtor.loader.ts';
import type { Receipt } from '../debt/receipt.type.ts';
import { publicDescriptionOf } from '../notice/notice.rules.ts';
import { paymentPage } from '../payment/payment.loader.ts';

const file = fileToMake('ricevuta-di-pagamento.pdf');

/** The address of a receipt: complete for debtor and payer, without names for anyone holding the notice number. */
export function receiptDocument(context: RequestContext, { source }: Receipt): Document | null {
  if (source === null) return null;
  const [kind, parts] =
    source.kind === 'own'
      ? ['Receipt', [source.paidOn, source.receiptId]]
      : ['NoticeReceipt', [source.notice.creditor, source.notice.numeroAvviso]];
  return documentFor(context, 'payments', kind as string, parts as readonly string[], file);
}

/** A receipt among the payments that the caller made or owed on that day. */
export const ownReceiptSource: DocumentSource = async (context, [paidOn, receiptId]) => {
  const payer = debtorOf(context);
  if (payer === null) return null;
  const day = paidOn as CalendarDate;
  const { rows } = await paymentPage(context, payer, { from: day, to: day }, { first: 100, after: null });
  const payment = rows.find(({ receipt }) => receipt.receiptId === receiptId);
  if (payment === undefined) return null;
  const description = await causaleOf(context, payment);
  return open(context, payment.receipt, ownReceipt(context, payer, { ...payment, description }));
};

/** The description on the notice and in pagoPA's e-mail; the receipt's own if the debt is unknown here. */
async function causaleOf(
  context: RequestContext,
  { numeroAvviso, description }: PaymentRecord,
): Promise<string> {
  const creditor = (await municipalityOf(context))?.codiceFiscale;
  if (creditor === undefined || !isNumeroAvviso(numeroAvviso)) return description;
  const debt = await findByNotice(context, { numeroAvviso, creditor });
  return debt === null ? description : publicDescriptionOf(debt);
}

/** The receipt of a paid notice, for a caller who gave its debtor's code when requesting the address. */
export const noticeReceiptSource: DocumentSource = async (context, [creditor, numeroAvviso]) => {
  const notice = { creditor: creditor as CodiceFiscale, numeroAvviso: numeroAvviso as NumeroAvviso };
  const debt = await findByNotice(context, notice);
  if (debt?.receipt == null) return null;
  return open(context, debt.receipt, { ...notice, description: publicDescriptionOf(debt), people: [] });
};

/** The printed data of a receipt, without the amounts. */
interface Proof {
  readonly creditor: CodiceFiscale | null;
  readonly numeroAvviso: NumeroAvviso;
  readonly description: string;
  readonly people: readonly Fact[];
}

/** A payer of another person's debt sees neither the debtor's code nor name; a debtor sees the payer's name. */
function ownReceipt(
  { caller }: RequestContext,
  self: CodiceFiscale,
  { debtor, numeroAvviso, description, receipt }: PaymentRecord,
): Proof {
  const callerName =
    caller.kind === 'citizen' ? fullName(caller) : caller.kind === 'business' ? caller.name : '';
  const people = [
    ...(debtor === self ? [{ label: 'Debitore', value: `${callerName}, ${self}` }] : []),
    ...(receipt.payer === self
      ? [{ label: 'Pagato da', value: `${receipt.payerName ?? callerName}, ${self}` }]
      : receipt.payerName === null
        ? []
        : [{ label: 'Pagato da', value: receipt.payerName }]),
  ];
  return { creditor: null, numeroAvviso, description, people };
}

async function open(context: RequestContext, receipt: ReceiptRecord, proof: Proof) {
  const municipality = await municipalityOf(context);
  const creditor = proof.creditor ?? municipality?.codiceFiscale ?? null;
  const name = creditor === null ? '' : await creditorName(context, creditor);
  const content = toContent(receipt, proof, { code: creditor, name, municipality });
  return makeDocument(context, file.fileName, content);
}

interface Creditor {
  readonly code: CodiceFiscale | null;
  readonly name: string;
  readonly municipality: MunicipalityRecord | null;
}

function toContent(receipt: ReceiptRecord, proof: Proof, creditor: Creditor): PdfContent {
  const { receiptId, paidAt, amount, pspName } = receipt;
  const { numeroAvviso, description, people } = proof;
  const title = `Ricevuta di pagamento, avviso ${formatNumeroAvviso(numeroAvviso)}`;
  return {
    title,
    author: creditor.name,
    date: romeDateOf(new Date(paidAt)),
    blocks: [
      ...letterheadOf(creditor.municipality?.codiceFiscale === creditor.code ? creditor.municipality : null),
      { kind: 'heading', level: 1, text: 'Ricevuta di pagamento' },
      { kind: 'text', text: description, look: 'strong' },
      { kind: 'text', text: `${formatEuro(amount)} euro`, look: 'large' },
      {
        kind: 'facts',
        facts: [
          { label: 'Pagato il', value: formatItalianMoment(paidAt) },
          ...people,
          { label: 'Ente creditore', value: [creditor.name, creditor.code].filter(Boolean).join(', ') },
          { label: 'Codice avviso', value: formatNumeroAvviso(numeroAvviso) },
          ...(isNumeroAvviso(numeroAvviso) ? [{ label: 'IUV', value: iuvOf(numeroAvviso) }] : []),
          { label: 'Identificativo della ricevuta', value: receiptId },
          { label: 'Prestatore di servizi di pagamento', value: pspName },
        ],
      },
      {
        kind: 'text',
        look: 'small',
        text: 'Riproduce i dati della ricevuta telematica pagoPA. L’importo non comprende le commissioni di chi ha ricevuto il pagamento.',
      },
    ],
  };
}

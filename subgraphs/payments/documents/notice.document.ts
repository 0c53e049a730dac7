import {
  type CalendarDate,
  type CodiceFiscale,
  type EuroCents,
  fullName,
  isNumeroAvviso,
  type NumeroAvviso,
} from '../../../core/values/index.ts';
import type { ChildKey } from '../../../legacy/ports/anagrafe.port.ts';
import type { Document } from '../../shared/documents/document.type.ts';
import {
  type DocumentSource,
  documentFor,
  type OpenDocument,
} from '../../shared/documents/document-source.ts';
import { fileToMake, makeDocument } from '../../shared/documents/made-document.ts';
import { familyOf, visibleChildren } from '../../shared/family.ts';
import { municipalityOf } from '../../shared/municipality.loader.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { creditorName } from '../debt/creditor.ts';
import { type Debt, debtId } from '../debt/debt.type.ts';
import type { DebtStatus } from '../debt/debt-status.type.ts';
import { findByNotice, type NoticeKey } from '../debt/debt-view.loader.ts';
import { childKeyOfDebt, type DebtView } from '../debt/debt-view.ts';
import { ownDebts } from '../debt/debtor.loader.ts';
import { publicDescriptionOf } from '../notice/notice.rules.ts';
import { noticeContent } from './notice.content.ts';
import { mostCents } from './notice-codes.rules.ts';

/** The data of a debt that its notice needs. */
export interface NoticedDebt extends Pick<DebtView, 'instalment' | 'description' | 'isSpontaneous'> {
  readonly numeroAvviso: NumeroAvviso;
  readonly creditor: CodiceFiscale;
  readonly debtor: CodiceFiscale;
  readonly amount: EuroCents;
  readonly dueOn: CalendarDate | null;
  readonly status: DebtStatus;
}

/**
 * Whether a counter would accept the debt's notice.
 *
 * Not while a payment is in progress, not if the debt is paid, expired or withdrawn, and not with a number or
 * amount that pagoPA's codes cannot hold: nobody could pay such a notice.
 */
export function isPrintable({
  status,
  numeroAvviso,
  amount,
}: Pick<NoticedDebt, 'status' | 'numeroAvviso' | 'amount'>): boolean {
  return status === 'PAYABLE' && isNumeroAvviso(numeroAvviso) && amount > 0 && amount <= mostCents;
}

/** The address of a debt's notice, for its debtor. */
export function debtNotice(context: RequestContext, debt: Debt): Document | null {
  if (!isPrintable(debt)) return null;
  return documentFor(context, 'payments', 'DebtNotice', [debt.id], fileToMake(noticeFileName(debt)));
}

/** Generated on download, for the debtor at that time. */
export const debtNoticeSource: DocumentSource = async (context, [id]) => {
  const debt = (await ownDebts(context)).find((one) => debtId(one) === id);
  const notice =
    debt === undefined ? null : await openNotice(context, debt, await addresseeOf(context, debt));
  return debt === undefined || notice === null ? null : { ...notice, childKey: childKeyOfDebt(debt) };
};

/**
 * The address of a spontaneous payment's notice, for the caller who just made it, signed in or not: they typed its
 * content.
 */
export function spontaneousNotice(context: RequestContext, notice: NoticeKey): Document {
  const { creditor, numeroAvviso } = notice;
  const file = fileToMake(noticeFileName(notice));
  return documentFor(context, 'payments', 'SpontaneousNotice', [creditor, numeroAvviso], file);
}

export const spontaneousNoticeSource: DocumentSource = async (context, [creditor, numeroAvviso]) => {
  const notice = { creditor: creditor as CodiceFiscale, numeroAvviso: numeroAvviso as NumeroAvviso };
  const debt = await findByNotice(context, notice);
  return debt?.isSpontaneous ? openNotice(context, debt, await addresseeOf(context, debt)) : null;
};

/** The addressee of a notice, as far as known. */
export interface Addressee {
  readonly debtorName: string;
  readonly debtorAddress: Parameters<typeof noticeContent>[0]['debtorAddress'];
  readonly childName: string | null;
}

/** The notice of any payable debt; null for another debt. Errors: OVERLOADED, TIMEOUT, LEGACY_UNAVAILABLE. */
export async function openNotice(
  context: RequestContext,
  debt: NoticedDebt,
  addressee: Addressee,
): Promise<OpenDocument | null> {
  if (!isPrintable(debt)) return null;
  const municipality = await municipalityOf(context);
  const content = noticeContent({
    ...debt,
    ...addressee,
    // The same description as at pagoPA, so that its e-mail, the notice and the receipt agree.
    subject: publicDescriptionOf(debt),
    creditorName: await creditorName(context, debt.creditor),
    body: municipality?.codiceFiscale === debt.creditor ? municipality : null,
    printedOn: context.today,
    terms: context.notices,
  });
  return makeDocument(context, noticeFileName(debt), content);
}

export function noticeFileName({ numeroAvviso }: Pick<NoticedDebt, 'numeroAvviso'>): string {
  return `avviso-${numeroAvviso}.pdf`;
}

async function addresseeOf(
  context: RequestContext,
  { debtorName, childKey, isShared }: DebtView,
): Promise<Addressee> {
  const addressee = await knownAddresseeOf(context, debtorName, childKey);
  // The notice of a shared debt has no name and no address of the debtor.
  return isShared ? { ...addressee, debtorName: '', debtorAddress: null } : addressee;
}

async function knownAddresseeOf(
  context: RequestContext,
  debtorName: string | null,
  childKey: ChildKey | null,
): Promise<Addressee> {
  if (debtorName !== null) return { debtorName, debtorAddress: null, childName: null };
  return debtorOfScope(context, childKey);
}

async function debtorOfScope(context: RequestContext, childKey: ChildKey | null): Promise<Addressee> {
  const { caller } = context;
  const nobody = { debtorName: '', debtorAddress: null, childName: null };
  if (caller.kind === 'business') return { ...nobody, debtorName: caller.name };
  if (caller.kind !== 'citizen') return nobody;
  const { citizen } = await familyOf(context);
  const child = (await visibleChildren(context)).find(({ key }) => key === childKey);
  return {
    debtorName: fullName(caller),
    debtorAddress: citizen?.residence ?? null,
    childName: child === undefined ? null : fullName(child),
  };
}

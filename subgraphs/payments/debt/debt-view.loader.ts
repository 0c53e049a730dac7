import { type Found, orThrow } from '../../../core/unreadable.ts';
import { type CodiceFiscale, type Iuv, iuvOf, type NumeroAvviso } from '../../../core/values/index.ts';
import type { DebtRecord } from '../../../legacy/ports/payments.port.ts';
import { type Entitlement, entitlementOf, hiddenIn, noEntitlement } from '../../shared/entitlement.ts';
import type { RequestContext, Services } from '../../shared/request-context.ts';
import { ownRecordsByIuv } from '../records/payment-records.ts';
import { type DebtView, isHiddenSpontaneous, toDebtViews } from './debt-view.ts';

export interface NoticeKey {
  readonly numeroAvviso: NumeroAvviso;
  readonly creditor: CodiceFiscale;
}

type Sources = Pick<Services, 'legacy' | 'settlements' | 'database' | 'clock'>;

/**
 * The debt of a notice, whoever owes it, unless its child does not exist for the caller: one statement to the legacy
 * system and two to our own database, whether there is one or not.
 */
export async function findByNotice(context: RequestContext, notice: NoticeKey): Promise<DebtView | null> {
  return findFor(context, notice, await entitlementOf(context));
}

/** The same for pagoPA: no debt is hidden from it. */
export function findForPagopa(sources: Sources, notice: NoticeKey): Promise<DebtView | null> {
  return findFor(sources, notice, noEntitlement);
}

async function findFor(
  sources: Sources,
  notice: NoticeKey,
  entitlement: Entitlement,
): Promise<DebtView | null> {
  const known = await findKnown(
    sources,
    entitlement,
    iuvOf(notice.numeroAvviso),
    sources.legacy.payments.debtsByNotice([notice], hiddenIn(entitlement)),
  );
  const isIt = ({ creditor, numeroAvviso }: DebtView) =>
    creditor === notice.creditor && numeroAvviso === notice.numeroAvviso;
  return known.find(isIt) ?? null;
}

export async function findByIuv(context: RequestContext, iuv: Iuv): Promise<DebtView | null> {
  const entitlement = await entitlementOf(context);
  const asked = context.legacy.payments.debtsByIuv([iuv], hiddenIn(entitlement));
  const [debt = null] = await findKnown(context, entitlement, iuv, asked);
  return debt;
}

async function findKnown(
  { settlements, database, clock }: Sources,
  entitlement: Entitlement,
  iuv: Iuv,
  asked: Promise<readonly Found<DebtRecord>[]>,
): Promise<readonly DebtView[]> {
  const [[found = null], settled, own] = await Promise.all([
    asked,
    settlements.ofIuvs([iuv]),
    ownRecordsByIuv(database, [iuv], clock.now()),
  ]);
  const debt = orThrow(found);
  const spontaneous = own.spontaneous.filter((one) => !isHiddenSpontaneous(entitlement, one));
  return toDebtViews(debt === null ? [] : [debt], settled, { ...own, spontaneous });
}

import { type Found, orThrow } from '../../../core/unreadable.ts';
import { type CodiceFiscale, type Iuv, iuvOf, type NumeroAvviso } from '../../../core/values/index.ts';
import type { DebtRecord } from '../../../legacy/ports/payments.port.ts';
import type { Services } from '../../shared/request-context.ts';
import { type DebtView, toDebtViews } from './debt-view.ts';
import { ownRecordsByIuv } from './payment-records.ts';

export interface NoticeKey {
  readonly numeroAvviso: NumeroAvviso;
  readonly creditor: CodiceFiscale;
}
type Sources = Pick<Services, 'legacy' | 'settlements' | 'database' | 'clock'>;

/**
 * The debt of a notice number, whoever owes it: one statement to the legacy system and two to our database,
 * whether it exists or not.
 */
export async function findByNotice(sources: Sources, notice: NoticeKey): Promise<DebtView | null> {
  const known = await findKnown(
    sources,
    iuvOf(notice.numeroAvviso),
    sources.legacy.payments.debtsByNotice([notice]),
  );
  const isIt = ({ creditor, numeroAvviso }: DebtView) =>
    creditor === notice.creditor && numeroAvviso === notice.numeroAvviso;
  return known.find(isIt) ?? null;
}

export async function findByIuv(sources: Sources, iuv: Iuv): Promise<DebtView | null> {
  const [debt = null] = await findKnown(sources, iuv, sources.legacy.payments.debtsByIuv([iuv]));
  return debt;
}

async function findKnown(
  { settlements, database, clock }: Sources,
  iuv: Iuv,
  asked: Promise<readonly Found<DebtRecord>[]>,
): Promise<readonly DebtView[]> {
  const [[found = null], settled, own] = await Promise.all([
    asked,
    settlements.ofIuvs([iuv]),
    ownRecordsByIuv(database, [iuv], clock.now()),
  ]);
  const debt = orThrow(found);
  return toDebtViews(debt === null ? [] : [debt], settled, own);
}

import { type CodiceFiscale, type Iuv, iuvOf, type NumeroAvviso } from '../../core/values/index.ts';
import type { DebtRecord } from '../../legacy/ports/payments.port.ts';
import type { Ground } from '../skeleton/scope.ts';
import { type KnownDebt, toKnownDebts } from './known-debt.ts';
import { ownRecordsByIuv } from './own-records.ts';

export interface NoticeKey {
  readonly numeroAvviso: NumeroAvviso;
  readonly creditor: CodiceFiscale;
}
type Sources = Pick<Ground, 'legacy' | 'settlements' | 'database' | 'clock'>;

/** The debt of a notice, whoever owes it: one statement to the register and two of ours, whether there is one or not. */
export async function findByNotice(sources: Sources, notice: NoticeKey): Promise<KnownDebt | null> {
  const known = await findKnown(
    sources,
    iuvOf(notice.numeroAvviso),
    sources.legacy.payments.debtsByNotice([notice]),
  );
  const isIt = ({ creditor, numeroAvviso }: KnownDebt) =>
    creditor === notice.creditor && numeroAvviso === notice.numeroAvviso;
  return known.find(isIt) ?? null;
}

export async function findByIuv(sources: Sources, iuv: Iuv): Promise<KnownDebt | null> {
  const [debt = null] = await findKnown(sources, iuv, sources.legacy.payments.debtsByIuv([iuv]));
  return debt;
}

async function findKnown(
  { settlements, database, clock }: Sources,
  iuv: Iuv,
  asked: Promise<readonly (DebtRecord | null)[]>,
): Promise<readonly KnownDebt[]> {
  const [[debt = null], settled, own] = await Promise.all([
    asked,
    settlements.ofIuvs([iuv]),
    ownRecordsByIuv(database, [iuv], clock.now()),
  ]);
  return toKnownDebts(debt === null ? [] : [debt], settled, own);
}

import type { DebtRecord } from '../../legacy/ports/payments.port.ts';
import type { Settled } from '../skeleton/settlements/settlements.ts';

/** Lays what was settled over what the register shows: money that came makes a debt PAID, whatever it was before. */
export function withSettled(
  debts: readonly DebtRecord[],
  settled: readonly Settled[],
): readonly DebtRecord[] {
  if (settled.length === 0) return debts;
  const iuvs = new Set(settled.map(({ iuv }) => iuv));
  return debts.map((debt) => (iuvs.has(debt.iuv) ? { ...debt, status: 'PAID' } : debt));
}

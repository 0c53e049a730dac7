import type { CodiceFiscale, NumeroAvviso } from '../../core/values/index.ts';
import type { DebtRecord } from '../../legacy/ports/payments.port.ts';
import type { Scope } from '../skeleton/scope.ts';

export interface NoticeKey {
  readonly numeroAvviso: NumeroAvviso;
  readonly creditor: CodiceFiscale;
}

/** The debt of a notice, whoever owes it. */
export async function findByNotice({ legacy }: Scope, notice: NoticeKey): Promise<DebtRecord | null> {
  const [debt = null] = await legacy.payments.debtsByNotice([notice]);
  return debt;
}

import { orThrow } from '../../../core/unreadable.ts';
import type { InstalmentRecord } from '../../../legacy/ports/school-billing.port.ts';
import { balanceBasisOf } from '../../shared/balance-basis.ts';
import { parseInstalmentId } from '../../shared/billing-ids.ts';
import { viewerOf } from '../../shared/entitlement.ts';
import type { Sentence } from '../../shared/problem.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { instalmentKeyOf, useDebtsByInstalment } from '../debt/debtor.loader.ts';
import type { ChosenInstalment } from '../records/spontaneous.store.ts';
import type { RequestProblems } from '../sessions/request-problems.ts';

/** More than a family has open at once. */
const maxInstalments = 50;

/**
 * The instalments that a spontaneous payment is to settle; null if one is unknown or another person's.
 *
 * Only instalments that cannot be paid otherwise: those with neither a notice nor a pending direct debit.
 */
export async function chosenInstalments(
  context: RequestContext,
  problems: RequestProblems,
  ids: readonly string[],
  kindCode: string,
  amount: number,
): Promise<readonly ChosenInstalment[] | null> {
  const { legacy } = context;
  if (ids.length === 0) return [];
  // Shared instalments are paid with their own notice.
  const viewer = await viewerOf(context, []);
  if (viewer === null) {
    problems.add('instalmentIds', 'SIGN_IN_REQUIRED', sentences.SIGN_IN_REQUIRED);
    return [];
  }
  const keys = ids.flatMap((id) => parseInstalmentId(id) ?? []);
  if (keys.length < ids.length || ids.length > maxInstalments) return null;
  if (new Set(ids).size < ids.length) {
    problems.add('instalmentIds', 'DUPLICATE_INSTALMENTS', sentences.DUPLICATE_INSTALMENTS);
    return [];
  }
  const basis = await balanceBasisOf(context);
  const [records, invoices, debts, kinds] = await Promise.all([
    legacy.schoolBilling.instalments(viewer, keys, basis),
    legacy.schoolBilling.invoices(viewer, keys, basis),
    useDebtsByInstalment(context, (debts) => debts),
    legacy.payments.spontaneousKinds(viewer, keys),
  ]);
  const found = records.flatMap((record) => orThrow(record) ?? []);
  if (found.length < keys.length) return null;
  found.forEach((record, position) => {
    const isPayable = isOpen(debts.get(instalmentKeyOf(record.key))?.status);
    const kind = kinds[position] ?? null;
    const code = whyNot(record, isPayable, kind !== null && kind !== kindCode);
    if (code !== null) problems.add('instalmentIds', code, sentences[code]);
  });
  const chosen = found.map((record, position) => ({
    ...record.key,
    amount: record.amount - record.paid,
    childKey: orThrow(invoices[position] ?? null)?.childKey ?? null,
  }));
  if (problems.found.length === 0 && chosen.reduce((sum, one) => sum + one.amount, 0) !== amount)
    problems.add('amount', 'INSTALMENTS_DIFFER_FROM_AMOUNT', sentences.INSTALMENTS_DIFFER_FROM_AMOUNT);
  return chosen;
}

const isOpen = (status: string | undefined) => status === 'PAYABLE' || status === 'PAYMENT_IN_PROGRESS';

function whyNot(
  { amount, paid, status }: InstalmentRecord,
  isPayable: boolean,
  isOfOtherKind: boolean,
): keyof typeof sentences | null {
  if (paid >= amount) return 'INSTALMENT_PAID';
  if (isPayable) return 'INSTALMENT_HAS_NOTICE';
  if (status === 'DIRECT_DEBIT_PENDING') return 'INSTALMENT_DEBIT_PENDING';
  return isOfOtherKind ? 'INSTALMENT_OF_OTHER_KIND' : null;
}

const sentences = {
  SIGN_IN_REQUIRED: {
    it: 'Per indicare le rate occorre accedere; altrimenti non indicarne nessuna.',
    en: 'Sign in to say which instalments are paid, or leave them out.',
  },
  DUPLICATE_INSTALMENTS: {
    it: 'La stessa rata è indicata più volte.',
    en: 'The same instalment is given more than once.',
  },
  INSTALMENT_PAID: { it: 'La rata è già stata pagata.', en: 'The instalment was paid already.' },
  INSTALMENT_HAS_NOTICE: {
    it: 'La rata ha già un avviso da pagare: pagare quello.',
    en: 'The instalment has a notice to pay: pay that.',
  },
  INSTALMENT_DEBIT_PENDING: {
    it: 'L’addebito diretto della rata è in corso: non occorre pagarla.',
    en: 'The direct debit of the instalment is on its way: it need not be paid.',
  },
  INSTALMENT_OF_OTHER_KIND: {
    it: 'La rata si paga con un altro tipo di pagamento.',
    en: 'The instalment is paid with another kind of payment.',
  },
  INSTALMENTS_DIFFER_FROM_AMOUNT: {
    it: 'L’importo è la somma di quanto resta da pagare delle rate scelte.',
    en: 'The amount must be the sum of what is left to pay of the chosen instalments.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

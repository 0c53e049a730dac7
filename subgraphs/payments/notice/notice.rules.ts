import { compactCode } from '../../../core/values/index.ts';
import type { DebtView } from '../debt/debt-view.ts';

/**
 * A notice's subject without any name.
 *
 * The legacy system's description is free text in which offices write names: a caller who only knows a notice
 * number gets just the invoice or year that the text is known to contain.
 */
export function publicDescriptionOf({
  instalment,
  description,
  isSpontaneous,
}: Pick<DebtView, 'instalment' | 'description' | 'isSpontaneous'>): string {
  // Our own descriptions consist of the kind's name.
  if (isSpontaneous) return description;
  if (instalment !== null) return `Fattura ${instalment.year}/${instalment.number}, rata ${instalment.rata}`;
  const year = /\b(?:19|20)\d{2}\b/.exec(description)?.[0];
  return year === undefined ? 'Avviso di pagamento' : `Avviso di pagamento, anno ${year}`;
}

/** Whether the code that the caller typed is the debtor's. */
export function isDebtor({ debtor }: Pick<DebtView, 'debtor'>, typed: string): boolean {
  return compactCode(typed) === compactCode(debtor);
}

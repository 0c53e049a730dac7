import type { DebtView } from '../debt/debt-view.ts';

/**
 * What a notice is for, without anybody's name.
 *
 * The register's own text is free text in which offices write names: to who holds a notice number only, no more
 * is told than the invoice or year that the text is known to carry.
 */
export function publicDescriptionOf({
  instalment,
  description,
  isSpontaneous,
}: Pick<DebtView, 'instalment' | 'description' | 'isSpontaneous'>): string {
  // Ours is made of the kind's name.
  if (isSpontaneous) return description;
  if (instalment !== null) return `Fattura ${instalment.year}/${instalment.number}, rata ${instalment.rata}`;
  const year = /\b(?:19|20)\d{2}\b/.exec(description)?.[0];
  return year === undefined ? 'Avviso di pagamento' : `Avviso di pagamento, anno ${year}`;
}

/** Whether a code that somebody typed is the debtor's. */
export function isDebtor({ debtor }: Pick<DebtView, 'debtor'>, typed: string): boolean {
  return typed.replace(/\s/g, '').toUpperCase() === debtor.trim().toUpperCase();
}

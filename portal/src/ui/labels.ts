import type { BadgeKind } from './badge.tsx';

/** How a value of an enumeration is told. */
export type Label = readonly [text: string, kind: BadgeKind];
export type Labels<Value extends string> = Readonly<Partial<Record<Value, Label>>>;

const unknown: Label = ['Da verificare con l’ufficio', 'neutral'];

/** Values that are added later are told as not known: what they mean is not guessed. */
export function labelOf<Value extends string>(labels: Labels<Value>, value: Value): Label {
  return labels[value] ?? unknown;
}

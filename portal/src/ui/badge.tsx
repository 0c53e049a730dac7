export type BadgeKind = 'info' | 'success' | 'warning' | 'danger' | 'neutral';

/** A state, said in words; the colour only repeats it. */
export function Badge({ text, kind }: { readonly text: string; readonly kind: BadgeKind }) {
  return <span className={`portal-badge portal-badge-${kind}`}>{text}</span>;
}

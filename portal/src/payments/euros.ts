/** Cents of what somebody typed, `95,27` or `1.250`; null where it is no amount. */
export function centsIn(text: string): number | null {
  const plain = text.trim().replace(/\s|€/g, '');
  const [, whole = '', fraction = ''] = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/.exec(plain) ?? [];
  if (whole === '') return null;
  const cents = Number(whole.replaceAll('.', '')) * 100 + Number(fraction.padEnd(2, '0') || 0);
  return Number.isSafeInteger(cents) ? cents : null;
}

/**
 * A code as it is compared: without blanks of any kind or invisible characters, which people type and programs insert,
 * and in capitals. Only ASCII letters have a capital here: `ß` would become two letters, and `ı` an I.
 */
export function compactCode(text: string): string {
  return text.replace(/[\s\p{Cf}]/gu, '').replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

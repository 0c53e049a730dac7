/**
 * The beginning of a text, at most so many UTF-16 units long: counterparts in Java and .NET count those. A character
 * outside the first plane, which is two of them, is there whole or not at all.
 */
export function cutText(text: string, maxLength: number): string {
  const cut = text.slice(0, maxLength);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

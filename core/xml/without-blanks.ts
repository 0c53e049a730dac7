/**
 * A value without the blanks around it, as `xsd:whiteSpace` collapse has it: XML's own four.
 *
 * `trim` removes others too, and a pattern for both ends takes the square of the length.
 */
export function withoutBlanks(value: string): string {
  const isBlank = (at: number) => ' \t\r\n'.includes(value.charAt(at));
  let [start, end] = [0, value.length];
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return value.slice(start, end);
}

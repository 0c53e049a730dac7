/** A text that is not the value it should be. The message says what was expected, by shape, and never repeats the text. */
export class InvalidValue extends Error {
  override readonly name = 'InvalidValue';
}

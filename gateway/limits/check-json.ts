import { AppError } from '../../core/errors.ts';
import { maxJsonDepth, maxJsonValues } from './limits.ts';

/**
 * Refuses JSON that nests too deep or has too many values, before it is parsed: what works on it recurses.
 *
 * Looks at brackets, commas and strings only; whether it is JSON is the parser's to say. Errors: BAD_USER_INPUT.
 */
export function checkJson(bytes: Uint8Array): void {
  let depth = 0;
  let values = 1;
  for (let i = 0; i < bytes.length; i++) {
    switch (bytes[i]) {
      case quote:
        i = endOfString(bytes, i);
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > maxJsonDepth)
          throw new AppError('BAD_USER_INPUT', `The body nests too deep: at most ${maxJsonDepth} levels.`);
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
      case 0x2c: // ,
        if (++values > maxJsonValues)
          throw new AppError('BAD_USER_INPUT', `The body has too many values: at most ${maxJsonValues}.`);
    }
  }
}

const quote = 0x22;
const backslash = 0x5c;

function endOfString(bytes: Uint8Array, start: number): number {
  let end = start + 1;
  while (end < bytes.length && bytes[end] !== quote) end += bytes[end] === backslash ? 2 : 1;
  return end;
}

import { AppError } from '../../core/errors.ts';
import { maxJsonDepth, maxJsonValues } from './limits.ts';

/**
 * Refuses JSON that nests too deep, has too many values or names a member of an object twice, before it is parsed.
 *
 * Code that walks it recurses; and of two members with one name, each reader takes another (RFC 8259 §4). Only
 * brackets, commas and strings are read here: the parser decides whether it is JSON. Errors: AppError
 * BAD_USER_INPUT.
 */
export function checkJson(bytes: Buffer): void {
  /** The member names so far of each open object; null for a list. */
  const open: (Set<string> | null)[] = [];
  let isName = false;
  let values = 1;
  for (let i = 0; i < bytes.length; i++) {
    switch (bytes[i]) {
      case quote: {
        const start = i;
        i = endOfString(bytes, start);
        if (isName) refuseTwice(open.at(-1), nameOf(bytes, start, i));
        isName = false;
        break;
      }
      case 0x5b: // [
      case 0x7b: // {
        isName = bytes[i] === 0x7b;
        if (open.push(isName ? new Set() : null) > maxJsonDepth)
          throw refusal(`The body nests too deep: at most ${maxJsonDepth} levels.`);
        break;
      case 0x5d: // ]
      case 0x7d: // }
        open.pop();
        isName = false;
        break;
      case 0x2c: // ,
        isName = open.at(-1) instanceof Set;
        if (++values > maxJsonValues)
          throw refusal(`The body has too many values: at most ${maxJsonValues}.`);
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

/** A name as bytes with escapes resolved: `\u0071uery` is `query`. */
function nameOf(bytes: Buffer, start: number, end: number): string {
  const raw = bytes.toString('latin1', start + 1, end);
  if (!raw.includes('\\')) return raw;
  try {
    return Buffer.from(JSON.parse(bytes.toString('utf8', start, end + 1)) as string).toString('latin1');
  } catch {
    // Not JSON: the parser reports it.
    return '';
  }
}

function refuseTwice(names: Set<string> | null | undefined, name: string): void {
  if (names?.has(name)) throw refusal('The body names a member of an object twice.');
  names?.add(name);
}

function refusal(message: string): AppError {
  return new AppError('BAD_USER_INPUT', message);
}

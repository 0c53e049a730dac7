import { expect, it } from '@jest/globals';
import { withoutBlanks } from '../../../../core/xml/without-blanks.ts';

it('cuts the four blanks of XML at both ends, and nothing else', () => {
  expect(withoutBlanks(' \t\r\n1 0\n ')).toBe('1 0');
  expect(withoutBlanks('')).toBe('');
  expect(withoutBlanks(' \n')).toBe('');
  expect(withoutBlanks('\u00a010\u2003')).toBe('\u00a010\u2003');
});

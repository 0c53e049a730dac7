import { describe, expect, it } from '@jest/globals';
import { languageOf } from '../../../../core/http/language.ts';

describe('the language of messages', () => {
  it.each([
    [undefined, 'it'],
    ['en-GB,en;q=0.9', 'en'],
    ['it-IT,it;q=0.9,en;q=0.8', 'it'],
    ['de, en;q=0.5', 'en'],
    ['en;q=0.2, it;q=0.9', 'it'],
    ['en;q=0', 'it'],
    ['*', 'it'],
    ['', 'it'],
  ] as const)('of %p is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

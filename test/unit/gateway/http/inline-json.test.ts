import { describe, expect, it } from '@jest/globals';
import { inlineJson } from '../../../../gateway/landing/inline-json.ts';

describe('JSON inside a script element', () => {
  it('cannot end the element', () => {
    const value = { document: '</script><script>alert(1)</script>', separator: '\u2028\u2029' };
    const text = inlineJson(value);
    expect(text).not.toMatch(/[<\u2028\u2029]/u);
    expect(JSON.parse(text)).toEqual(value);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createId, parseId } from '../../../core/ids.ts';

describe('an id', () => {
  const base64url = (text: string) => Buffer.from(text).toString('base64url');
  const part = fc.oneof(
    fc.nat(),
    fc.stringMatching(/^[^/]*$/),
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('/')),
  );

  it('is the base64url of its text, whatever its letters are, and is read as it was made', () => {
    fc.assert(
      fc.property(fc.constantFrom('Invoice', 'Child'), fc.array(part, { minLength: 1 }), (type, parts) => {
        const id = createId(type, ...parts);
        expect(id).toBe(base64url(`${type}:${parts.join('/')}`));
        expect(parseId(type, id)).toEqual(Buffer.from(parts.join('/')).toString().split('/'));
      }),
    );
  });

  it('of any text is read as the one spelling of it or not at all', () => {
    const any = fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: 'binary' }).map(base64url));
    fc.assert(
      fc.property(any, (id) => {
        const text = Buffer.from(id, 'base64url').toString();
        const isCanonical = text.startsWith('Child:') && base64url(text) === id;
        expect(parseId('Child', id)).toEqual(isCanonical ? text.slice(6).split('/') : null);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['Q2hpbGQ6MQ=', 'Q2hpbGQ6MQ==', 'Q2hpbGQ6MR', ' Q2hpbGQ6MQ', 'Q2hpbGQ6M', ''])(
    'is not spelled %p',
    (id) => expect(parseId('Child', id)).toBeNull(),
  );
});

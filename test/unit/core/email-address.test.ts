import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { emailAddressOf, InvalidValue, parseEmailAddress } from '../../../core/values/index.ts';

const isEmailOfTheSchemas = (() => {
  const ajv = new Ajv();
  addFormats.default(ajv);
  return ajv.compile({ type: 'string', format: 'email' });
})();

describe('an e-mail address', () => {
  it.each([
    ['mario@example.it', 'mario@example.it'],
    [' Mario.Rossi+mensa@posta.comune.example.it ', 'Mario.Rossi+mensa@posta.comune.example.it'],
    ["d'angelo_1@x-y.museum", "d'angelo_1@x-y.museum"],
    // A domain with accents has an ASCII form, and mail servers use that one.
    ['info@bücher.example', 'info@xn--bcher-kva.example'],
    ['info@example.рф', 'info@example.xn--p1ai'],
    [`${'a'.repeat(64)}@example.it`, `${'a'.repeat(64)}@example.it`],
  ])('%p is %p', (given, address) => {
    expect(parseEmailAddress(given)).toBe(address);
  });

  it.each([
    ...['', 'mario', 'mario@', '@example.it', 'mario@example', 'mario@localhost'],
    ...['a@example.it.', 'mario@example..it', 'mario@.example.it', '.mario@example.it', 'mario.@example.it'],
    ...['ma..rio@example.it', 'a@b@example.it', '"a b"@example.it', 'mario@[127.0.0.1]', 'mario@127.0.0.1'],
    ...['mario@-example.it', 'mario@example-.it', 'mario@exa_mple.it', 'mario@example.i', 'mario@example.1t'],
    ...['niccolò@example.it', 'ma rio@example.it', 'mario@exam ple.it', 'Mario <mario@example.it>'],
    ...['mario@example.it,anna@example.it', 'mario@example.it\nbcc: x@example.it', 'mario@%6D.it'],
    ...[`${'a'.repeat(65)}@example.it`, `a@${'b'.repeat(64)}.it`, `a@${'b.'.repeat(126)}it`],
  ])('is not %p', (given) => {
    expect(emailAddressOf(given)).toBeNull();
    expect(() => parseEmailAddress(given)).toThrow(InvalidValue);
  });

  it('of any letters is one for the published schemas too, and keeps its form', () => {
    const part = fc.string({ unit: fc.constantFrom(...'aZ0.-_+@à߀ '), maxLength: 12 });
    fc.assert(
      fc.property(part, part, (local, domain) => {
        const address = emailAddressOf(`${local}@${domain}.it`);
        if (address === null) return;
        expect(isEmailOfTheSchemas(address)).toBe(true);
        expect(parseEmailAddress(address)).toBe(address);
      }),
    );
  });
});

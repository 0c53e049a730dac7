import { describe, expect, it } from '@jest/globals';
import { createEnvironmentReader } from '../../../core/environment.ts';
import { createFileKeys, readFileKeys } from '../../../core/file-keys.ts';

const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const [text, other] = [a.toString('base64'), b.toString('base64')];

function read(value: string | undefined) {
  const reader = createEnvironmentReader({ NODE_ENV: 'production', FILE_KEYS: value });
  return reader.finish(readFileKeys(reader));
}

describe('FILE_KEYS', () => {
  it('has an id and 32 bytes for each key, the one that encrypts first', () => {
    expect(read(`2026-11:${text}, old:${b.toString('base64url')}`)).toEqual([
      { id: '2026-11', secret: a },
      { id: 'old', secret: b },
    ]);
  });

  it.each([
    [undefined, 'FILE_KEYS is missing.'],
    [' , ', 'FILE_KEYS'],
    [text, 'FILE_KEYS has keys such as 2026-11:<32 bytes in base64>, with commas.'],
    [`:${text}`, 'FILE_KEYS has keys such as'],
    [`a:${a.subarray(1).toString('base64')}`, 'FILE_KEYS has keys such as'],
    [`a:${text};b:${other}`, 'FILE_KEYS has keys such as'],
    [`a:${text},a:${other}`, 'FILE_KEYS has an id or a key twice'],
    [`a:${text},b:${text}`, 'FILE_KEYS has an id or a key twice'],
  ])('%s is refused, and no part of it is repeated', (value, message) => {
    expect(() => read(value)).toThrow(message);
    expect(() => read(value)).not.toThrow(text);
  });
});

describe('what is encrypted', () => {
  const keys = createFileKeys([{ id: 'one', secret: a }]);

  it('is read by its place and key only, unchanged', () => {
    const { keyId, sealed } = keys.seal('file 1', Buffer.from('certificato'));
    expect(keyId).toBe('one');
    expect(keys.open('file 1', { keyId, sealed }).toString()).toBe('certificato');
    expect(() => keys.open('file 2', { keyId, sealed })).toThrow(
      'of file 2 were changed, or belong to another row',
    );
    for (let position = 0; position < sealed.length; position++) {
      const changed = Buffer.from(sealed);
      changed[position] = (changed[position] ?? 0) ^ 1;
      expect(() => keys.open('file 1', { keyId, sealed: changed })).toThrow('were changed');
    }
    for (const cut of [0, 5, 12, 27, sealed.length - 1])
      expect(() => keys.open('file 1', { keyId, sealed: sealed.subarray(0, cut) })).toThrow('were changed');
    expect(() => keys.open('file 1', { keyId: 'two', sealed })).toThrow(
      'The key two is not in FILE_KEYS: file 1 cannot be read.',
    );
  });

  it('is never encrypted to the same bytes twice, and may be empty', () => {
    const twice = [keys.seal('file 1', Buffer.from('a')), keys.seal('file 1', Buffer.from('a'))];
    expect(twice[0]?.sealed.equals(twice[1]?.sealed ?? Buffer.alloc(0))).toBe(false);
    expect(keys.open('file 1', keys.seal('file 1', Buffer.alloc(0)))).toEqual(Buffer.alloc(0));
  });
});

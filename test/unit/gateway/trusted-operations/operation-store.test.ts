import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { silentLog } from '../../../../core/log.ts';
import { hashOf } from '../../../../gateway/trusted-operations/hash-of.ts';
import {
  canonicalHash,
  createTrustedOperations,
  type RegisteredOperations,
} from '../../../../gateway/trusted-operations/operation-store.ts';

const schema = buildSchema('type Query { hello: String bye: String }');

/** Documents of a database that one can look into. */
function storeOf(documents: string[]) {
  const used: string[][] = [];
  let looks = 0;
  const registered: RegisteredOperations = {
    async operationsSince(held) {
      looks++;
      const hashes = documents.map((text) => hashOf(text));
      return {
        added: documents.filter((text) => !held.includes(hashOf(text))),
        missing: held.filter((hash) => !hashes.includes(hash)),
      };
    },
    operationsUsed: async (hashes) => void used.push([...hashes]),
  };
  const nextLook = async () => {
    const before = looks;
    while (looks === before) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { registered, used, documents, nextLook };
}

const options = { schema, log: silentLog, refreshMs: 0, syncMs: 2 };

describe('registered operations', () => {
  it('are forgotten when they are removed, those of the server never', async () => {
    const { registered, documents, nextLook } = storeOf(['{ hello }', '{ bye }']);
    const trusted = createTrustedOperations({ ...options, own: ['{ hello }'], registered });
    expect((await trusted.find(hashOf('{ bye }')))?.source).toBe('{ bye }');
    documents.splice(0);
    await nextLook();
    expect(trusted.known(hashOf('{ bye }'))).toBeUndefined();
    expect(trusted.known(hashOf('{ hello }'))?.source).toBe('{ hello }');
    await trusted.close();
  });

  it('of one meaning are found as long as one of them is there', async () => {
    const { registered, documents, nextLook } = storeOf(['{ hello bye }', '{ bye hello }']);
    const trusted = createTrustedOperations({ ...options, own: [], registered });
    const meaning = canonicalHash(parse('{ hello __typename bye }'));
    expect((await trusted.find(meaning))?.source).toBe('{ hello bye }');
    documents.shift();
    await nextLook();
    expect(trusted.known(meaning)?.source).toBe('{ bye hello }');
    await trusted.close();
  });

  it('are noted as used, also when the server stops, and again when noting failed', async () => {
    const { registered, used } = storeOf(['{ hello }']);
    let fails = true;
    const operationsUsed: RegisteredOperations['operationsUsed'] = async (hashes) => {
      if (fails) throw new Error('no database');
      return registered.operationsUsed(hashes);
    };
    const trusted = createTrustedOperations({
      ...options,
      syncMs: 60_000,
      own: [],
      registered: { ...registered, operationsUsed },
    });
    await trusted.find(hashOf('{ hello }', 'md5'));
    await trusted.close();
    expect(used).toEqual([]);
    fails = false;
    await trusted.close();
    expect(used).toEqual([[hashOf('{ hello }')]]);
  });
});

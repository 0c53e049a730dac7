import { describe, expect, it } from '@jest/globals';
import {
  createCapability,
  requestKeyBytes,
  toRequestKey,
} from '../../../../subgraphs/payments/records/request-key.ts';
import { claudia, marco } from '../../../support/people.ts';

const anonymous = { kind: 'anonymous' } as const;
const business = { ...claudia, kind: 'business' } as never;
const asked = { debtIds: ['a'] };

describe('the key of a request', () => {
  it('is the same for the same caller, operation and idempotency key, whatever the content', () => {
    const one = toRequestKey({ caller: claudia }, 'START_PAYMENT', 'mine', asked);
    expect(toRequestKey({ caller: claudia }, 'START_PAYMENT', 'mine', asked)).toEqual(one);
    const other = toRequestKey({ caller: claudia }, 'START_PAYMENT', 'mine', { debtIds: ['b'] });
    expect([other.key === one.key, other.content === one.content]).toEqual([true, false]);
  });

  it('is found under every id that the caller has, so that a retry across a rotation starts nothing twice', () => {
    const before = toRequestKey({ caller: claudia }, 'START_PAYMENT', 'mine', asked);
    const rotated = { ...claudia, id: 'new', formerIds: [claudia.id] };
    const after = toRequestKey({ caller: rotated }, 'START_PAYMENT', 'mine', asked);
    expect(after.key).not.toBe(before.key);
    expect([before.otherKeys, after.otherKeys]).toEqual([[], [before.key]]);
    expect(requestKeyBytes(after).map((one) => one.toString('hex'))).toEqual([after.key, before.key]);
  });

  it('is another for another caller, kind of caller, operation or idempotency key', () => {
    const keys = [
      toRequestKey({ caller: claudia }, 'START_PAYMENT', 'mine', asked),
      toRequestKey({ caller: claudia }, 'PAY_NOTICE', 'mine', asked),
      toRequestKey({ caller: claudia }, 'SPONTANEOUS_PAYMENT', 'mine', asked),
      toRequestKey({ caller: claudia }, 'START_PAYMENT', 'other', asked),
      toRequestKey({ caller: marco }, 'START_PAYMENT', 'mine', asked),
      // A code of 11 digits may be a person's and a business's: so may the id.
      toRequestKey({ caller: business }, 'START_PAYMENT', 'mine', asked),
      toRequestKey({ caller: anonymous }, 'START_PAYMENT', 'mine', asked),
      // Nobody is handed what another began: without a sign-in the content is a part of the key.
      toRequestKey({ caller: anonymous }, 'START_PAYMENT', 'mine', { debtIds: ['b'] }),
    ].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every((key) => /^[\da-f]{64}$/.test(key))).toBe(true);
  });
});

it('a capability is 32 letters of which each is new', () => {
  const some = [createCapability(), createCapability()];
  expect(some.every((one) => /^[\w-]{32}$/.test(one))).toBe(true);
  expect(some[0]).not.toBe(some[1]);
});

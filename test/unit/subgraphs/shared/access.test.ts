import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, print } from 'graphql';
import { accessDocument } from '../../../../commands/access-document.ts';
import type { Caller } from '../../../../core/identity/caller.ts';
import { checkRulePlaces } from '../../../../subgraphs/shared/access/check-rule-places.ts';
import { nameRules } from '../../../../subgraphs/shared/access/name-rules.ts';
import {
  type AccessMap,
  type AccessRuleName,
  accessRules,
  mayAsk,
} from '../../../../subgraphs/shared/access/rules.ts';
import { claudia } from '../../../support/people.ts';

const sdl = parse('type Query { letter: Letter } type Letter { text: String secret: String }');

describe('access rules', () => {
  it('are written to the types and fields that they are for', () => {
    const named = nameRules(sdl, {
      'Query.letter': 'SELF',
      Letter: 'PART',
      'Letter.secret': 'CHILD_HOUSEHOLD',
    });
    expect(print(named).replace(/\s+/g, ' ')).toBe(
      'type Query { letter: Letter @access(rule: "SELF") } type Letter @access(rule: "PART") { text: String secret: String @access(rule: "CHILD_HOUSEHOLD") }',
    );
  });

  it.each([
    ['a root field, whatever else has one', { Letter: 'PART', Query: 'PUBLIC' }, 'Query.letter'],
    ['a field whose type has none', { 'Query.letter': 'SELF', 'Letter.text': 'PART' }, 'Letter.secret'],
  ] as const)('must be there for %s', (_, access, missing) => {
    expect(() => nameRules(sdl, access)).toThrow(`${missing} has no access rule`);
  });

  it('must be for something that is there', () => {
    const access = { 'Query.letter': 'SELF', Letter: 'PART', 'Letter.sender': 'PART' } as const;
    expect(() => nameRules(sdl, access)).toThrow('Letter.sender');
  });

  const places = buildSchema(
    `type Query { open: Open both: Both letter: Letter secret: Secret } type Mutation { send: Sent }
     type Open { text: String } type Both { text: String } type Letter { both: Both }
     type Sent { text: String } type Secret { text: String } type Orphan { text: String }`,
  );
  const placed: AccessMap = {
    'Query.open': 'PUBLIC',
    'Query.both': 'PUBLIC',
    'Query.letter': 'SELF',
    'Query.secret': 'SELF',
    'Mutation.send': 'PUBLIC',
    Open: 'PUBLIC',
    Both: 'PART',
    Letter: 'PART',
    Sent: 'PART',
    Secret: 'PART',
    Orphan: 'PART',
  };

  it('of a type without a key say PUBLIC if every way to it is a PUBLIC read, and PART otherwise', () => {
    expect(() => checkRulePlaces(places, placed)).not.toThrow();
    const wrong = {
      Open: 'PART',
      Both: 'PUBLIC',
      Secret: 'PUBLIC',
      Sent: 'PUBLIC',
      Orphan: 'PUBLIC',
    } as const;
    for (const [type, rule] of Object.entries(wrong))
      expect(() => checkRulePlaces(places, { ...placed, [type]: rule })).toThrow(
        `${type} is ${rule} and must be ${placed[type]}`,
      );
  });

  const machine: Caller = { kind: 'machine', clientId: 'integrator', scopes: ['other'] };
  it.each<[AccessRuleName, Caller, boolean]>([
    ['PUBLIC', { kind: 'anonymous' }, true],
    ['SELF', { kind: 'anonymous' }, false],
    ['SELF', claudia, true],
    ['SELF', machine, false],
    ['SCHOOL_APPLICANT', claudia, true],
    ['DEBTOR', machine, false],
    ['PAYMENT_STATUS_MACHINE', machine, false],
    ['PAYMENT_STATUS_MACHINE', { ...machine, scopes: ['payment:status'] }, true],
    ['PAYMENT_STATUS_MACHINE', claudia, false],
  ])('%s lets ask or not', (rule, caller, expected) => {
    expect(mayAsk(rule, caller)).toBe(expected);
  });

  it('are told to people, each with its sentence', () => {
    const text = accessDocument([{ name: 'letters', access: { Letter: 'DEBTOR' } }]);
    for (const { sentence } of Object.values(accessRules)) expect(text).toContain(sentence);
    expect(text).toMatch(/### DEBTOR\n\n.*\n\n\* letters: `Letter`\n/);
  });
});

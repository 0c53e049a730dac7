import { beforeAll, describe, expect, it } from '@jest/globals';
import { execute, parse } from 'graphql';
import {
  Arg,
  createUnionType,
  Directive,
  Field,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { AuditEvent } from '../../../../core/audit.ts';
import type { Caller } from '../../../../core/identity/caller.ts';
import { silentLog } from '../../../../core/log.ts';
import {
  type AccessMap,
  type AccessRule,
  type AccessRuleName,
  accessRules,
} from '../../../../subgraphs/shared/access/rules.ts';
import { NotAllowed } from '../../../../subgraphs/shared/problem.ts';
import { createSubgraph, type Subgraph } from '../../../../subgraphs/shared/subgraph/create-subgraph.ts';
import { claudia } from '../../../support/people.ts';

// Resolvers that show everything to everybody: whatever is kept from somebody here is kept by the rules alone.

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something that nobody but its rule protects.', simpleResolvers: true })
class Letter {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}

@ObjectType({ description: 'Done.', simpleResolvers: true })
class LetterSent {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}
const SendResult = createUnionType({ name: 'SendResult', types: () => [LetterSent, NotAllowed] as const });

let entered: string[] = [];

@Resolver(() => Letter)
class LetterResolver {
  @Query(() => Letter, { nullable: true, description: 'A letter.' })
  letter(@Arg('id', () => ID, { description: 'Its id.' }) id: string): Letter {
    entered.push('root');
    return { id };
  }

  @Mutation(() => SendResult, { description: 'Sends one.' })
  sendLetter(@Arg('id', () => ID, { description: 'Its id.' }) id: string): LetterSent {
    entered.push('mutation');
    return Object.assign(new LetterSent(), { id });
  }
}

const accessOf = (rule: AccessRuleName): AccessMap => ({
  'Query.letter': rule,
  'Mutation.sendLetter': rule,
  Letter: rule,
  LetterSent: 'PART',
  NotAllowed: 'PART',
});

const callers: Readonly<Record<string, Caller>> = {
  anonymous: { kind: 'anonymous' },
  citizen: claudia,
  business: {
    kind: 'business',
    id: 'business-1',
    partitaIva: '03123450169' as never,
    codiceFiscale: '03123450169' as never,
    name: 'Trattoria',
    signInMethod: 'VAT_PASSWORD',
  },
  machine: { kind: 'machine', clientId: 'integrator', scopes: ['payment:status'] },
  'machine without the scope': { kind: 'machine', clientId: 'other', scopes: ['payment:statuses', 'other'] },
};
const names = Object.keys(callers);

/** Who gets through, in the words of docs/access.md and not of the code. */
const expected: Readonly<Record<AccessRuleName, readonly string[]>> = {
  PUBLIC: names,
  PART: names,
  SELF: ['citizen', 'business'],
  CHILD_FAMILY: ['citizen'],
  CHILD_HOUSEHOLD: ['citizen'],
  SCHOOL_APPLICANT: ['citizen'],
  PRACTICE_APPLICANT: ['citizen', 'business'],
  DEBTOR: ['citizen', 'business'],
  PAYER: ['citizen', 'business'],
  NOTICE_HOLDER: names,
  NOTICE_AND_DEBTOR: names,
  CAPABILITY: names,
  PAYMENT_STATUS_MACHINE: ['machine'],
};
const rules = Object.keys(expected) as AccessRuleName[];
const audiences = {
  anonymous: 'anonymous',
  citizen: 'applicant',
  business: 'business',
  machine: 'machine',
} as const;

const subgraphs = new Map<AccessRuleName, Subgraph>();
beforeAll(async () => {
  for (const rule of rules)
    subgraphs.set(
      rule,
      await createSubgraph({
        name: 'letters',
        resolvers: [LetterResolver],
        orphanedTypes: [],
        access: accessOf(rule),
        references: {
          Letter: ({ id }) => {
            entered.push('entity');
            return { id };
          },
        },
      }),
    );
});

const operations = {
  root: '{ letter(id: "TGV0dGVyOjE") { id } }',
  mutation: 'mutation { sendLetter(id: "TGV0dGVyOjE") { __typename } }',
  entity:
    '{ _entities(representations: [{ __typename: "Letter", id: "TGV0dGVyOjE" }]) { ... on Letter { id } } }',
} as const;

async function ask(rule: AccessRuleName, way: keyof typeof operations, caller: Caller) {
  const events: AuditEvent[] = [];
  const contextValue = {
    caller,
    requestId: 'request-1',
    auditId: 'audit-1',
    language: 'en',
    log: silentLog,
    audit: { record: (event: AuditEvent) => void events.push(event) },
  };
  const schema = subgraphs.get(rule)?.schema;
  if (schema === undefined) throw new Error('A subgraph was expected.');
  entered = [];
  const answer = await execute({ schema, document: parse(operations[way]), contextValue });
  return { entered, answer: JSON.parse(JSON.stringify(answer)), events };
}

/** Whose questions reach a resolver: by rule, way and caller. */
async function matrix(): Promise<Readonly<Record<string, readonly string[]>>> {
  const reached: Record<string, string[]> = {};
  for (const rule of rules)
    for (const way of Object.keys(operations) as (keyof typeof operations)[]) {
      const through: string[] = [];
      for (const [name, caller] of Object.entries(callers))
        if ((await ask(rule, way, caller)).entered.length > 0) through.push(name);
      reached[`${rule} ${way}`] = through;
    }
  return reached;
}
const promised = Object.fromEntries(
  rules.flatMap((rule) => Object.keys(operations).map((way) => [`${rule} ${way}`, expected[rule]])),
);

describe('the rules at the ways into a subgraph', () => {
  it('are all in the table of this test', () => {
    expect(rules.toSorted()).toEqual(Object.keys(accessRules).sort());
  });

  it('let through whom they name, and no resolver is reached by anybody else', async () => {
    expect(await matrix()).toEqual(promised);
  });

  it.each(rules)('are seen to be wider when %s lets one more kind of caller through', async (rule) => {
    const { sees, scope } = accessRules[rule] as AccessRule;
    const open = accessRules[rule] as { sees: AccessRule['sees']; scope?: string };
    for (const [name, audience] of Object.entries(audiences)) {
      if (sees[audience] !== 'none') continue;
      open.sees = { ...sees, [audience]: 'theirs' };
      const widened = await matrix();
      open.sees = sees;
      // A rule with a scope asks programs only, whoever else it names.
      if (scope === undefined) expect([rule, name, widened]).not.toEqual([rule, name, promised]);
      else expect(widened).toEqual(promised);
    }
    if (scope !== undefined) {
      delete open.scope;
      const widened = await matrix();
      open.scope = scope;
      expect(widened).not.toEqual(promised);
    }
    expect(await matrix()).toEqual(promised);
  });

  it('answer what does not exist, or that it is not allowed, and leave an event', async () => {
    const root = await ask('SCHOOL_APPLICANT', 'root', { kind: 'anonymous' });
    expect([root.answer, root.events]).toMatchObject([
      { data: { letter: null } },
      [{ action: 'Letter.read', outcome: 'refused', subjectIds: ['TGV0dGVyOjE'] }],
    ]);
    const mutation = await ask('SCHOOL_APPLICANT', 'mutation', { kind: 'anonymous' });
    expect([mutation.answer, mutation.events]).toMatchObject([
      { data: { sendLetter: { __typename: 'NotAllowed' } } },
      [{ action: 'Mutation.sendLetter', outcome: 'refused' }],
    ]);
    const entity = await ask('SCHOOL_APPLICANT', 'entity', { kind: 'anonymous' });
    expect(entity.answer).toEqual({ data: { _entities: [null] } });
  });

  it('tell a program which scope it lacks, and somebody without a token that one is needed', async () => {
    const other = await ask('PAYMENT_STATUS_MACHINE', 'root', callers['machine without the scope'] as Caller);
    expect(other.answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const nobody = await ask('PAYMENT_STATUS_MACHINE', 'root', { kind: 'anonymous' });
    expect(nobody.answer.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

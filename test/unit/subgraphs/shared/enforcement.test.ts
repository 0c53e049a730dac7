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
import type { AccessMap, AccessRuleName } from '../../../../subgraphs/shared/access/rules.ts';
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

  @Mutation(() => SendResult, { nullable: true, description: 'Sends one.' })
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

const rules = ['SCHOOL_APPLICANT', 'PAYMENT_STATUS_MACHINE'] as const;

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

describe('a caller whom a rule leaves out', () => {
  it('gets the answer of what does not exist, or NOT_ALLOWED, and leaves an event', async () => {
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

  it('is given the scope to request, if the rule has one', async () => {
    const other = await ask('PAYMENT_STATUS_MACHINE', 'root', callers['machine without the scope'] as Caller);
    expect(other.answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const nobody = await ask('PAYMENT_STATUS_MACHINE', 'root', { kind: 'anonymous' });
    expect(nobody.answer.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('a rule in a place where nothing enforces it', () => {
  const build = (more: Record<string, AccessRuleName>) =>
    createSubgraph({
      name: 'letters',
      resolvers: [LetterResolver],
      orphanedTypes: [],
      access: { ...accessOf('SELF'), ...more },
      references: {},
    });

  it.each<[Record<string, AccessRuleName>, string]>([
    [{ 'Query.letter': 'PART' }, 'Query.letter is PART of nothing'],
    [{ Letter: 'PART' }, 'Letter is PART of nothing'],
    [{ LetterSent: 'SELF' }, 'LetterSent is SELF and must be PART'],
    [{ LetterSent: 'PUBLIC' }, 'LetterSent is PUBLIC and must be PART'],
    [{ 'Mutation.sendLetter': 'PUBLIC', LetterSent: 'PUBLIC' }, 'LetterSent is PUBLIC and must be PART'],
    [{ 'LetterSent.id': 'SELF' }, 'LetterSent.id must be nullable'],
  ])('stops the build: %j', async (more, message) => {
    await expect(build(more)).rejects.toThrow(message);
  });

  it('lets a field be non-null whose rule leaves nobody out', async () => {
    await expect(build({ 'LetterSent.id': 'PUBLIC' })).resolves.toBeDefined();
  });

  it('does not leave an entity without a reference unguarded', async () => {
    const { schema } = await build({});
    const answer = await execute({
      schema,
      document: parse(operations.entity),
      contextValue: { caller: { kind: 'anonymous' }, log: silentLog },
    });
    expect(answer.data).toEqual({ _entities: [null] });
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { AppError } from '../../../core/errors.ts';
import { createId } from '../../../core/ids.ts';
import { addDays, codiceFiscaleAsHeld, parseCalendarDate } from '../../../core/values/index.ts';
import type { ChildKey, ChildRecord, Family } from '../../../legacy/ports/anagrafe.port.ts';
import { createAnagrafeSubgraph } from '../../../subgraphs/anagrafe/index.ts';
import { askSubgraph } from '../../support/ask-subgraph.ts';
import { birthOfLuca, claudia } from '../../support/people.ts';

const luca: ChildRecord = {
  key: '17' as ChildKey,
  codiceFiscale: codiceFiscaleAsHeld('BNCLCU14E09L400F'),
  firstName: 'Luca',
  lastName: 'Bianchi',
  birthDate: birthOfLuca,
  birthPlace: 'Treviglio',
  residence: null,
  isInHousehold: true,
  hasApplication: false,
  sharedBy: [],
};
const today = parseCalendarDate('2026-10-15');

function registerOf(family: Partial<Family>) {
  let asked = 0;
  const familiesOf = async (citizens: readonly unknown[]) => {
    asked++;
    return citizens.map(() => ({ citizen: null, household: [], children: [], ...family }));
  };
  return { legacy: { anagrafe: { familiesOf } }, asked: () => asked };
}

const down = {
  anagrafe: {
    familiesOf: async () => {
      throw new AppError('LEGACY_UNAVAILABLE', 'The legacy system does not respond.', { cause: 'ORA-12541' });
    },
  },
};

describe('the anagrafe subgraph', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    ({ schema } = await createAnagrafeSubgraph());
  });
  const children = '{ me { children { firstName } } }';

  it('asks the legacy system once, whatever is asked of the family', async () => {
    const { legacy, asked } = registerOf({ children: [luca] });
    const query = `{ me { residence { town } household { firstName } children { firstName } email } child(id: "${createId('Child', '17')}") { lastName } }`;
    const { data } = await askSubgraph(schema, query, claudia, legacy);
    expect(data).toEqual({
      me: { residence: null, household: [], children: [{ firstName: 'Luca' }], email: null },
      child: { lastName: 'Bianchi' },
    });
    expect(asked()).toBe(1);
  });

  it('answers nobody for callers who are not signed in, without asking the legacy system', async () => {
    const { legacy, asked } = registerOf({ children: [luca] });
    const query = `{ me { id } myBusiness { id } child(id: "${createId('Child', '17')}") { id } }`;
    const { data, errors } = await askSubgraph(schema, query, { kind: 'anonymous' }, legacy);
    expect([data, errors, asked()]).toEqual([{ me: null, myBusiness: null, child: null }, undefined, 0]);
  });

  it('answers me from the token when the legacy system is down', async () => {
    const { data, errors } = await askSubgraph(
      schema,
      '{ me { firstName codiceFiscale household { firstName } residence { town } children { id } } }',
      claudia,
      down,
    );
    expect(data).toEqual({
      me: {
        firstName: 'Claudia',
        codiceFiscale: 'RSSCLD84C52A794Q',
        household: null,
        residence: null,
        children: null,
      },
    });
    expect(errors).toMatchObject([
      {
        path: ['me', 'household'],
        message: 'The legacy system does not respond.',
        extensions: { code: 'LEGACY_UNAVAILABLE' },
      },
      { path: ['me', 'residence'], extensions: { code: 'LEGACY_UNAVAILABLE' } },
      { path: ['me', 'children'], extensions: { code: 'LEGACY_UNAVAILABLE' } },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/ORA/);
  });

  it.each([
    ['a minor of the household', { isInHousehold: true, hasApplication: false }, birthOfLuca, true],
    [
      'who turns 18 today and has no application',
      { isInHousehold: true, hasApplication: false },
      parseCalendarDate('2008-10-15'),
      false,
    ],
    [
      'who turns 18 tomorrow',
      { isInHousehold: true, hasApplication: false },
      addDays(parseCalendarDate('2008-10-15'), 1),
      true,
    ],
    [
      'a child elsewhere whom the caller filed for',
      { isInHousehold: false, hasApplication: true },
      birthOfLuca,
      true,
    ],
    ['a child elsewhere', { isInHousehold: false, hasApplication: false }, birthOfLuca, false],
    ['a member of unknown age', { isInHousehold: true, hasApplication: false }, null, false],
  ])('shows %s: %p', async (_, tie, birthDate, isShown) => {
    const { legacy } = registerOf({ children: [{ ...luca, ...tie, birthDate }] });
    const { data } = await askSubgraph(schema, children, claudia, legacy);
    expect(data).toEqual({ me: { children: isShown ? [{ firstName: 'Luca' }] : [] } });
    expect(today).toBe('2026-10-15');
  });

  it('tells malformed, unknown and other ids apart neither in the answer nor in what it asks or records', async () => {
    const ids = [
      'nonsense',
      createId('Child', '99'),
      createId('Invoice', '17'),
      createId('Child', '17', 'x'),
      '',
    ];
    const answers = await Promise.all(
      ids.map(async (id) => {
        const { legacy, asked } = registerOf({ children: [luca] });
        const { data, errors, events } = await askSubgraph(
          schema,
          'query ($id: ID!) { child(id: $id) { id } }',
          claudia,
          legacy,
          { id },
        );
        return {
          data,
          errors,
          asked: asked(),
          events: events.map(({ subjectIds: _, auditId: __, ...event }) => event),
        };
      }),
    );
    const event = {
      action: 'Child.read',
      outcome: 'refused',
      actor: { kind: 'citizen', id: claudia.id },
      level: 2,
      relations: {},
      requestId: 'request-1',
    };
    for (const answer of answers)
      expect(answer).toEqual({ data: { child: null }, errors: undefined, asked: 1, events: [event] });
  });

  it('resolves an entity of the caller only', async () => {
    const { legacy } = registerOf({ children: [luca] });
    const representations = [
      { __typename: 'Citizen', id: claudia.id },
      { __typename: 'Citizen', id: 'citizen-marco' },
      { __typename: 'Child', id: createId('Child', '17') },
      { __typename: 'Child', id: createId('Child', '18') },
    ];
    const query =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Citizen { firstName } ... on Child { lastName } } }';
    const { data } = await askSubgraph(schema, query, claudia, legacy, { representations });
    expect(data).toEqual({ _entities: [{ firstName: 'Claudia' }, null, { lastName: 'Bianchi' }, null] });
  });

  it('fails entity by entity, each with its code, when the legacy system does not respond', async () => {
    const down = async () => {
      throw new AppError('LEGACY_UNAVAILABLE', 'The legacy system does not respond.');
    };
    const { data, errors } = await askSubgraph(
      schema,
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Citizen { firstName } ... on Child { lastName } } }',
      claudia,
      { anagrafe: { familiesOf: down } },
      {
        representations: [
          { __typename: 'Child', id: createId('Child', '17') },
          { __typename: 'Citizen', id: claudia.id },
        ],
      },
    );
    expect(data).toEqual({ _entities: [null, { firstName: 'Claudia' }] });
    expect(errors).toMatchObject([{ path: ['_entities', 0], extensions: { code: 'LEGACY_UNAVAILABLE' } }]);
  });
});

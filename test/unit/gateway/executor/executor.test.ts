import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../../../core/errors.ts';
import { createLog } from '../../../../core/log.ts';
import type { SubgraphAnswer } from '../../../../gateway/transport/transport.ts';
import { runSmallTown } from '../../../oracle/run-small-town.ts';

describe('the plan executor', () => {
  it('loses only the fields of a subgraph that is down, each with path and code', async () => {
    const down = async () => {
      throw new AppError('SUBGRAPH_UNAVAILABLE', 'Try again later.', { cause: 'ECONNREFUSED 10.0.0.1' });
    };
    const { run } = runSmallTown({ payments: down });
    expect(await run('{ me { name debts { iuv } } debt(id: "d1") { iuv } }')).toEqual({
      data: { me: { name: 'Claudia', debts: null }, debt: null },
      errors: [
        { message: 'Try again later.', path: ['me', 'debts'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
        { message: 'Try again later.', path: ['debt'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
      ],
    });
  });

  it('nulls what holds a lost field that may not be null, and says it once', async () => {
    const { run } = runSmallTown({ billing: async () => Promise.reject(new Error('secret of the network')) });
    const answer = await run('{ me { name children { name invoices { id } } } }');
    expect(answer.data).toEqual({ me: { name: 'Claudia', children: null } });
    expect(JSON.stringify(answer)).not.toMatch(/secret/);
    expect(answer.errors).toMatchObject([
      { path: ['me', 'children', 0, 'invoices'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ]);
  });

  it('puts a subgraph error to every place where its entity stands, and masks what is not of ours', async () => {
    const failing = async () => ({
      data: { _entities: [{ nick: null }] },
      errors: [
        { message: 'relation "X" does not exist', path: ['_entities', 0, 'nick'] },
        {
          message: 'The legacy system does not respond.',
          path: ['_entities', 0, 'nick'],
          extensions: { code: 'LEGACY_UNAVAILABLE' },
        },
      ],
    });
    const lines: object[] = [];
    const log = createLog((line) => void lines.push(JSON.parse(line)));
    const { run } = runSmallTown({ anagrafe: failing }, log);
    const places = [0, 1].map((i) => ['invoices', i, 'child', 'nick']);
    expect(await run('{ invoices { child { nick } } }')).toEqual({
      data: { invoices: [{ child: { nick: null } }, { child: { nick: null } }] },
      errors: [
        ...places.map((path) => ({
          message: 'Internal error.',
          path,
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        })),
        ...places.map((path) => ({
          message: 'The legacy system does not respond.',
          path,
          extensions: { code: 'LEGACY_UNAVAILABLE' },
        })),
      ],
    });
    // What a client may not read is in the log, once.
    expect(lines).toMatchObject([
      {
        event: 'subgraph.error',
        requestId: 'r',
        subgraph: 'anagrafe',
        message: 'relation "X" does not exist',
      },
    ]);
  });

  it('logs what it masks of a fetch of the root too', async () => {
    const failing = async () => ({
      data: { me: null },
      errors: [{ message: 'no such table', path: ['me'] }],
    });
    const lines: object[] = [];
    const log = createLog((line) => void lines.push(JSON.parse(line)));
    const { run } = runSmallTown({ anagrafe: failing }, log);
    expect(await run('{ me { name } }')).toEqual({
      data: { me: null },
      errors: [{ message: 'Internal error.', path: ['me'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(lines).toMatchObject([
      { event: 'subgraph.error', requestId: 'r', subgraph: 'anagrafe', message: 'no such table' },
    ]);
  });

  it('loses the fields of a subgraph that neither answers nor says why', async () => {
    for (const answer of [{ data: {} }, { data: { _entities: null } }, {}]) {
      const { run } = runSmallTown({ payments: async () => answer });
      expect(await run('{ me { name debts { id } } }')).toEqual({
        data: { me: { name: 'Claudia', debts: null } },
        errors: [
          {
            message: 'Internal error.',
            path: ['me', 'debts'],
            extensions: { code: 'INTERNAL_SERVER_ERROR' },
          },
        ],
      });
    }
  });

  it('loses a field whose required field was lost, for the same reason', async () => {
    const down = async () => Promise.reject(new AppError('TIMEOUT', 'Try again later.'));
    const { run, sent } = runSmallTown({ anagrafe: down });
    expect(await run('{ invoices { id child { cost } } }')).toEqual({
      data: {
        invoices: [
          { id: 'i1', child: { cost: null } },
          { id: 'i2', child: { cost: null } },
        ],
      },
      errors: [0, 1].map((i) => ({
        message: 'Try again later.',
        path: ['invoices', i, 'child', 'cost'],
        extensions: { code: 'TIMEOUT' },
      })),
    });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['billing', 'anagrafe']);
  });

  it('says where in lists a field was lost', async () => {
    const down = async () => Promise.reject(new AppError('TIMEOUT', 'Try again later.'));
    const { run } = runSmallTown({ payments: down });
    const answer = await run(
      '{ invoices { id debts { iuv } } favourites { ... on Citizen { debts { iuv } } } }',
    );
    expect(answer.data).toEqual({ invoices: null, favourites: [{}, {}, null, {}, { debts: null }, {}] });
    expect(answer.errors).toMatchObject([
      { path: ['invoices', 0, 'debts'], extensions: { code: 'TIMEOUT' } },
      { path: ['favourites', 4, 'debts'], extensions: { code: 'TIMEOUT' } },
    ]);
  });

  it('asks for an entity once, however often it stands in the answer', async () => {
    const { run, sent } = runSmallTown();
    await run('{ invoices { child { name } } }');
    const asked = sent.find(({ subgraph }) => subgraph === 'anagrafe');
    expect(asked?.variables.representations).toEqual([{ __typename: 'Child', id: 'c1' }]);
  });

  it('asks nobody when there is nothing to ask for', async () => {
    const { run, sent } = runSmallTown();
    expect(await run('{ __typename citizen(id: "nobody") { debts { iuv } } }')).toEqual({
      data: { __typename: 'Query', citizen: null },
    });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['anagrafe']);
  });

  it('refuses variables before anything is asked', async () => {
    const { run, sent } = runSmallTown();
    const answer = await run('query ($id: ID!) { citizen(id: $id) { name } }');
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(answer).not.toHaveProperty('data');
    expect(sent).toEqual([]);
  });

  it('answers introspection beside data, each where it was asked for', async () => {
    const { run } = runSmallTown();
    expect(
      await run('{ __schema { queryType { name } } me { name } __type(name: "Grade") { kind } }'),
    ).toEqual({
      data: { __schema: { queryType: { name: 'Query' } }, me: { name: 'Claudia' }, __type: { kind: 'ENUM' } },
    });
  });

  it('gives up on a subgraph when the time of the request is over', async () => {
    const time = new AbortController();
    const payments = () => {
      setImmediate(() => time.abort());
      return new Promise<SubgraphAnswer>(() => undefined);
    };
    const answer = await runSmallTown({ payments }).run('{ me { name debts { iuv } } }', {}, time.signal);
    expect(answer.data).toEqual({ me: { name: 'Claudia', debts: null } });
    expect(answer.errors).toMatchObject([{ path: ['me', 'debts'], extensions: { code: 'TIMEOUT' } }]);
  });

  it('tells entities of one id apart by their type', async () => {
    const entity = (id: string) => ({ __typename: id.startsWith('c') ? 'Child' : 'Invoice', id: 'same' });
    const favourites = [entity('c'), entity('i')];
    const billing = async ({ variables }: { variables: Readonly<Record<string, unknown>> }) => ({
      data: {
        _entities: (variables.representations as { __typename: string }[]).map(({ __typename }) =>
          __typename === 'Child' ? { k0: [] } : { amount: 7 },
        ),
      },
    });
    const { run } = runSmallTown({ anagrafe: async () => ({ data: { favourites } }), billing });
    expect(
      await run('{ favourites { ... on Child { invoices { id } } ... on Invoice { amount } } }'),
    ).toEqual({ data: { favourites: [{ invoices: [] }, { amount: 7 }] } });
  });

  it('loses all of a root fetch that fails without a path, and keeps what came beside one with', async () => {
    const error = {
      message: 'The legacy system does not respond.',
      extensions: { code: 'LEGACY_UNAVAILABLE' },
    };
    const answers = [
      { data: null, errors: [error] },
      { data: {}, errors: [error] },
    ];
    for (const answer of [...answers, { errors: [{ ...error, path: ['debt'] }] }]) {
      const { run } = runSmallTown({ payments: async () => answer });
      expect(await run('{ me { id } debt(id: "d1") { iuv } }')).toMatchObject({
        data: { me: { id: 'p1' }, debt: null },
        errors: [{ path: ['debt'], extensions: { code: 'LEGACY_UNAVAILABLE' } }],
      });
    }
    const { run } = runSmallTown({
      anagrafe: async () => ({
        data: { me: { id: 'p1', tags: null } },
        errors: [{ ...error, path: ['me', 'tags'] }],
      }),
    });
    expect(await run('{ me { id tags } }')).toMatchObject({
      data: { me: { id: 'p1', tags: null } },
      errors: [{ path: ['me', 'tags'] }],
    });
  });

  it('says of each lost field why that one was lost', async () => {
    const failing = (code: 'TIMEOUT' | 'SUBGRAPH_UNAVAILABLE') => async () =>
      Promise.reject(new AppError(code, 'Try again later.'));
    const { run } = runSmallTown({
      payments: failing('TIMEOUT'),
      practices: failing('SUBGRAPH_UNAVAILABLE'),
    });
    const { errors } = await run('{ citizens { id debts { iuv } practices { id } } }');
    const codes = errors.map((error: { path: string[]; extensions: { code: string } }) => [
      error.path[2],
      error.extensions.code,
    ]);
    expect(codes).toContainEqual(['debts', 'TIMEOUT']);
    expect(codes).toContainEqual(['practices', 'SUBGRAPH_UNAVAILABLE']);
    expect(codes).not.toContainEqual(['debts', 'SUBGRAPH_UNAVAILABLE']);
  });

  it('takes no value that a type does not have: no other enum value, no other type', async () => {
    const oldest = { __typename: 'Child', id: 'c1', grade: 'UNIVERSITÀ' };
    const favourites = [{ __typename: 'Practice', id: 'r1' }, { __typename: 'Nothing' }, {}];
    const { run } = runSmallTown({ anagrafe: async () => ({ data: { me: { oldest }, favourites } }) });
    expect(await run('{ me { oldest { grade } } favourites { ... on Child { id } } }')).toMatchObject({
      data: { me: { oldest: null }, favourites: [null, null, null] },
      errors: [
        ['me', 'oldest', 'grade'],
        ['favourites', 0],
        ['favourites', 1],
        ['favourites', 2],
      ].map((path) => ({
        path,
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      })),
    });
  });

  it('refuses a subscription before anything is planned', async () => {
    const { run, plans } = runSmallTown();
    expect(await run('subscription { me { id } }')).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(plans.made).toBe(0);
  });
});

import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { AppError } from '../../../../core/errors.ts';
import { expand } from '../../../../gateway/executor/expand.ts';
import { toOperation } from '../../../../gateway/executor/operation.ts';
import { createPrivateNames, privatePrefix } from '../../../../gateway/executor/private-names.ts';
import { runSmallTown } from '../../../oracle/run-small-town.ts';

describe('names that the client chooses', () => {
  it('may be those of a key field: the entity is asked for by its key', async () => {
    const { run, sent } = runSmallTown();
    expect(await run('{ me { oldest { id: name invoices { label } } } }')).toEqual({
      data: { me: { oldest: { id: 'Luca', invoices: [{ label: 'Set. 2020' }, { label: null }] } } },
    });
    const asked = sent.find(({ subgraph }) => subgraph === 'billing');
    expect(asked?.variables.representations).toEqual([{ __typename: 'Child', id: 'c1' }]);
  });

  it('may be those of a key field that the client asks for too, under another name', async () => {
    const { run } = runSmallTown();
    expect(
      await run('{ debt(id: "d1") { id: iuv number: id invoice { id: label child { id: nick } } } }'),
    ).toEqual({
      data: { debt: { id: '111', number: 'd1', invoice: { id: 'Set. 2020', child: { id: null } } } },
    });
  });

  it('may be those of the type, of the planner, of the prototype and our own', async () => {
    const { run } = runSmallTown();
    const names = [
      '__typename',
      '_internal_qp_alias_0',
      '_entities',
      '_e0',
      '__proto__',
      'toString',
      'k0',
      'k1',
    ];
    for (const name of names) {
      const answer = await run(`{ me { oldest { ${name}: name weight invoices { ${name}: amount } } } }`);
      expect(JSON.stringify(answer)).toBe(
        `{"data":{"me":{"oldest":{"${name}":"Luca","weight":31,"invoices":[{"${name}":10142},{"${name}":500}]}}}}`,
      );
    }
  });

  it('may be one for different fields of different types, and one field may have several', async () => {
    const { run } = runSmallTown();
    const source = `{
      favourites { __typename ... on Child { id: name k0: id } ... on Debt { id: iuv } ... on Invoice { id: label k: debts { id: iuv } } }
    }`;
    expect(await run(source)).toEqual({
      data: {
        favourites: [
          { __typename: 'Child', id: 'Luca', k0: 'c1' },
          { __typename: 'Debt', id: '111' },
          null,
          { __typename: 'Invoice', id: null, k: [{ id: '222' }, { id: '111' }] },
          { __typename: 'Citizen' },
          null,
        ],
      },
      errors: [expect.objectContaining({ path: ['favourites', 5, 'id'] })],
    });
  });

  it('come back in errors', async () => {
    const down = async () => Promise.reject(new AppError('SUBGRAPH_UNAVAILABLE', 'Try again later.'));
    const { run } = runSmallTown({ billing: down });
    const { errors } = await run('{ iuv: me { open: oldest { amount: invoices(first: 1) { id } } } }');
    expect(errors).toMatchObject([{ path: ['iuv', 'open', 'amount'] }]);
  });

  it('may be those of a variable of the planner', async () => {
    const { run } = runSmallTown();
    const source = (name: string) =>
      `query ($${name}: Int) { me { oldest { invoices(first: $${name}) { id } } debts { iuv } } }`;
    for (const name of ['representations', '__batch_reps_0', 'v_representations', 'constructor']) {
      const { data, errors } = await run(source(name), { [name]: 1 });
      expect(errors).toBeUndefined();
      expect(data.me.oldest.invoices).toEqual([{ id: 'i1' }]);
    }
  });

  it('stand for one field where it is asked for twice', async () => {
    const { run, sent } = runSmallTown();
    const source =
      '{ me { oldest { a: invoices(first: 1) { id } ... on Node { id } a: invoices(first: 1) { label } } } }';
    expect((await run(source)).data.me.oldest.a).toEqual([{ id: 'i1', label: 'Set. 2020' }]);
    const asked = sent.find(({ subgraph }) => subgraph === 'billing');
    expect(asked?.text.match(/invoices/g)).toHaveLength(1);
  });

  it('are those of introspection too, beside data', async () => {
    const { run } = runSmallTown();
    const source =
      'query ($name: String!) { me: __type(name: $name) { name: kind fields { id: name } } citizens: me { id } }';
    expect(await run(source, { name: 'Notice' })).toEqual({
      data: {
        me: { name: 'OBJECT', fields: [{ id: 'title' }, { id: 'about' }] },
        citizens: { id: 'p1' },
      },
    });
  });

  it('are made so that none is a name of the supergraph', () => {
    expect(privatePrefix('type Query { k: Int key: Int }')).toBe('k');
    expect(privatePrefix('type Query { k0: Int }')).toBe('k_');
    expect(privatePrefix('type Query { k0: Int k_1: Int }')).toBe('k__');
  });

  it('are one for the same arguments in another order, and several for others', () => {
    const schema = buildSchema('type Query { f(a: Int, b: B): Int } input B { c: Int d: Int }');
    const keysOf = (source: string) => {
      const names = createPrivateNames('k');
      const operation = toOperation(parse(source), null);
      if (operation === null) throw new Error(source);
      const { selectionSet } = expand(operation.root, operation.fragments, schema, names, () => true);
      return selectionSet.selections.map((field) => field.kind === 'Field' && field.alias?.value);
    };
    expect(keysOf('{ f(a: 1, b: { c: 2, d: 3 }) f(b: { d: 3, c: 2 }, a: 1) }')).toEqual(['k0', 'k0']);
    expect(keysOf('{ f(a: 1) x: f(a: 1) y: f(a: 2) z: f }')).toEqual(['k0', 'k1', 'k2', 'k3']);
    // Of several types one key may stand for a field with other arguments.
    expect(keysOf('{ f(a: 1) f(a: 2) }')).toEqual(['k0', 'k1']);
  });
});

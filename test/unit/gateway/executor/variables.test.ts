import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { runSmallTown } from '../../../oracle/run-small-town.ts';

describe('variables', () => {
  it('arrive as they were sent, 0, false, null and the empty text too', async () => {
    const { run, sent } = runSmallTown();
    const source = `query ($id: ID!, $first: Int, $open: Boolean) {
      citizen(id: $id) { id }
      me { oldest { invoices(first: $first) { id } } debts(open: $open) { id } }
    }`;
    const answer = await run(source, { id: '', first: 0, open: false });
    expect(answer).toEqual({
      data: { citizen: null, me: { oldest: { invoices: [] }, debts: [null, { id: 'd2' }] } },
    });
    expect(valuesOf(sent)).toEqual({ v_id: '', v_first: 0, v_open: false });

    sent.length = 0;
    await run(source, { id: 'p2', first: null, open: null });
    expect(valuesOf(sent)).toEqual({ v_id: 'p2', v_first: null, v_open: null });
  });

  it('that were not sent stay away, so that defaults hold', async () => {
    const { run, sent } = runSmallTown();
    await run(
      'query ($first: Int) { child: node(id: "c1") { ... on Child { invoices(first: $first) { id } } } }',
    );
    expect(valuesOf(sent)).toEqual({});
  });

  it('that decide what is skipped or included are heeded at each run of one document', async () => {
    const { run } = runSmallTown();
    const skipping = parse('query ($no: Boolean!) { me { id name @skip(if: $no) } }');
    const including = parse('query ($yes: Boolean!) { me { id name @include(if: $yes) } }');
    const whole = { data: { me: { id: 'p1', name: 'Claudia' } } };
    const without = { data: { me: { id: 'p1' } } };
    expect(await run(skipping, { no: true })).toEqual(without);
    expect(await run(skipping, { no: false })).toEqual(whole);
    expect(await run(skipping, { no: true })).toEqual(without);
    expect(await run(including, { yes: true })).toEqual(whole);
    expect(await run(including, { yes: false })).toEqual(without);
    expect(await run(including, { yes: true })).toEqual(whole);
  });

  it('that decide so are told apart from each other', async () => {
    const { run } = runSmallTown();
    const both = parse(
      'query ($a: Boolean!, $b: Boolean!) { me { id @skip(if: $a) name @include(if: $b) tags } }',
    );
    const keys = async (a: boolean, b: boolean) => Object.keys((await run(both, { a, b })).data.me);
    expect(await keys(true, false)).toEqual(['tags']);
    expect(await keys(false, true)).toEqual(['id', 'name', 'tags']);
    expect(await keys(true, true)).toEqual(['name', 'tags']);
    expect(await keys(false, false)).toEqual(['id', 'tags']);
  });

  it('that decide so in many combinations keep the last 64 at most', async () => {
    const { run, plans } = runSmallTown();
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const document = parse(
      `query (${names.map((n) => `$${n}: Boolean!`)}) { me { id ${names.map((n) => `${n}: name @skip(if: $${n})`).join(' ')} } }`,
    );
    const ask = async (combination: number) => {
      const variables = Object.fromEntries(names.map((name, i) => [name, (combination & (1 << i)) !== 0]));
      const { data } = await run(document, variables);
      expect(Object.keys(data.me)).toEqual(['id', ...names.filter((name) => !variables[name])]);
    };
    for (let i = 0; i < 64; i++) await ask(i);
    expect(plans.made).toBe(64);
    await ask(0);
    await ask(63);
    expect(plans.made).toBe(64);
    await ask(64);
    await ask(64);
    expect(plans.made).toBe(65);
    await ask(0);
    expect(plans.made).toBe(66);
  });
});

function valuesOf(sent: readonly { readonly variables: Readonly<Record<string, unknown>> }[]) {
  const { representations: _, ...values } = Object.assign({}, ...sent.map(({ variables }) => variables));
  return Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith('v_')));
}

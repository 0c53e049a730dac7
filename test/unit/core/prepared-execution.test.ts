import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  parse,
} from 'graphql';
import { prepareExecution } from '../../../core/prepared-execution.ts';

const schema: GraphQLSchema = buildSchema(`
  input Shallow { text: String }
  input Deep { text: String, more: [Deep!] }
  type Query {
    item(nth: Int!): Item!
    shallow(input: Shallow): String
    deep(input: Deep): String
  }
  type Item { name(language: String = "it"): String, next: Item, broken: String, list: [Item!] }
`);
// As ours, each field has a resolver: graphql-jit calls no methods of what a field found.
const resolvers: Readonly<Record<string, GraphQLFieldResolver<number, { greeting: string }>>> = {
  'Query.item': (_, { nth }) => nth,
  'Query.shallow': (_, { input }) => JSON.stringify(input),
  'Query.deep': (_, { input }) => JSON.stringify(input),
  'Item.name': (nth, { language }, { greeting }) => `${greeting} ${nth} ${language}`,
  'Item.next': (nth) => (nth < 2 ? nth + 1 : null),
  'Item.list': async (nth) => [nth, nth + 1],
  'Item.broken': () => {
    throw new GraphQLError('broken on purpose', { extensions: { code: 'CONFLICT' } });
  },
};
for (const [name, resolve] of Object.entries(resolvers)) {
  const [type = '', field = ''] = name.split('.');
  Object.assign((schema.getType(type) as GraphQLObjectType).getFields()[field] ?? {}, { resolve });
}

describe('a prepared operation', () => {
  it.each([
    [
      'fields of every kind',
      'query ($nth: Int!) { item(nth: $nth) { ...Names list { ...Names broken } } }',
      { nth: 1 },
    ],
    ['an input', 'query ($input: Shallow) { shallow(input: $input) }', { input: { text: 'a' } }],
    [
      'an input within itself',
      'query ($input: Deep) { deep(input: $input) }',
      { input: { more: [{ text: 'a' }] } },
    ],
  ])('gives the same answers each time: %s', async (_, operation, variables) => {
    const names = 'fragment Names on Item { name, other: name(language: "en"), next { name next { name } } }';
    const text = operation.includes('...Names') ? `${operation} ${names}` : operation;
    const run = prepareExecution(schema, parse(text));
    const answers = [];
    for (let nth = 0; nth < 3; nth++)
      answers.push(JSON.parse(JSON.stringify(await run(variables, { greeting: `for ${nth}` }))));
    const [first, ...others] = answers;
    const asFirst = (answer: unknown) => JSON.parse(JSON.stringify(answer).replaceAll(/for \d/g, 'for 0'));
    expect(others.map(asFirst).map(withoutPlaces)).toEqual(others.map(() => withoutPlaces(first)));
    expect(JSON.stringify(first)).toMatch(/for 0 1 en|{\\"/);
  });
});

/** graphql-jit does not say where in the document a field stands. */
function withoutPlaces(answer: { errors?: { locations?: unknown }[] }): unknown {
  for (const error of answer.errors ?? []) delete error.locations;
  return answer;
}

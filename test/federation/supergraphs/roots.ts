import type { SupergraphCase } from '../supergraph.ts';

/** Fields of the roots: queries of all subgraphs in one, and mutations one after the other. */
export const roots: readonly SupergraphCase[] = [
  {
    name: 'mutations of several subgraphs',
    subgraphs: {
      a: `
        type Query { cart: Cart }
        type Mutation { addToCart(item: ID!, count: Int = 1): Cart! empty: Cart }
        type Cart @key(fields: "id") { id: ID! items: [Item!]! }
        type Item @key(fields: "id") { id: ID! }`,
      b: `
        type Query { items: [Item] }
        type Mutation { rename(item: ID!, name: String): Item remove(items: [ID!]!): [Item] }
        type Item @key(fields: "id") { id: ID! name: String! price: Int }`,
      c: `
        type Mutation { pay(input: Payment!): Receipt }
        input Payment { amount: Int! cart: ID note: String }
        type Receipt { number: Int! cart: Cart }
        type Cart @key(fields: "id") { id: ID! total: Int }`,
    },
  },
  {
    name: 'mutations whose answers are abstract',
    subgraphs: {
      a: `
        type Query { ok: Boolean }
        type Mutation { file(text: String): Outcome }
        union Outcome = Filed | Refused
        type Filed { practice: Practice! }
        type Refused { reasons: [Reason!]! }
        interface Reason { code: String! }
        type Missing implements Reason { code: String! field: String }
        type Wrong implements Reason { code: String! value: Int }
        type Practice @key(fields: "id") { id: ID! }`,
      b: `
        type Mutation { withdraw(id: ID!): Practice }
        type Practice @key(fields: "id") { id: ID! status: Status! history: [Practice] }
        enum Status { OPEN CLOSED }`,
    },
  },
  {
    name: 'a root field that several subgraphs answer',
    subgraphs: {
      a: `
        type Query { product: Product @shareable products: [Product] @shareable }
        type Product @key(fields: "id") { id: ID! name: String @shareable price: Int }`,
      b: `
        type Query { product: Product @shareable products: [Product] @shareable }
        type Product @key(fields: "id") { id: ID! name: String @shareable stock: Int }`,
      c: `
        type Query { product: Product @shareable }
        type Product @key(fields: "id", resolvable: false) { id: ID! }`,
    },
  },
];

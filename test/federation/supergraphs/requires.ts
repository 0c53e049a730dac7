import type { SupergraphCase } from '../supergraph.ts';

/** Fields for which a subgraph must be told something of others: what a representation is made of. */
export const requires: readonly SupergraphCase[] = [
  {
    name: 'a required field',
    subgraphs: {
      a: `
        type Query { products: [Product!] product(id: ID): Product }
        type Product @key(fields: "id") { id: ID! price: Int weight: Float }`,
      b: `
        type Query { cheapest: Product }
        type Product @key(fields: "id") { id: ID! price: Int @external weight: Float @external shipping: Int @requires(fields: "price weight") tag: String! }`,
    },
  },
  {
    name: 'required fields that require others',
    subgraphs: {
      a: `
        type Query { a: Product }
        type Product @key(fields: "id") { id: ID! price: Int! }`,
      b: `
        type Query { b: [Product] }
        type Product @key(fields: "id") { id: ID! price: Int! @external isCheap: Boolean @requires(fields: "price") }`,
      c: `
        type Query { c: Product! }
        type Product @key(fields: "id") { id: ID! isCheap: Boolean @external isSold: String @requires(fields: "isCheap") }`,
      d: `
        type Product @key(fields: "id") { id: ID! isSold: String @external price: Int! @external advice: String @requires(fields: "isSold price") }`,
    },
  },
  {
    name: 'two subgraphs that require of each other',
    subgraphs: {
      a: `
        type Query { things: [Thing] }
        type Thing @key(fields: "id") { id: ID! one: Int two: Int @external three: Int @requires(fields: "two") }`,
      b: `
        type Query { thing: Thing }
        type Thing @key(fields: "id") { id: ID! one: Int @external two: Int @requires(fields: "one") three: Int @external four: Int @requires(fields: "three one") }`,
    },
  },
  {
    name: 'required fields with arguments',
    subgraphs: {
      a: `
        type Query { posts: [Post!] post: Post }
        type Post @key(fields: "id") { id: ID! comments(limit: Int!, order: Order = NEW): [Comment!] title(length: Int): String }
        type Comment @key(fields: "id") { id: ID! date: String likes(by: Filter): Int }
        enum Order { NEW OLD }
        input Filter { age: Int name: String }`,
      b: `
        type Query { best: [Post] }
        type Post @key(fields: "id") {
          id: ID!
          comments(limit: Int!, order: Order = NEW): [Comment!] @external
          title(length: Int): String @external
          summary: String @requires(fields: "title(length: 3) comments(limit: 1) { date }")
          author: Author @requires(fields: "comments(limit: 3, order: OLD) { id likes(by: { age: 3, name: \\"x\\" }) }")
        }
        type Comment @key(fields: "id") { id: ID! date: String @external likes(by: Filter): Int @external }
        type Author @key(fields: "id") { id: ID! name: String! posts: [Post] }
        enum Order { NEW OLD }
        input Filter { age: Int name: String }`,
    },
  },
  {
    name: 'required fields of fields',
    subgraphs: {
      a: `
        type Query { parcels: [Parcel] }
        type Parcel @key(fields: "id") { id: ID! size: Size stops: [Stop!]! }
        type Size { width: Int! height: Int! unit: Unit }
        type Unit { name: String! }
        type Stop @key(fields: "id") { id: ID! city: String }`,
      b: `
        type Query { parcel: Parcel }
        type Parcel @key(fields: "id") {
          id: ID!
          size: Size @external
          stops: [Stop!]! @external
          price: Int @requires(fields: "size { width height unit { name } }")
          route: String @requires(fields: "stops { id city }")
        }
        type Size @external { width: Int! height: Int! unit: Unit }
        type Unit @external { name: String! }
        type Stop @key(fields: "id") { id: ID! city: String @external }`,
    },
  },
  {
    name: 'required fields of an interface, by fragments',
    subgraphs: {
      a: `
        type Query { users: [User] }
        type User @key(fields: "id") { id: ID! pet: Pet pets: [Pet!] }
        interface Pet { name: String }
        type Dog implements Pet { name: String barks: Boolean owner: User }
        type Cat implements Pet { name: String lives: Int }`,
      b: `
        type Query { user: User }
        type User @key(fields: "id") {
          id: ID!
          pet: Pet @external
          pets: [Pet!] @external
          advice: String @requires(fields: "pet { name ... on Dog { barks } ... on Cat { lives } }")
          food: Int @requires(fields: "pets { __typename ... on Dog { name } }")
        }
        interface Pet { name: String }
        type Dog implements Pet { name: String @external barks: Boolean @external }
        type Cat implements Pet { name: String @external lives: Int @external }`,
    },
  },
  {
    name: 'required fields of three subgraphs',
    subgraphs: {
      a: `
        type Query { houses: [House!]! }
        type House @key(fields: "id") { id: ID! area: Int }`,
      b: `
        type Query { b: House }
        type House @key(fields: "id") { id: ID! year: Int owner: Owner }
        type Owner @key(fields: "id") { id: ID! income: Int }`,
      c: `
        type Query { c: [House] }
        type House @key(fields: "id") {
          id: ID!
          area: Int @external
          year: Int @external
          owner: Owner @external
          tax: Int @requires(fields: "area year owner { income }")
        }
        type Owner @key(fields: "id") { id: ID! income: Int @external discount: Float @requires(fields: "income") }`,
    },
  },
  {
    name: 'a required entity, answered as an entity',
    subgraphs: {
      a: `
        type Query { tickets: [Ticket] }
        type Ticket @key(fields: "id") { id: ID! area: Area }
        type Area @key(fields: "id") { id: ID! name: String }`,
      b: `
        type Query { areas: [Area!] }
        type Ticket @key(fields: "id") { id: ID! area: Area @external agent: Agent @requires(fields: "area { id name }") }
        type Area @key(fields: "id") { id: ID! name: String @external lead: Agent @requires(fields: "name") }
        type Agent @key(fields: "id") { id: ID! tickets: [Ticket!] }`,
      c: `
        type Query { agent: Agent }
        type Agent @key(fields: "id") { id: ID! name: String! areas: [Area] }
        type Area @key(fields: "id", resolvable: false) { id: ID! }`,
    },
  },
];

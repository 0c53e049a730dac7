import type { SupergraphCase } from '../supergraph.ts';

/** Who answers what: fields taken over, hidden, shared; types, inputs and enums that subgraphs know differently. */
export const ownership: readonly SupergraphCase[] = [
  {
    name: 'fields taken over',
    subgraphs: {
      old: `
        type Query { bills: [Bill] }
        type Bill @key(fields: "id") { id: ID! amount: Int! payer: Payer description: String }
        type Payer @key(fields: "id") { id: ID! name: String }`,
      new: `
        type Query { bill: Bill }
        type Bill @key(fields: "id") { id: ID! amount: Int! @override(from: "old") payer: Payer @override(from: "old") }
        type Payer @key(fields: "id") { id: ID! score: Int }`,
    },
  },
  {
    name: 'root fields taken over',
    subgraphs: {
      old: `
        type Query { feed: [Post!] other: Int }
        type Post @key(fields: "id") { id: ID! text: String }`,
      new: `
        type Query { feed: [Post!] @override(from: "old") }
        type Post @key(fields: "id") { id: ID! created: Int }`,
    },
  },
  {
    name: 'fields, keys and types that clients do not see',
    subgraphs: {
      a: `
        type Query { cars: [Car] secret: Secret @inaccessible }
        type Car @key(fields: "vin") { vin: ID! @inaccessible plate: String owner: Owner }
        type Owner @key(fields: "code") { code: ID! @inaccessible name: String! }
        type Secret @inaccessible { value: Int }`,
      b: `
        type Query { fines(kind: Kind): [Fine!] }
        type Fine { amount: Int! car: Car kind: Kind }
        type Car @key(fields: "vin") { vin: ID! @inaccessible fines: [Fine] plate: String @external warning: String @requires(fields: "plate") }
        type Owner @key(fields: "code") { code: ID! @inaccessible points: Int }
        enum Kind { SPEED PARKING HIDDEN @inaccessible }`,
    },
  },
  {
    name: 'value types that all know',
    subgraphs: {
      a: `
        type Query { people: [Person] }
        type Person @key(fields: "id") { id: ID! home: Address @shareable name: String }
        type Address @shareable { street: String! city: City }
        type City @shareable { name: String! zip: Int }`,
      b: `
        type Query { person: Person }
        type Person @key(fields: "id") { id: ID! home: Address @shareable work: Address }
        type Address @shareable { street: String! city: City }
        type City @shareable { name: String! zip: Int }`,
    },
  },
  {
    name: 'value types of which each knows a part',
    subgraphs: {
      a: `
        type Query { people: [Person] @shareable }
        type Person { name: String @shareable age: Int address: Address @shareable }
        type Address { street: String @shareable city: String }`,
      b: `
        type Query { people: [Person] @shareable }
        type Person { name: String @shareable email: String address: Address @shareable }
        type Address { street: String @shareable number: Int! }`,
    },
  },
  {
    name: 'inputs, arguments and enums of which each knows other parts',
    subgraphs: {
      a: `
        type Query { count(filter: Filter, first: Int = 3, only: Int): Int @shareable colours: [Colour!] }
        input Filter { name: String! age: Int size: Size onlyA: Boolean }
        enum Size { S M L XL }
        enum Colour { RED GREEN }
        type Shirt @key(fields: "id") { id: ID! sizes(of: Size = M): [Int] colour: Colour! }`,
      b: `
        type Query { count(filter: Filter, first: Int = 3): Int @shareable shirts(filters: [Filter!]): [Shirt] }
        input Filter { name: String! age: Int! size: Size }
        enum Size { S M L }
        enum Colour { BLUE GREEN RED }
        type Shirt @key(fields: "id") { id: ID! best: Colour }`,
    },
  },
  {
    name: 'types that are nullable in one subgraph only',
    subgraphs: {
      a: `
        type Query { items: [Item!]! @shareable }
        type Item @key(fields: "id") { id: ID! name: String! @shareable parts: [Part!]! @shareable }
        type Part @shareable { code: String! }`,
      b: `
        type Query { items: [Item] @shareable item: Item }
        type Item @key(fields: "id") { id: ID! name: String @shareable parts: [Part] @shareable price: Int! }
        type Part @shareable { code: String }`,
    },
  },
  {
    name: 'scalars of every shape',
    subgraphs: {
      a: `
        type Query { documents: [Document] }
        scalar JSON
        scalar Date
        type Document @key(fields: "id") { id: ID! body: JSON at: Date versions: [[Int!]!] matrix: [[JSON]] }`,
      b: `
        type Query { document(at: Date, like: JSON): Document }
        scalar JSON
        scalar Date
        type Document @key(fields: "id") { id: ID! body: JSON @external hash: String @requires(fields: "body") tags: [String!] ratio: Float }`,
    },
  },
  {
    name: 'fields named as every object has some',
    subgraphs: {
      a: `
        type Query { constructor: Thing things: [Thing!] }
        type Thing @key(fields: "id") { id: ID! toString: String valueOf: Int }`,
      b: `
        type Query { hasOwnProperty: [Thing] }
        type Thing @key(fields: "id") { id: ID! constructor: String then: Thing length: Int toString: String @external name(toString: Int): String @requires(fields: "toString") }`,
    },
  },
];

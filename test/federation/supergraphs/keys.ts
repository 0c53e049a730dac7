import type { SupergraphCase } from '../supergraph.ts';

/** How entities are found: one key or several, of several fields, of fields of fields, in chains, or not at all. */
export const keys: readonly SupergraphCase[] = [
  {
    name: 'one key',
    subgraphs: {
      products: `
        type Query { product(id: ID!): Product products: [Product!]! }
        type Product @key(fields: "id") { id: ID! name: String! price: Int }`,
      reviews: `
        type Query { review: Review }
        type Product @key(fields: "id") { id: ID! reviews(first: Int = 2): [Review!]! }
        type Review @key(fields: "id") { id: ID! text: String product: Product! author: User }
        type User @key(fields: "id", resolvable: false) { id: ID! }`,
      users: `
        type Query { me: User }
        type User @key(fields: "id") { id: ID! name: String! friends: [User] favourite: Product }
        type Product @key(fields: "id", resolvable: false) { id: ID! }`,
    },
  },
  {
    name: 'several keys in a chain',
    subgraphs: {
      a: `
        type Query { byUpc: [Book] }
        type Book @key(fields: "upc") { upc: String! pages: Int }`,
      b: `
        type Query { either(upc: String): Book }
        type Book @key(fields: "upc") @key(fields: "isbn") { upc: String! isbn: String! shelf: Shelf }
        type Shelf @key(fields: "id") { id: ID! books: [Book!] }`,
      c: `
        type Query { byIsbn: Book! }
        type Book @key(fields: "isbn") @key(fields: "id") { isbn: String! id: ID! title: String! }
        type Shelf @key(fields: "id") { id: ID! floor: Int! }`,
      d: `
        type Query { byId: [Book!] }
        type Book @key(fields: "id") { id: ID! authors: [Author] }
        type Author { name: String! books: [Book] }`,
    },
  },
  {
    name: 'keys of several fields',
    subgraphs: {
      a: `
        type Query { parcels: [Parcel] }
        type Parcel @key(fields: "sheet number") @key(fields: "code") { sheet: Int! number: Int! code: ID! area: Float }`,
      b: `
        type Query { parcelOf(street: String): Parcel }
        type Parcel @key(fields: "sheet number") { sheet: Int! number: Int! owner: Owner street: String }
        type Owner @key(fields: "name born") { name: String! born: Int! }`,
      c: `
        type Query { owners: [Owner!]! }
        type Owner @key(fields: "name born") { name: String! born: Int! parcels: [Parcel!] }
        type Parcel @key(fields: "code") { code: ID! taxes: [Int!] }`,
    },
  },
  {
    name: 'keys of fields of fields',
    subgraphs: {
      a: `
        type Query { rooms: [Room!] }
        type Room @key(fields: "number building { id }") { number: Int! building: Building! seats: Int }
        type Building @key(fields: "id") { id: ID! }`,
      b: `
        type Query { building: Building! }
        type Room @key(fields: "number building { id }") { number: Int! building: Building! lessons: [Lesson!]! }
        type Building @key(fields: "id") { id: ID! city: String rooms: [Room] }
        type Lesson @key(fields: "id room { number building { id } }") { id: ID! room: Room! hours: Int }`,
      c: `
        type Query { lesson: Lesson }
        type Lesson @key(fields: "id room { number building { id } }") { id: ID! room: Room! @shareable teacher: Teacher }
        type Room @key(fields: "number building { id }", resolvable: false) { number: Int! building: Building! @shareable }
        type Building @key(fields: "id", resolvable: false) { id: ID! }
        type Teacher { name: String! }`,
    },
  },
  {
    name: 'keys of which each subgraph has its own',
    subgraphs: {
      a: `
        type Query { people: [Person!] }
        type Person @key(fields: "id") @key(fields: "email") { id: ID! email: String! name: String }`,
      b: `
        type Query { mails: [Mail] }
        type Mail @key(fields: "id") { id: ID! from: Person! to: [Person!]! }
        type Person @key(fields: "email") { email: String! sent: Int! }`,
      c: `
        type Query { badge(number: Int!): Badge }
        type Badge @key(fields: "number") { number: Int! holder: Person }
        type Person @key(fields: "id") { id: ID! badges: [Badge!] }`,
    },
  },
  {
    name: 'keys that may be null',
    subgraphs: {
      a: `
        type Query { books: [Book] }
        type Book @key(fields: "upc") { upc: ID! }`,
      b: `
        type Query { anyBook: Book }
        type Book @key(fields: "upc") @key(fields: "id") { upc: ID! id: ID }`,
      c: `
        type Query { authors: [Author!] }
        type Book @key(fields: "id") { id: ID! author: Author pages: [Int] }
        type Author @key(fields: "id") { id: ID! name: String }`,
    },
    values: {
      'Book.1.id': null,
      'Book.1.author': null,
      'Book.1.pages': null,
    },
  },
  {
    name: 'entities that only point',
    subgraphs: {
      a: `
        type Query { orders: [Order!] }
        type Order @key(fields: "id") { id: ID! lines: [Line!]! customer: Customer }
        type Line { product: Product quantity: Int! }
        type Product @key(fields: "sku", resolvable: false) { sku: ID! }
        type Customer @key(fields: "id", resolvable: false) { id: ID! }`,
      b: `
        type Query { catalogue: [Product] }
        type Product @key(fields: "sku") { sku: ID! title: String! soldWith: [Product!] }`,
      c: `
        type Query { customers: [Customer] }
        type Customer @key(fields: "id") { id: ID! name: String! orders: [Order] }
        type Order @key(fields: "id", resolvable: false) { id: ID! }`,
    },
  },
  {
    name: 'types extended in the first version of federation',
    subgraphs: {
      a: `
        type Query { topProducts: [Product] }
        type Product @key(fields: "upc") { upc: String! name: String price: Int }`,
      b: `
        extend type Query { reviewed: [Product!] }
        extend type Product @key(fields: "upc") { upc: String! @external stars: Float reviews: [Review] }
        type Review { body: String product: Product }`,
      c: `
        extend type Product @key(fields: "upc") { upc: String! @external price: Int @external inStock: Boolean shipping: Int @requires(fields: "price") }`,
    },
  },
];

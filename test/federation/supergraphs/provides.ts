import type { SupergraphCase } from '../supergraph.ts';

/** Fields that a subgraph answers on some paths only. */
export const provides: readonly SupergraphCase[] = [
  {
    name: 'a field provided at one place',
    subgraphs: {
      a: `
        type Query { reviews: [Review] }
        type Review @key(fields: "id") { id: ID! author: User @provides(fields: "name") editor: User }
        type User @key(fields: "id") { id: ID! name: String @external reviews: [Review!] }`,
      b: `
        type Query { users: [User!] }
        type User @key(fields: "id") { id: ID! name: String @shareable born: Int }`,
    },
  },
  {
    name: 'fields provided of fields',
    subgraphs: {
      categories: `
        type Query { products: [Product] product: Product @provides(fields: "categories { id name parent { id } }") }
        type Product @key(fields: "id") { id: ID! categories: [Category!] @external }
        type Category @key(fields: "id") { id: ID! name: String @external parent: Category @external }`,
      products: `
        type Query { all: [Product!]! @shareable }
        type Product @key(fields: "id") { id: ID! categories: [Category!] @shareable price: Int }
        type Category @key(fields: "id") { id: ID! }`,
      names: `
        type Query { category: Category }
        type Category @key(fields: "id") { id: ID! name: String @shareable parent: Category @shareable details: String }`,
    },
  },
  {
    name: 'fields provided of an interface',
    subgraphs: {
      a: `
        type Query { media: Media @shareable book: Book @provides(fields: "animals { ... on Dog { name } }") }
        interface Media { id: ID! }
        interface Animal { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! animals: [Animal] @external }
        type Dog implements Animal @key(fields: "id") { id: ID! @external name: String @external }
        type Cat implements Animal @key(fields: "id") { id: ID! @external }`,
      b: `
        type Query { media: Media @shareable @provides(fields: "animals { id name }") }
        interface Media { id: ID! animals: [Animal] }
        interface Animal { id: ID! name: String }
        type Book implements Media @key(fields: "id") { id: ID! animals: [Animal] @external }
        type Dog implements Animal @key(fields: "id") { id: ID! @external name: String @external }
        type Cat implements Animal @key(fields: "id") { id: ID! @external name: String @external }`,
      c: `
        interface Media { id: ID! animals: [Animal] }
        interface Animal { id: ID! name: String age: Int }
        type Book implements Media @key(fields: "id") { id: ID! animals: [Animal] @shareable }
        type Dog implements Animal @key(fields: "id") { id: ID! name: String @shareable age: Int }
        type Cat implements Animal @key(fields: "id") { id: ID! name: String @shareable age: Int }`,
    },
  },
  {
    name: 'a part of a union provided',
    subgraphs: {
      a: `
        type Query { media: [Media] @shareable @provides(fields: "... on Book { title }") }
        union Media = Book | Song
        type Book @key(fields: "id") { id: ID! title: String @external }
        type Song @key(fields: "id") { id: ID! }`,
      b: `
        type Query { media: [Media] @shareable @provides(fields: "... on Song { title }") }
        union Media = Book | Song
        type Book @key(fields: "id") { id: ID! }
        type Song @key(fields: "id") { id: ID! title: String @external }`,
      c: `
        type Query { books: [Book] }
        type Book @key(fields: "id") { id: ID! title: String @shareable }
        type Song @key(fields: "id") { id: ID! title: String @shareable }`,
    },
  },
  {
    name: 'an entity provided by its key alone',
    subgraphs: {
      a: `
        type Query { shops: [Shop!] }
        type Shop @key(fields: "id") { id: ID! city: City @provides(fields: "zip") }
        type City @key(fields: "id") { id: ID! zip: Int @external }`,
      b: `
        type Query { cities: [City] }
        type City @key(fields: "id") @key(fields: "zip") { id: ID! zip: Int @shareable mayor: String! }`,
    },
  },
];

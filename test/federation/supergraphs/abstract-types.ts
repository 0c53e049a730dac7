import type { SupergraphCase } from '../supergraph.ts';

/** Interfaces and unions: how it is found out what an object is, wherever its fields come from. */
export const abstractTypes: readonly SupergraphCase[] = [
  {
    name: 'an interface whose implementations are in one subgraph',
    subgraphs: {
      a: `
        type Query { nodes: [Node] node(id: ID!): Node }
        interface Node { id: ID! }
        type User implements Node @key(fields: "id") { id: ID! name: String! }
        type Group implements Node @key(fields: "id") { id: ID! members: [Node!]! }`,
      b: `
        type Query { newest: User }
        type User @key(fields: "id") { id: ID! posts: [Post!] }
        type Group @key(fields: "id") { id: ID! topic: String }
        type Post @key(fields: "id") { id: ID! author: User! }`,
    },
  },
  {
    name: 'an interface that several subgraphs have, with fields of their own',
    subgraphs: {
      a: `
        type Query { media: [Media!] }
        interface Media { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String @shareable pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String @shareable length: Int! }`,
      b: `
        type Query { shelf: [Media] }
        interface Media { id: ID! title: String price: Int }
        type Book implements Media @key(fields: "id") { id: ID! title: String @shareable price: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String @shareable price: Int }`,
      c: `
        type Query { loans: [Loan] }
        type Loan @key(fields: "id") { id: ID! book: Book film: Film days: Int }
        type Book @key(fields: "id") { id: ID! loans: [Loan!] }
        type Film @key(fields: "id", resolvable: false) { id: ID! }`,
    },
  },
  {
    name: 'an interface whose implementations are resolved in another subgraph',
    subgraphs: {
      a: `
        type Query { animal: Animal animals: [Animal!]! }
        interface Animal { id: ID! }
        type Dog implements Animal @key(fields: "id") { id: ID! }
        type Cat implements Animal @key(fields: "id") { id: ID! }`,
      b: `
        type Query { dogs: [Dog] }
        interface Animal { id: ID! name: String }
        type Dog implements Animal @key(fields: "id") { id: ID! name: String age: Int }
        type Cat implements Animal @key(fields: "id") { id: ID! name: String lives: Int }`,
    },
  },
  {
    name: 'interfaces that implement interfaces',
    subgraphs: {
      a: `
        type Query { resources: [Resource] image: Image }
        interface Node { id: ID! }
        interface Resource implements Node { id: ID! url: String }
        interface Image implements Resource & Node { id: ID! url: String thumbnail: String }
        type Photo implements Image & Resource & Node @key(fields: "id") { id: ID! url: String thumbnail: String width: Int }
        type Text implements Resource & Node @key(fields: "id") { id: ID! url: String words: Int! }`,
      b: `
        type Query { photos: [Photo!] }
        type Photo @key(fields: "id") { id: ID! taken: String places: [Place!] }
        type Text @key(fields: "id") { id: ID! language: Language }
        type Place { name: String! photo: Photo }
        enum Language { IT EN }`,
    },
  },
  {
    name: 'unions whose members are apart',
    subgraphs: {
      a: `
        type Query { search(text: String): [Result!] first: Result }
        union Result = Person | Company
        type Person @key(fields: "id") { id: ID! name: String }
        type Company @key(fields: "id") { id: ID! title: String! partners: [Result] }`,
      b: `
        type Query { recent: [Recent] }
        union Recent = Person | Invoice
        type Person @key(fields: "id") { id: ID! invoices: [Invoice!]! }
        type Company @key(fields: "id") { id: ID! invoices: [Invoice!]! }
        type Invoice @key(fields: "id") { id: ID! total: Int to: Payer }
        union Payer = Person | Company`,
    },
  },
  {
    name: 'unions of which each subgraph knows other members',
    subgraphs: {
      a: `
        type Query { feed: [Item] }
        union Item = Post | Photo
        type Post @key(fields: "id") { id: ID! text: String }
        type Photo @key(fields: "id") { id: ID! url: String }
        type Wall @key(fields: "id") { id: ID! top: Item @shareable }`,
      b: `
        type Query { wall: Wall }
        union Item = Photo | Video
        type Photo @key(fields: "id") { id: ID! likes: Int }
        type Video @key(fields: "id") { id: ID! length: Float }
        type Wall @key(fields: "id") { id: ID! top: Item @shareable name: String }`,
    },
  },
  {
    name: 'objects of an interface without keys, whose fields are entities',
    subgraphs: {
      a: `
        type Query { events: [Event!]! }
        interface Event { at: String! subject: Subject }
        type Opened implements Event { at: String! subject: Subject by: User }
        type Closed implements Event { at: String! subject: Subject reason: String }
        union Subject = Ticket | User
        type Ticket @key(fields: "id") { id: ID! }
        type User @key(fields: "id") { id: ID! }`,
      b: `
        type Query { tickets: [Ticket] }
        type Ticket @key(fields: "id") { id: ID! title: String owner: User }
        type User @key(fields: "id") { id: ID! name: String! tickets: [Ticket!] }`,
    },
  },
  {
    name: 'fields that are the same on some types and differ on others',
    subgraphs: {
      a: `
        type Query { things: [Thing] named: [Named!] }
        union Thing = One | Two | Three
        interface Named { name: String }
        type One implements Named @key(fields: "id") { id: ID! name: String size: Int! }
        type Two implements Named @key(fields: "id") { id: ID! name: String! size: Int }
        type Three @key(fields: "id") { id: ID! name: [String] size: Int! }`,
      b: `
        type Query { ones: [One] }
        type One @key(fields: "id") { id: ID! weight: Float! other: Two }
        type Two @key(fields: "id") { id: ID! weight: Float other: [Three] }
        type Three @key(fields: "id") { id: ID! weight: [Float] other: One }`,
    },
  },
  {
    name: 'lists of lists of interfaces',
    subgraphs: {
      a: `
        type Query { grid: [[Cell]] }
        interface Cell { x: Int y: Int! }
        type Wall implements Cell @key(fields: "id") { id: ID! x: Int y: Int! }
        type Door implements Cell @key(fields: "id") { id: ID! x: Int y: Int! leadsTo: [[Cell!]!]! }`,
      b: `
        type Query { doors: [Door] }
        type Door @key(fields: "id") { id: ID! isOpen: Boolean! keys: [[String!]] }
        type Wall @key(fields: "id") { id: ID! colour: Colour }
        enum Colour { RED BLUE }`,
    },
  },
];

import type { SupergraphCase } from '../supergraph.ts';

/** Interfaces with keys, and subgraphs that know them as one object type. */
export const interfaceObjects: readonly SupergraphCase[] = [
  {
    name: 'an interface object',
    subgraphs: {
      catalogue: `
        type Query { media: [Media!]! anything: Media }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String length: Int! }`,
      reviews: `
        type Query { best: Media rated: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! score: Int reviews: [Review!]! }
        type Review @key(fields: "id") { id: ID! text: String of: Media! }`,
    },
  },
  {
    name: 'an interface object that requires',
    subgraphs: {
      users: `
        type Query { users: [User] }
        interface User @key(fields: "id") { id: ID! name: String! }
        type Admin implements User @key(fields: "id") { id: ID! name: String! level: Int }
        type Guest implements User @key(fields: "id") { id: ID! name: String! until: String }`,
      badges: `
        type Query { hosts: [User!] }
        type User @key(fields: "id") @interfaceObject { id: ID! name: String! @external badge: String @requires(fields: "name") }`,
    },
    // The library (0.27) forgets that the interface object's field is external.
    repair: [
      'User @join__type(graph: BADGES, key: "id", isInterfaceObject: true) @join__type(graph: USERS, key: "id") {\n  id: ID!\n  name: String!',
      'User @join__type(graph: BADGES, key: "id", isInterfaceObject: true) @join__type(graph: USERS, key: "id") {\n  id: ID!\n  name: String! @join__field(graph: BADGES, external: true) @join__field(graph: USERS)',
    ],
  },
  {
    name: 'two interface objects of one interface',
    subgraphs: {
      a: `
        type Query { accounts: [Account!] }
        interface Account @key(fields: "id") { id: ID! }
        type Person implements Account @key(fields: "id") { id: ID! age: Int }
        type Firm implements Account @key(fields: "id") { id: ID! staff: [Account!] }`,
      b: `
        type Query { richest: Account }
        type Account @key(fields: "id") @interfaceObject { id: ID! balance: Int! owner: Owner }
        type Owner @key(fields: "id") { id: ID! accounts: [Account!]! }`,
      c: `
        type Query { blocked: [Account] }
        type Account @key(fields: "id") @interfaceObject { id: ID! isBlocked: Boolean! notes: [Note] }
        type Owner @key(fields: "id") { id: ID! since: Int }
        type Note { text: String about: Account }`,
    },
  },
  {
    name: 'an interface object reached through another entity',
    subgraphs: {
      media: `
        type Query { playlists: [Playlist] }
        type Playlist @key(fields: "id") { id: ID! first: Track tracks: [Track!]! }
        interface Track @key(fields: "id") { id: ID! title: String }
        type Song implements Track @key(fields: "id") { id: ID! title: String }
        type Talk implements Track @key(fields: "id") { id: ID! title: String speaker: String }`,
      plays: `
        type Query { top: [Play!] }
        type Track @key(fields: "id") @interfaceObject { id: ID! plays: [Play] }
        type Play @key(fields: "id") { id: ID! track: Track listener: Listener }
        type Listener @key(fields: "id", resolvable: false) { id: ID! }`,
      listeners: `
        type Query { listeners: [Listener!] }
        type Listener @key(fields: "id") { id: ID! name: String favourite: Track }
        type Track @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }`,
    },
  },
  {
    name: 'an interface object whose concrete types have fields elsewhere',
    subgraphs: {
      a: `
        type Query { devices: [Device] }
        interface Device @key(fields: "serial") { serial: ID! room: String }
        type Lamp implements Device @key(fields: "serial") { serial: ID! room: String isOn: Boolean }
        type Lock implements Device @key(fields: "serial") { serial: ID! room: String }`,
      b: `
        type Query { broken: [Device!] }
        type Device @key(fields: "serial") @interfaceObject { serial: ID! faults: [Fault!]! }
        type Fault { at: Int! device: Device! }`,
      c: `
        type Query { locks: [Lock!] }
        type Lamp @key(fields: "serial") { serial: ID! colour: String }
        type Lock @key(fields: "serial") { serial: ID! code: Int opens: [Lock] }`,
    },
  },
];

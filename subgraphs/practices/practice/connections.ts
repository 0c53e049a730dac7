import { Field, ObjectType } from 'type-graphql';
import { type Instant, parseInstant } from '../../../core/values/index.ts';
import type { EntryKey } from '../../../legacy/ports/keys.ts';
import type { ProtocolloCursor } from '../../../legacy/ports/practices.port.ts';
import { Connection, type CursorFormat } from '../../shared/connection.ts';
import { Practice, Protocollo } from './practice.type.ts';

@ObjectType({ simpleResolvers: true, description: 'A practice and its place in the list.' })
export class PracticeEdge {
  @Field(() => String, { description: 'Cursor for `after`.' })
  cursor!: string;

  @Field(() => Practice, { description: 'The practice.' })
  node!: Practice;
}

@ObjectType({ implements: Connection, simpleResolvers: true, description: 'Practices, newest first.' })
export class PracticeConnection extends Connection {
  @Field(() => [PracticeEdge], { description: 'This page.' })
  edges!: PracticeEdge[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'An entry of the protocol register and its place in the list.',
})
export class ProtocolloEdge {
  @Field(() => String, { description: 'Cursor for `after`.' })
  cursor!: string;

  @Field(() => Protocollo, { description: 'The entry.' })
  node!: Protocollo;
}

@ObjectType({
  implements: Connection,
  simpleResolvers: true,
  description: 'Entries of the protocol register, newest first.',
})
export class ProtocolloConnection extends Connection {
  @Field(() => [ProtocolloEdge], { description: 'This page.' })
  edges!: ProtocolloEdge[];
}

/** Newest first, then by id. */
export interface PracticeCursor {
  readonly createdAt: Instant;
  readonly id: string;
}

export const practiceCursor: CursorFormat<PracticeCursor> = {
  name: 'PracticeCursor',
  toParts: ({ createdAt, id }) => [createdAt, id],
  toKey: ([createdAt = '', id]) =>
    Number.isNaN(Date.parse(createdAt)) || id === undefined
      ? null
      : { createdAt: parseInstant(createdAt), id },
};

export const protocolloCursor: CursorFormat<ProtocolloCursor> = {
  name: 'ProtocolloCursor',
  toParts: ({ registeredAt, key }) => [registeredAt, key],
  toKey: ([registeredAt = '', key = '']) =>
    Number.isNaN(Date.parse(registeredAt)) || key === ''
      ? null
      : { registeredAt: parseInstant(registeredAt), key: key as EntryKey },
};

import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import { type CalendarDate, type Instant, toInstant } from '../../../core/values/index.ts';
import type { EntryKey, PracticeKey } from '../../../legacy/ports/keys.ts';
import type { PracticeRecord, ProtocolloRecord } from '../../../legacy/ports/practices.port.ts';
import { Document } from '../../shared/documents/document.type.ts';
import { DateScalar, DateTimeScalar } from '../../shared/scalars.ts';
import type { PracticeEntity } from '../records/practice.entity.ts';
import {
  type PracticeChannel,
  PracticeChannelEnum,
  type PracticeStatus,
  PracticeStatusEnum,
} from '../records/practice-status.type.ts';
import { RequiredAttachment } from '../template/template.type.ts';

@ObjectType({ simpleResolvers: true, description: 'The answer to one field.' })
export class Answer {
  @Field(() => ID, { description: "The field's code." })
  code!: string;

  @Field(() => String, { description: 'TEXT: the text. DATE: YYYY-MM-DD. CHECKBOX: `true` or `false`.' })
  value!: string;

  @Field(() => Boolean, {
    description: 'Whether the answer comes from the legacy system or the sign-in, not from the applicant.',
  })
  certified!: boolean;

  readonly practice!: PracticeEntity;
}

@ObjectType({ simpleResolvers: true, description: 'A milestone of a practice.' })
export class PracticeEvent {
  @Field(() => DateTimeScalar, { description: 'Time of the milestone.' })
  at!: Instant;

  @Field(() => PracticeStatusEnum, { description: "The practice's status from then on." })
  status!: PracticeStatus;

  @Field(() => String, {
    nullable: true,
    description: "The office's note, in Italian. Null if there is none.",
  })
  note!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "The office's request for an integration." })
export class IntegrationRequest {
  @Field(() => DateTimeScalar, { description: 'Time of the request.' })
  requestedAt!: Instant;

  @Field(() => String, { description: "The office's request, in Italian." })
  message!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Last day to answer. Null if there is none.' })
  dueOn!: CalendarDate | null;

  @Field(() => [RequiredAttachment], { description: 'The files that the office asks for.' })
  attachments!: readonly RequiredAttachment[];
}

@ObjectType({ simpleResolvers: true, description: 'A document that the office issued.' })
export class PracticeDocument {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => String, { description: 'In Italian.' })
  title!: string;

  @Field(() => DateTimeScalar, { description: 'When it was issued.' })
  issuedAt!: Instant;

  @Field(() => Document, { nullable: true, description: 'The file. Null if the legacy system has none.' })
  document!: Document | null;
}

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'A *pratica*: an application that a citizen or a business files with the municipality. For its applicant only.',
})
export class Practice {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => String, { description: 'In Italian.' })
  title!: string;

  @Field(() => PracticeChannelEnum, { description: 'Where the practice was filed.' })
  channel!: PracticeChannel;

  @Field(() => PracticeStatusEnum, { description: 'Status of the practice.' })
  status!: PracticeStatus;

  @Field(() => [Answer], { description: 'Empty for practices filed elsewhere.' })
  answers!: readonly Answer[];

  @Field(() => Int, {
    description:
      'Increments with each save; send it back, so that two tabs cannot overwrite each other. 1 for practices filed elsewhere.',
  })
  version!: number;

  @Field(() => DateTimeScalar, { description: 'Time of the start.' })
  createdAt!: Instant;

  @Field(() => DateTimeScalar, { description: 'Time of the last change.' })
  updatedAt!: Instant;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time of the filing. Null for a draft.',
  })
  submittedAt!: Instant | null;

  readonly childKey!: string | null;
  readonly origin!:
    | { readonly kind: 'elsewhere'; readonly record: PracticeRecord }
    /**
     * `record`: the office's own record of the practice, null before the office opened it; undefined if not
     * loaded.
     */
    | {
        readonly kind: 'here';
        readonly entity: PracticeEntity;
        readonly record: PracticeRecord | null | undefined;
      };
  /** The id of the practice's record in the legacy system, if it has one. */
  readonly legacyId!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: "An entry of the municipality's protocol register, for its sender only.",
})
export class Protocollo {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => Int, { description: 'Unique within a year only.' })
  number!: number;

  @Field(() => Int, { description: 'Shape: 2026.' })
  year!: number;

  @Field(() => DateTimeScalar, { description: 'Time of the registration.' })
  registeredAt!: Instant;

  @Field(() => String, { description: 'Oggetto, in Italian.' })
  subject!: string;

  /** `ProtocolloResolver.status` has it for the graph. */
  readonly status!: PracticeStatus;

  @Field(() => String, {
    nullable: true,
    description: "Esito: the office's decision, in Italian. Null if there is none yet.",
  })
  outcome!: string | null;

  readonly key!: EntryKey;
  readonly practiceKey!: PracticeKey | null;
  /** Whether the status is already that of the practice. */
  readonly isOfPractice!: boolean;
}

export function elsewhereId(key: PracticeKey): string {
  return createId('Practice', 'L', key);
}

export function toPracticeElsewhere(record: PracticeRecord): Practice {
  const { key, title, channel, status, createdAt, updatedAt, childKey } = record;
  return {
    ...nothingYet,
    id: elsewhereId(key),
    title,
    channel,
    status,
    answers: [],
    version: 1,
    createdAt,
    updatedAt,
    submittedAt: createdAt,
    childKey,
    origin: { kind: 'elsewhere', record },
    legacyId: null,
  };
}

export function toPracticeHere(entity: PracticeEntity, record?: PracticeRecord | null): Practice {
  const { id, title, status, answers, version, createdAt, updatedAt, submittedAt, childKey } = entity;
  return {
    ...nothingYet,
    id: createId('Practice', 'O', id),
    title,
    channel: 'ONLINE',
    status,
    answers: Object.entries(answers)
      .map(([code, answer]) => ({ code, ...answer, practice: entity }))
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
    version,
    createdAt: toInstant(createdAt),
    updatedAt: toInstant(updatedAt),
    submittedAt: submittedAt === null ? null : toInstant(submittedAt),
    childKey,
    origin: { kind: 'here', entity, record },
    legacyId: record == null ? null : elsewhereId(record.key),
  };
}

export function toProtocollo(record: ProtocolloRecord): Protocollo {
  return { ...record, id: createId('Protocollo', record.key), isOfPractice: false };
}

/** The entry of a practice, with the practice's own status: the legacy system may not have the last change yet. */
export function toProtocolloOf({ status }: Practice, record: ProtocolloRecord): Protocollo {
  return { ...toProtocollo(record), status, isOfPractice: true };
}

const nothingYet = { attachments: [] } as const;

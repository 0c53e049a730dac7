import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import { fieldOf, keepIncomplete } from '../../../core/unreadable.ts';
import { type CalendarDate, type Instant, parseCalendarDate, toInstant } from '../../../core/values/index.ts';
import type { PracticeRecord, ProtocolloRecord } from '../../../legacy/ports/practices.port.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { DateScalar, DateTimeScalar } from '../../shared/scalars.ts';
import { expectedBy } from '../registration/expected-by.rules.ts';
import { registrationByPractice } from '../registration/registration.loader.ts';
import { entryOf } from '../registration/registration.ts';
import { formByKey } from '../template/template.loader.ts';
import { eventsByPractice, ownPractices, protocolloById } from './practice.loader.ts';
import { fileOf } from './practice.resolver.ts';
import {
  IntegrationRequest,
  Practice,
  PracticeDocument,
  Protocollo,
  toProtocolloOf,
} from './practice.type.ts';

/** The fields of a practice that come from its registration. */
@Resolver(() => Practice)
export class RegistrationResolver {
  @FieldResolver(() => Protocollo, {
    nullable: true,
    description: "The practice's entry in the protocol register. Null until it is registered.",
  })
  async protocollo(@Root() practice: Practice, @Ctx() context: RequestContext): Promise<Protocollo | null> {
    const { origin } = practice;
    const record =
      origin.kind === 'here' ? await entryOfOurs(context, practice) : fieldOf(origin.record, 'protocollo');
    return record === null ? null : toProtocolloOf(practice, record);
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description:
      'Time of the next attempt, while the practice is SUBMITTED and the protocol register does not respond.',
  })
  async nextRegistrationAttemptAt(
    @Root() { origin, status }: Practice,
    @Ctx() context: RequestContext,
  ): Promise<Instant | null> {
    if (origin.kind === 'elsewhere' || status !== 'SUBMITTED') return null;
    const { submissions } = await registrationByPractice(context).load(origin.entity.id);
    const next = submissions.find(({ completedAt }) => completedAt === null)?.nextAttemptAt;
    return next == null ? null : toInstant(next);
  }

  @FieldResolver(() => IntegrationRequest, {
    nullable: true,
    description:
      "The office's open request. Null if there is none; practices filed elsewhere show it in `history`.",
  })
  async integrationRequest(
    @Root() { origin, status }: Practice,
    @Ctx() context: RequestContext,
  ): Promise<IntegrationRequest | null> {
    if (origin.kind === 'elsewhere' || status !== 'INTEGRATION_REQUESTED') return null;
    const last = (await registrationByPractice(context).load(origin.entity.id)).requests.at(-1);
    if (last === undefined) return null;
    const { message, attachments, requestedAt, dueOn } = last;
    return {
      message,
      attachments,
      requestedAt: toInstant(requestedAt),
      dueOn: dueOn === null ? null : parseCalendarDate(dueOn),
    } as IntegrationRequest;
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description:
      "The latest day for the outcome: registration plus the procedure's term, extended by the days spent waiting for an integration. Null before registration, after the outcome or a withdrawal, and if the procedure has no term.",
  })
  async expectedBy(
    @Root() { origin, status }: Practice,
    @Ctx() context: RequestContext,
  ): Promise<CalendarDate | null> {
    if (origin.kind === 'elsewhere' || status === 'DRAFT') return null;
    const [{ submissions }, form, milestones] = await Promise.all([
      registrationByPractice(context).load(origin.entity.id),
      formByKey(context).load(origin.entity),
      eventsByPractice(context).load(origin.entity.id),
    ]);
    const filing = submissions.find(({ kind }) => kind === 'FILING');
    return expectedBy(
      {
        status,
        registeredAt: filing?.entryRegisteredAt ?? null,
        decidedWithinDays: form?.decidedWithinDays ?? null,
        milestones,
      },
      context.today,
    );
  }

  @FieldResolver(() => [PracticeDocument], {
    nullable: true,
    description:
      'Documents that the office issued: a certificate, a letter, a decision. Errors: LEGACY_UNAVAILABLE.',
  })
  async outcomeDocuments(
    @Root() practice: Practice,
    @Ctx() context: RequestContext,
  ): Promise<readonly PracticeDocument[]> {
    const record = await recordOf(context, practice);
    if (record === null) return [];
    const issued = record.documents.filter(({ isOutcome }) => isOutcome);
    return keepIncomplete(
      record.documents,
      issued.map((document) => ({
        id: createId('PracticeDocument', record.key, document.sequence),
        title: document.title,
        issuedAt: document.issuedAt,
        document: fileOf(context, record.key, document),
      })),
    );
  }
}

/** The entry as the protocol register shows it; or, if it does not show it yet, as it was returned on creation. */
async function entryOfOurs(
  context: RequestContext,
  { origin, title }: Practice,
): Promise<ProtocolloRecord | null> {
  if (origin.kind === 'elsewhere') return null;
  const { submissions } = await registrationByPractice(context).load(origin.entity.id);
  const filing = submissions.find(({ kind }) => kind === 'FILING');
  const entry = filing === undefined ? null : entryOf({ submission: filing });
  if (entry === null) return null;
  if (origin.record?.protocollo?.key === entry.key) return origin.record.protocollo;
  const shown = await protocolloById(context).load(createId('Protocollo', entry.key));
  return shown ?? { ...entry, subject: title, status: 'REGISTERED', outcome: null, practiceKey: null };
}

/** The office's record of the practice; for a practice that was just written it is read only now. */
async function recordOf(context: RequestContext, { id, origin }: Practice): Promise<PracticeRecord | null> {
  if (origin.record !== undefined) return origin.record;
  const found = (await ownPractices(context)).find((one) => one.id === id);
  return found?.origin.record ?? null;
}

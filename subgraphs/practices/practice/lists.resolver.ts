import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { PageArgs, toConnection, toPageRequest } from '../../shared/connection.ts';
import { hiddenFilings } from '../../shared/entitlement.ts';
import { childKeyOf } from '../../shared/family.ts';
import { practiceOfEntry } from '../../shared/filed-here.ts';
import { recordAccess } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { type PracticeStatus, PracticeStatusEnum } from '../records/practice-status.type.ts';
import { PracticeConnection, ProtocolloConnection, practiceCursor, protocolloCursor } from './connections.ts';
import { applicantOf, findPractice, ownPractices, practicePage, protocolloById } from './practice.loader.ts';
import { elsewhereId, Practice, Protocollo, toProtocollo } from './practice.type.ts';
import { PractisingBusiness, PractisingChild, PractisingCitizen } from './stubs.ts';

@ArgsType()
export class PracticeListArgs extends PageArgs {
  @Field(() => [PracticeStatusEnum], {
    nullable: true,
    description: 'Only practices with one of these statuses; default: all.',
  })
  status?: PracticeStatus[] | null;
}

@ArgsType()
export class ProtocolloListArgs extends PageArgs {
  @Field(() => Int, { nullable: true, description: 'Only entries of this year. Shape: `2026`.' })
  year?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Only the entries with this number, which is unique within a year only.',
  })
  number?: number | null;
}

const practicesOption = {
  nullable: true,
  description:
    "The caller's own practices, drafts included, newest first. Errors: LEGACY_UNAVAILABLE, BAD_USER_INPUT.",
} as const;

/** The lists of a citizen and of a business alike. */
function listsOf(applicant: typeof PractisingCitizen | typeof PractisingBusiness) {
  @Resolver(() => applicant)
  abstract class ListsResolver {
    @FieldResolver(() => PracticeConnection, practicesOption)
    practices(
      @Root() { id }: PractisingCitizen,
      @Args(() => PracticeListArgs) args: PracticeListArgs,
      @Ctx() context: RequestContext,
    ): Promise<PracticeConnection> {
      return listPractices(context, id, args);
    }

    @FieldResolver(() => ProtocolloConnection, {
      nullable: true,
      description:
        "Consultazione protocolli: the protocol register's entries of the caller's applications, newest first. Errors: LEGACY_UNAVAILABLE, BAD_USER_INPUT.",
    })
    protocolli(
      @Root() { id }: PractisingCitizen,
      @Args(() => ProtocolloListArgs) args: ProtocolloListArgs,
      @Ctx() context: RequestContext,
    ): Promise<ProtocolloConnection | null> {
      return listProtocolli(context, id, args);
    }
  }
  return ListsResolver;
}

@Resolver(() => PractisingCitizen)
export class PractisingCitizenResolver extends listsOf(PractisingCitizen) {}

@Resolver(() => PractisingBusiness)
export class PractisingBusinessResolver extends listsOf(PractisingBusiness) {}

@Resolver(() => PractisingChild)
export class PractisingChildResolver {
  @FieldResolver(() => PracticeConnection, practicesOption)
  practices(
    @Root() { id }: PractisingChild,
    @Args(() => PracticeListArgs) args: PracticeListArgs,
    @Ctx() context: RequestContext,
  ): Promise<PracticeConnection> {
    return listPractices(context, id, args, childKeyOf(id));
  }
}

@Resolver(() => Protocollo)
export class ProtocolloResolver {
  @Query(() => Protocollo, {
    nullable: true,
    description:
      'An entry of the protocol register. Null if there is no such entry or its sender is not the caller: the two cases look the same. Errors: LEGACY_UNAVAILABLE.',
  })
  protocollo(
    @Arg('id', () => ID, { description: 'Id of an entry, from a list.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Protocollo | null> {
    return findProtocollo(context, id);
  }

  @FieldResolver(() => PracticeStatusEnum, { description: 'Status of the registered practice.' })
  async status(@Root() entry: Protocollo, @Ctx() context: RequestContext): Promise<PracticeStatus> {
    const here = entry.isOfPractice ? null : await practiceOfEntry(context).load(entry.key);
    const practice = here === null ? undefined : (await ownPractices(context)).find(({ id }) => id === here);
    return practice?.status ?? entry.status;
  }

  @FieldResolver(() => Practice, {
    nullable: true,
    description: 'The practice that the entry registers. Errors: LEGACY_UNAVAILABLE.',
  })
  async practice(
    @Root() { key, practiceKey }: Protocollo,
    @Ctx() context: RequestContext,
  ): Promise<Practice | null> {
    const here = await practiceOfEntry(context).load(key);
    if (here !== null) return findPractice(context, here);
    return practiceKey === null ? null : findPractice(context, elsewhereId(practiceKey));
  }
}

/**
 * A malformed id, an unknown one and another person's are all null after the same statement, and record the same
 * audit event.
 */
export async function findProtocollo(context: RequestContext, id: string): Promise<Protocollo | null> {
  const record = await protocolloById(context).load(id);
  return record === null ? null : toProtocollo(record);
}

async function listPractices(
  context: RequestContext,
  subjectId: string,
  args: PracticeListArgs,
  childKey?: string | null,
): Promise<PracticeConnection> {
  const wanted = { status: args.status ?? null, ...(childKey === undefined ? {} : { childKey }) };
  const page = await practicePage(context, wanted, toPageRequest(args, practiceCursor));
  recordAccess(context, 'Practice.list', 'allowed', [subjectId]);
  return toConnection(
    page,
    practiceCursor,
    (practice) => practice,
    (practice) => practice,
  );
}

async function listProtocolli(
  context: RequestContext,
  subjectId: string,
  args: ProtocolloListArgs,
): Promise<ProtocolloConnection | null> {
  const applicant = applicantOf(context);
  if (applicant === null) return null;
  const hidden = await hiddenFilings(context);
  const filter = { year: args.year ?? null, number: args.number ?? null, hidden };
  const request = toPageRequest(args, protocolloCursor);
  const [page] = await context.legacy.practices.protocolliOf([applicant], filter, request);
  recordAccess(context, 'Protocollo.list', 'allowed', [subjectId]);
  return page === undefined ? null : toConnection(page, protocolloCursor, (entry) => entry, toProtocollo);
}

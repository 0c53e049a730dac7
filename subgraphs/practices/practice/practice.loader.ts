import { In } from 'typeorm';
import { parseId } from '../../../core/ids.ts';
import { findPrepared } from '../../../core/internals/prepared-statements.ts';
import { keepIncomplete, nothingIn } from '../../../core/unreadable.ts';
import type { CodiceFiscale } from '../../../core/values/index.ts';
import type { EntryKey } from '../../../legacy/ports/keys.ts';
import type { Page, PageRequest } from '../../../legacy/ports/page.ts';
import type { PracticeRecord, ProtocolloRecord } from '../../../legacy/ports/practices.port.ts';
import { entitlementOf, hiddenFilings, isHiddenPractice, namedChildren } from '../../shared/entitlement.ts';
import { defineLoader, defineOnce } from '../../shared/loader.ts';
import { recordAccess } from '../../shared/record-access.ts';
import { recordReads } from '../../shared/record-reads.ts';
import { entriesOfPractice } from '../../shared/records/filing.store.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { PracticeEntity, PracticeEventEntity } from '../records/practice.entity.ts';
import type { PracticeStatus } from '../records/practice-status.type.ts';
import { SubmissionEntity } from '../records/submission.entity.ts';
import { registrationByPractice } from '../registration/registration.loader.ts';
import { attachmentsByPractice } from '../uploads/attachment.loader.ts';
import type { PracticeCursor } from './connections.ts';
import { type Practice, toPracticeElsewhere, toPracticeHere } from './practice.type.ts';

/** The tax code under which the caller files; null for callers that cannot file. */
export function applicantOf({ caller }: RequestContext): CodiceFiscale | null {
  return caller.kind === 'citizen' || caller.kind === 'business' ? caller.codiceFiscale : null;
}

/**
 * All practices of the caller, filed here and elsewhere, newest first: one statement each for a request.
 *
 * A family files a few a year: both sources are merged here, and then cut into pages.
 */
export const ownPractices = defineOnce(async (context: RequestContext): Promise<readonly Practice[]> => {
  const applicant = applicantOf(context);
  if (applicant === null) return [];
  const entitlement = await entitlementOf(context);
  const [[elsewhere = []], all] = await Promise.all([
    context.legacy.practices.practicesOf([applicant], await hiddenFilings(context)),
    practicesHere(context, applicant),
  ]);
  const here = all.filter((practice) => !isHiddenPractice(entitlement, practice));
  return keepIncomplete(elsewhere, gather(elsewhere, here).sort(newestFirst));
});

/** A practice filed here is in the protocol register too, and is listed once, as ours. */
function gather(records: readonly PracticeRecord[], here: readonly PracticeHere[]): Practice[] {
  const ours = here.map((practice) => {
    const keys = practice.submissions.map(({ entryKey }) => entryKey);
    const isOf = ({ entryKey }: PracticeRecord) => entryKey !== null && keys.includes(entryKey);
    return toPracticeHere(practice, records.find(isOf) ?? null);
  });
  const known = new Set(ours.map(({ legacyId }) => legacyId));
  return [...ours, ...records.map(toPracticeElsewhere).filter(({ id }) => !known.has(id))];
}

type PracticeHere = PracticeEntity & { readonly submissions: readonly Pick<SubmissionEntity, 'entryKey'>[] };

/** The applicant's practices with the keys of their entries, in one statement. */
function practicesHere({ database }: RequestContext, applicant: string): Promise<readonly PracticeHere[]> {
  return findPrepared<PracticeHere>(database, PracticeEntity, 'applicant', applicant, { submissions });
}

const submissions = entriesOfPractice('practice.id');

/** A page of the caller's practices, of one child or all. */
export async function practicePage(
  context: RequestContext,
  wanted: { readonly status: readonly PracticeStatus[] | null; readonly childKey?: string | null },
  { first, after }: PageRequest<PracticeCursor>,
): Promise<Page<Practice, PracticeCursor>> {
  const own = await ownPractices(context);
  const all = own.filter(
    ({ status, childKey }) =>
      (wanted.status === null || wanted.status.includes(status)) &&
      (wanted.childKey === undefined || wanted.childKey === childKey),
  );
  const following = after === null ? all : all.filter((practice) => newestFirst(after, practice) < 0);
  return keepIncomplete(own, {
    rows: following.slice(0, first),
    totalCount: all.length,
    hasNextPage: following.length > first,
    hasPreviousPage: following.length < all.length,
  });
}

/** One statement for all entries of a request; a malformed id asks for an entry that does not exist. */
export const protocolloById = defineLoader<string, ProtocolloRecord | null>(
  async (context, ids) => {
    const applicant = applicantOf(context);
    const keys = ids.map(entryKeyOf);
    const found =
      applicant === null
        ? ids.map(() => null)
        : await context.legacy.practices.protocolli(applicant, keys, await hiddenFilings(context));
    recordReads(context, 'Protocollo.read', ids, found);
    return found;
  },
  (id) => id,
);

function entryKeyOf(id: string): EntryKey {
  const [key = '', ...more] = parseId('Protocollo', id) ?? [];
  return (more.length === 0 ? key : '') as EntryKey;
}

export const eventsByPractice = defineLoader<string, readonly PracticeEventEntity[]>(
  async ({ database }, ids) => {
    const found = await database
      .getRepository(PracticeEventEntity)
      .find({ where: { practiceId: In(ids) }, order: { sequence: 'ASC' } });
    return ids.map((id) => found.filter(({ practiceId }) => practiceId === id));
  },
  (id) => id,
);

/**
 * A malformed id, an unknown one and another person's are all null after the same statements, and record the same
 * audit event.
 */
export async function findPractice(context: RequestContext, id: string): Promise<Practice | null> {
  const isMeant = (one: Practice) => one.id === id || one.legacyId === id;
  const own = await ownPractices(context);
  const practice = own.find(isMeant) ?? null;
  const children = practice === null ? [] : await namedChildren(context, [practice.childKey], false);
  recordAccess(context, 'Practice.read', practice === null ? 'refused' : 'allowed', [id, ...children]);
  return practice ?? nothingIn(own);
}

/** For a request that wrote: clears the cached reads. */
export function forgetPractices(context: RequestContext): void {
  const loaders = [ownPractices, eventsByPractice, attachmentsByPractice, registrationByPractice];
  for (const loader of loaders) loader.forget(context);
}

function newestFirst(a: PracticeCursor, b: PracticeCursor): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

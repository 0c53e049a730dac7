import { idsOf } from '../../core/identity/person-id.ts';
import { readPrepared } from '../../core/internals/prepared-statements.ts';
import type { CalendarDate } from '../../core/values/index.ts';
import type { Page, PageRequest } from '../../legacy/ports/page.ts';
import { accessOfChild, sizeOfAccess } from '../shared/audit/access-log.store.ts';
import { pseudonymsIn } from '../shared/audit/persons.ts';
import type { RequestContext } from '../shared/request-context.ts';

export type AccessLogRole = 'YOU' | 'SHARED_WITH' | 'OTHER_PARENT' | 'OTHER_PERSON' | 'INTEGRATOR' | 'SYSTEM';

/** One actor's accesses to a child's data on one day. */
export interface LoggedAccess {
  readonly day: CalendarDate;
  readonly role: AccessLogRole;
  readonly program: string | null;
  readonly action: string;
  readonly count: number;
  readonly refused: number;
  /** Tells rows of one day apart, and names nobody. */
  readonly key: string;
}

export interface AccessLogCursor {
  readonly day: CalendarDate;
  readonly key: string;
}

/** One page of a child's log, for the caller who is its applicant: three statements. */
export async function accessLogPage(
  { database, caller }: RequestContext,
  child: string,
  range: { readonly from: CalendarDate | null; readonly to: CalendarDate | null },
  { first, after }: PageRequest<AccessLogCursor>,
): Promise<Page<LoggedAccess, AccessLogCursor>> {
  const self = idsOf(caller);
  const pseudonyms = await pseudonymsIn(database.manager, [child, ...self]);
  const place = [
    // Without a pseudonym nothing is recorded of the child.
    pseudonyms.get(child) ?? '',
    self.flatMap((id) => pseudonyms.get(id) ?? [])[0] ?? '',
    range.from,
    range.to,
    after?.day ?? null,
    after?.key ?? '',
  ];
  const [rows, [size]] = await Promise.all([
    readPrepared<LoggedAccess>(database, accessOfChild, [...place, first + 1]),
    readPrepared<{ readonly total: number; readonly hasBefore: boolean }>(database, sizeOfAccess, place),
  ]);
  return {
    rows: rows.slice(0, first),
    totalCount: size?.total ?? 0,
    hasNextPage: rows.length > first,
    hasPreviousPage: size?.hasBefore ?? false,
  };
}

import type { AuditEvent, ChildRelation } from '../../../core/audit.ts';
import { splitId } from '../../../core/ids.ts';

/** An event as it waits to be kept: nothing in it is a text that a client chose. */
export interface NotedEvent {
  readonly auditId: string;
  /** Null when the client called the request by a name of its own. */
  readonly requestId: string | null;
  readonly at: string;
  /** The last of several that are kept as one. */
  readonly until?: string;
  readonly actor: AuditEvent['actor'];
  readonly level: number | null;
  readonly outcome: AuditEvent['outcome'];
  readonly did: readonly NotedAction[];
}

/** One action, and what it was done to. */
export interface NotedAction {
  readonly action: string;
  /** How often. */
  readonly times: number;
  /** Ids of things. */
  readonly ids: readonly string[];
  /** Ids of children, with what the actor is to them. */
  readonly children: Readonly<Record<string, ChildRelation | null>>;
  /** Whether the actor themselves was among the subjects. */
  readonly isAboutActor: boolean;
  readonly others: Others;
}

/** Malformed or surplus ids: their number, and pseudonyms of the first ones. */
export interface Others {
  readonly count: number;
  readonly marks: readonly string[];
}

/** As many ids as one event holds of what was refused, and of what was done. */
export const mostIds = { refused: 32, allowed: 256 } as const;
export const mostMarks = 8;
/** Of what was refused, as many are looked at; what follows is counted. */
const mostLookedAt = 1_000;

/** Makes the keyed hash that replaces a text in the trail. */
export type Mark = (text: string) => string;

/** An event without what may not be kept. Several where it was done to more than one holds. */
export function noteEvent(event: AuditEvent, at: string, mark: Mark): readonly NotedEvent[] {
  const { auditId, requestId, level, outcome } = event;
  const noted = {
    auditId,
    requestId: isOwnRequestId(requestId) ? requestId : null,
    at,
    actor: noteActor(event.actor, mark),
    level,
    outcome,
  };
  return parts(event).map((part) => ({ ...noted, did: [noteAction(part, mark)] }));
}

/** Allowed events keep all their ids, in several parts if need be; of a refused one the surplus ids are counted. */
function parts(event: AuditEvent): readonly AuditEvent[] {
  const { outcome, subjectIds } = event;
  if (outcome === 'refused' || subjectIds.length <= mostIds.allowed) return [event];
  const first = { ...event, subjectIds: subjectIds.slice(0, mostIds.allowed) };
  return [first, ...parts({ ...event, subjectIds: subjectIds.slice(mostIds.allowed) })];
}

function noteAction(
  { action, outcome, actor, subjectIds, relations = {} }: AuditEvent,
  mark: Mark,
): NotedAction {
  const ids = new Set<string>();
  const children: Record<string, ChildRelation | null> = Object.create(null);
  const others = new OthersList(mark);
  let isAboutActor = false;
  let left: number = mostIds[outcome];
  const isKept = outcome === 'allowed' ? isId : isIdOfOurs;
  for (const [position, id] of subjectIds.entries()) {
    if (outcome === 'refused' && position >= mostLookedAt) {
      others.count(subjectIds.length - position);
      break;
    }
    if (outcome === 'allowed' && id === actor.id) isAboutActor = true;
    else if (ids.has(id) || id in children) continue;
    else if (left > 0 && isChildId(id)) {
      children[id] = Object.hasOwn(relations, id) ? (relations[id] ?? null) : null;
      left--;
    } else if (left > 0 && isKept(id)) {
      ids.add(id);
      left--;
    } else others.add(id);
  }
  return { action, times: 1, ids: [...ids], children, isAboutActor, others: others.list() };
}

/** Counts what is left out, and marks the first of it. */
export class OthersList {
  private counted = 0;
  private readonly marks = new Set<string>();

  constructor(private readonly mark: Mark) {}

  add(text: string): void {
    this.counted++;
    if (this.marks.size < mostMarks) this.marks.add(this.mark(text));
  }

  count(more: number): void {
    this.counted += more;
  }

  addAll({ count, marks }: Others): void {
    this.counted += count;
    for (const mark of marks) if (this.marks.size < mostMarks) this.marks.add(mark);
  }

  list(): Others {
    return { count: this.counted, marks: [...this.marks] };
  }
}

/** A program's name comes from its token: a long or strange one is kept as its mark. */
function noteActor({ kind, id, ...former }: AuditEvent['actor'], mark: Mark): AuditEvent['actor'] {
  return { ...former, kind, id: id === null || /^[\w.:/@ -]{1,128}$/.test(id) ? id : mark(id) };
}

/** Those that we make, and those of usual proxies. A name that a client thinks up may be a person's. */
function isOwnRequestId(requestId: string): boolean {
  return /^[\da-f]{8}-?([\da-f]{4}-?){3}[\da-f]{12}$/i.test(requestId);
}

/** Of what was shown or written, ids come from our own records: they are only looked at for their letters and length. */
function isId(id: string): boolean {
  return id.length <= 128 && /^[\w-]+$/.test(id);
}

const childPrefix = btoa('Child:');

function isChildId(id: string): boolean {
  if (!id.startsWith(childPrefix) || id.length > 64) return false;
  const key = splitId(id)?.parts;
  return key?.length === 1 && /^[\w.-]{1,32}$/.test(key[0] ?? '');
}

/** Types of which ids may be kept that a client sent. */
const types: ReadonlySet<string> = new Set([
  'Debt',
  'Enrolment',
  'Instalment',
  'Invoice',
  'InvoiceAttachment',
  'Practice',
  'PracticeAttachment',
  'PracticeDocument',
  'Protocollo',
  'WebhookEndpoint',
]);

/** Numbers, a letter before a number or alone, and UUIDs: forms that cannot hold what somebody wants to write there. */
const idPart = /^([A-Z]?\d{1,10}|[A-Z]|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/;

/** Whether a text that a client sent has the form of an id that we hand out. */
export function isIdOfOurs(text: string): boolean {
  if (!isId(text)) return false;
  const id = splitId(text);
  return (
    id !== null && types.has(id.type) && id.parts.length <= 3 && id.parts.every((one) => idPart.test(one))
  );
}

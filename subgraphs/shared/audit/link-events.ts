import { romeDateOf } from '../../../core/values/index.ts';
import type { LinkedAction, LinkedEvent } from './chain.ts';
import { type Mark, type NotedAction, type NotedEvent, OthersList } from './noted-event.ts';
import type { Pseudonyms } from './persons.ts';

/** Whom events are about: those that are given a pseudonym, and those that are only named. */
export function personsIn(events: readonly NotedEvent[]) {
  const wanted = new Set<string>();
  const named = new Set<string>();
  const former = new Map<string, readonly string[]>();
  for (const { actor, outcome, did } of events) {
    if (isPerson(actor.kind) && actor.id !== null) {
      wanted.add(actor.id);
      if (actor.formerIds !== undefined) former.set(actor.id, actor.formerIds);
    }
    const children = outcome === 'allowed' ? wanted : named;
    for (const action of did) for (const id of Object.keys(action.children)) children.add(id);
  }
  return { wanted, named, former };
}

function isPerson(kind: string): boolean {
  return kind === 'citizen' || kind === 'business';
}

/** An event with persons under their pseudonyms. */
export function toLinkedEvent(event: NotedEvent, pseudonyms: Pseudonyms, mark: Mark): LinkedEvent {
  const { auditId, requestId, at, until, level, outcome } = event;
  const actor = isPerson(event.actor.kind)
    ? { kind: event.actor.kind, id: pseudonyms.get(event.actor.id ?? '') ?? null }
    : event.actor;
  return {
    v: 2,
    id: auditId,
    requestId,
    at,
    ...(until === undefined ? {} : { until }),
    actor,
    level,
    outcome,
    did: event.did.map((one) => toLinkedAction(one, actor, pseudonyms, mark)),
  };
}

function toLinkedAction(
  { action, times, ids, children, isAboutActor, others }: NotedAction,
  actor: LinkedEvent['actor'],
  pseudonyms: Pseudonyms,
  mark: Mark,
): LinkedAction {
  const unknown = new OthersList(mark);
  const known: Record<string, string> = Object.create(null);
  for (const [id, relation] of Object.entries(children)) {
    const pseudonym = pseudonyms.get(id);
    if (pseudonym === undefined) unknown.add(id);
    else known[pseudonym] = relation ?? 'NONE';
  }
  unknown.addAll(others);
  const left = unknown.list();
  return {
    action,
    ...(times === 1 ? {} : { times }),
    ...(ids.length === 0 ? {} : { ids }),
    ...(Object.keys(known).length === 0 ? {} : { children: known }),
    ...(isAboutActor && actor.id !== null ? { persons: [actor.id] } : {}),
    ...(left.count === 0 ? {} : { others: left }),
  };
}

/** One link's access to one child: a row of `audit_child`, from which a child's log is read. */
export interface ChildRow {
  readonly child: string;
  /** Of Europe/Rome. */
  readonly day: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly relation: string;
  readonly isRefused: boolean;
  readonly actions: readonly string[];
  /** How often each of them. */
  readonly times: readonly number[];
}

/** In the order of the children's pseudonyms. */
export function childRowsOf({ at, actor, outcome, did }: LinkedEvent): readonly ChildRow[] {
  const named = did.flatMap(({ action, times = 1, children = {} }) =>
    Object.entries(children).map(([child, relation]) => ({ child, relation, action, times })),
  );
  const rows = Map.groupBy(named, ({ child }) => child);
  return [...rows.keys()].sort().map((child) => {
    const actions = rows.get(child) ?? [];
    return {
      child,
      day: romeDateOf(new Date(at)),
      actorKind: actor.kind,
      actorId: actor.id,
      relation: actions.find(({ relation }) => relation !== 'NONE')?.relation ?? 'NONE',
      isRefused: outcome === 'refused',
      actions: actions.map(({ action }) => action),
      times: actions.map(({ times }) => times),
    };
  });
}

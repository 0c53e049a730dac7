import type { ChildRelation } from '../../../core/audit.ts';
import { type Mark, mostIds, type NotedAction, type NotedEvent, OthersList } from './noted-event.ts';

/** Several events as one: what they did action by action, and of each how often. Null when that is more than one holds. */
export function mergeEvents(events: readonly NotedEvent[], mark: Mark): NotedEvent | null {
  const [first] = events;
  if (first === undefined) return null;
  const byAction = Map.groupBy(
    events.flatMap(({ did }) => did),
    ({ action }) => action,
  );
  const room = new Room(first.outcome);
  const did = [...byAction.values()].map((actions) => mergeActions(actions, room, mark));
  // Of what was refused the rest is counted; of what was done nothing is left out.
  if (room.isExceeded && first.outcome === 'allowed') return null;
  const until = events
    .flatMap((event) => event.until ?? [])
    .sort()
    .at(-1);
  return { ...first, ...(until === undefined ? {} : { until }), did };
}

/** As many ids as one event may hold, over all its actions. */
class Room {
  private left: number;
  isExceeded = false;

  constructor(outcome: NotedEvent['outcome']) {
    this.left = mostIds[outcome];
  }

  take(): boolean {
    if (this.left === 0) this.isExceeded = true;
    else this.left--;
    return !this.isExceeded;
  }
}

function mergeActions(actions: readonly NotedAction[], room: Room, mark: Mark): NotedAction {
  const others = new OthersList(mark);
  const ids = new Set<string>();
  const children: Record<string, ChildRelation | null> = Object.create(null);
  for (const one of actions) {
    for (const id of one.ids) if (!ids.has(id)) room.take() ? ids.add(id) : others.add(id);
    for (const [id, relation] of Object.entries(one.children)) {
      if (id in children) children[id] ??= relation;
      else if (room.take()) children[id] = relation;
      else others.add(id);
    }
    others.addAll(one.others);
  }
  return {
    action: actions[0]?.action ?? '',
    times: actions.reduce((sum, { times }) => sum + times, 0),
    ids: [...ids],
    children,
    isAboutActor: actions.some(({ isAboutActor }) => isAboutActor),
    others: others.list(),
  };
}

/**
 * The events of each request and outcome together, in the order of their first, as few as hold them all.
 *
 * Requests are told apart by an id that we make: whatever id a client sends, its events are never merged with
 * those of others.
 */
export function gatherRequests(events: readonly NotedEvent[], mark: Mark): readonly NotedEvent[] {
  const groups = Map.groupBy(events, ({ auditId, outcome, actor }) =>
    JSON.stringify([auditId, outcome, actor.kind, actor.id]),
  );
  return [...groups.values()].flatMap((group) => mergeOrKeep(group, mark));
}

function mergeOrKeep(events: readonly NotedEvent[], mark: Mark): readonly NotedEvent[] {
  const merged = mergeEvents(events, mark);
  if (merged !== null || events.length <= 1) return merged === null ? events : [merged];
  const half = Math.ceil(events.length / 2);
  return [...mergeOrKeep(events.slice(0, half), mark), ...mergeOrKeep(events.slice(half), mark)];
}

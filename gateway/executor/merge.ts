import type { Data } from './execution.ts';

/**
 * Merges the result of another fetch into the present data, in place.
 *
 * A value beats null: where two subgraphs answer the same field, one of them may have failed at it. An object's own
 * type beats the name of its interface, which is all that a subgraph with an interface object can say.
 */
export function mergeInto(target: Data, source: Data, interfaceObjects: ReadonlySet<unknown>): void {
  for (const key in source) {
    const incoming = source[key];
    // No result has this key, and assigning it would change the prototype.
    if (key === '__proto__') continue;
    const present = target[key];
    // Functions are not data: a field may be called `constructor`.
    if (present === undefined || present === null || typeof present === 'function') target[key] = incoming;
    else if (typeof present === 'object' && typeof incoming === 'object' && incoming !== null)
      mergeValues(present, incoming, interfaceObjects);
    else if (key === '__typename' && interfaceObjects.has(present)) target[key] = incoming ?? present;
  }
}

function mergeValues(present: object, incoming: object, interfaceObjects: ReadonlySet<unknown>): void {
  if (!Array.isArray(present)) {
    mergeInto(present as Data, incoming as Data, interfaceObjects);
    return;
  }
  if (!Array.isArray(incoming)) return;
  for (let i = 0; i < present.length; i++) {
    if (present[i] === null || present[i] === undefined) present[i] = incoming[i];
    else if (typeof present[i] === 'object' && incoming[i] !== null && incoming[i] !== undefined) {
      mergeValues(present[i], incoming[i], interfaceObjects);
    }
  }
}

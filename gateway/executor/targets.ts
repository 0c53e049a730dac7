import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import type { Data, ResponsePath } from './execution.ts';

/** An object of the answer that a fetch adds to. */
export interface Target {
  readonly object: Data;
  readonly path: ResponsePath;
}

/** The objects at a plan's path, in the order of the answer; nulls on the way are passed over. */
export function targetObjects(root: Data, path: readonly FlattenNodePathSegment[]): Data[] {
  const found: Data[] = [];
  collect(root, path, 0, found);
  return found;
}

/** The same objects in the same order with where they stand: slower, for when an error must be told. */
export function targetsWithPaths(root: Data, path: readonly FlattenNodePathSegment[]): Target[] {
  const found: Target[] = [];
  collectWithPaths(root, path, 0, [], found);
  return found;
}

function collect(value: unknown, path: readonly FlattenNodePathSegment[], at: number, found: Data[]): void {
  if (typeof value !== 'object' || value === null) return;
  const segment = path[at];
  if (Array.isArray(value)) {
    const next = segment === '@' ? at + 1 : at;
    for (const item of value) collect(item, path, next, found);
    return;
  }
  if (segment === undefined) {
    found.push(value as Data);
  } else if (segment === '@') {
    collect(value, path, at + 1, found);
  } else if ('Field' in segment) {
    collect((value as Data)[segment.Field], path, at + 1, found);
  } else if (segment.TypeCondition.includes((value as { __typename: string }).__typename)) {
    collect(value, path, at + 1, found);
  }
}

function collectWithPaths(
  value: unknown,
  path: readonly FlattenNodePathSegment[],
  at: number,
  here: ResponsePath,
  found: Target[],
): void {
  if (typeof value !== 'object' || value === null) return;
  const segment = path[at];
  if (Array.isArray(value)) {
    const next = segment === '@' ? at + 1 : at;
    for (const [index, item] of value.entries()) collectWithPaths(item, path, next, [...here, index], found);
    return;
  }
  if (segment === undefined) {
    found.push({ object: value as Data, path: here });
  } else if (segment === '@') {
    collectWithPaths(value, path, at + 1, here, found);
  } else if ('Field' in segment) {
    collectWithPaths((value as Data)[segment.Field], path, at + 1, [...here, segment.Field], found);
  } else if (segment.TypeCondition.includes((value as { __typename: string }).__typename)) {
    collectWithPaths(value, path, at + 1, here, found);
  }
}

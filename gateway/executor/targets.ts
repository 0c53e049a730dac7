import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import type { Data, ResponsePath } from './execution.ts';
import type { Types } from './types.ts';
import { unsupported } from './unsupported.ts';

/** A plan's path to objects of the response, with the types that each of its conditions allows. */
export type TargetPath = readonly Segment[];

type Segment = { readonly field: string } | { readonly types: ReadonlySet<unknown> } | '@';

export function compileTargetPath(path: readonly FlattenNodePathSegment[], types: Types): TargetPath {
  return path.map((segment) => {
    if (segment === '@') return segment;
    if ('Field' in segment) return { field: segment.Field };
    if (!('TypeCondition' in segment)) throw unsupported('a path', segment);
    return { types: new Set(segment.TypeCondition.flatMap((condition) => [...types.within(condition)])) };
  });
}

/** An object of the response that a fetch adds fields to. */
export interface Target {
  readonly object: Data;
  readonly path: ResponsePath;
}

/** The objects at a plan's path, in the order of the response; nulls on the path are skipped. */
export function targetObjects(root: Data, path: TargetPath): Data[] {
  const found: Data[] = [];
  collect(root, path, 0, found);
  return found;
}

/** The same objects in the same order with their paths: slower, used only to report an error. */
export function targetsWithPaths(root: Data, path: TargetPath): Target[] {
  const found: Target[] = [];
  collectWithPaths(root, path, 0, [], found);
  return found;
}

function collect(value: unknown, path: TargetPath, at: number, found: Data[]): void {
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
  } else if ('field' in segment) {
    collect((value as Data)[segment.field], path, at + 1, found);
  } else if (segment.types.has((value as Data).__typename)) {
    collect(value, path, at + 1, found);
  }
}

function collectWithPaths(
  value: unknown,
  path: TargetPath,
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
  } else if ('field' in segment) {
    collectWithPaths((value as Data)[segment.field], path, at + 1, [...here, segment.field], found);
  } else if (segment.types.has((value as Data).__typename)) {
    collectWithPaths(value, path, at + 1, here, found);
  }
}

import type { FetchNodePathSegment, FetchRewrite } from '@graphql-hive/router-query-planner';
import type { Data } from './execution.ts';
import type { Types } from './types.ts';
import { unsupported } from './unsupported.ts';

/** Changes a representation before it is sent, or a result after it arrives, in place. */
export type Rewrite = (data: Data) => void;

/**
 * Compiles a plan's rewrites; null for none.
 *
 * A representation may have to name the interface as its type, for a subgraph that knows only the interface. The
 * planner aliases fields whose types differ under one name: the answer gets their own names back.
 */
export function compileRewrites(rewrites: readonly FetchRewrite[] | undefined, types: Types): Rewrite | null {
  if (!rewrites?.length) return null;
  const steps = rewrites.map((step) => compileRewrite(step, types));
  return (data) => {
    for (const step of steps) step(data);
  };
}

/** The interface whose name representations carry instead of their objects' types; null for none. */
export function interfaceNamedBy(rewrites: readonly FetchRewrite[] | undefined): string | null {
  for (const step of rewrites ?? []) {
    const setter = 'ValueSetter' in step ? step.ValueSetter : 'setValueTo' in step ? step : null;
    const last = setter?.path.at(-1);
    if (setter && setter.path.length <= 2 && last && 'Key' in last && last.Key === '__typename')
      return setter.setValueTo;
  }
  return null;
}

function compileRewrite(step: FetchRewrite, types: Types): Rewrite {
  if ('KeyRenamer' in step) {
    const { path, renameKeyTo } = step.KeyRenamer;
    return compilePath(path, types, (parent, key) => {
      parent[renameKeyTo] = parent[key];
      delete parent[key];
    });
  }
  const setter = 'ValueSetter' in step ? step.ValueSetter : step.kind === 'ValueSetter' ? step : null;
  if (setter === null) throw unsupported('a rewrite', step);
  return compilePath(setter.path, types, (parent, key) => {
    parent[key] = setter.setValueTo;
  });
}

function compilePath(
  path: readonly FetchNodePathSegment[],
  types: Types,
  change: (parent: Data, key: string) => void,
): Rewrite {
  for (const segment of path)
    if (!('Key' in segment) && !('TypenameEquals' in segment)) throw unsupported('a path', segment);
  return (data) => visit(data, 0);

  function visit(value: unknown, at: number): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, at);
      return;
    }
    const segment = path[at];
    if (typeof value !== 'object' || value === null || segment === undefined) return;
    const object = value as Data;
    if ('TypenameEquals' in segment) {
      const { __typename: typeName } = object;
      // An object whose type was not requested can be of no other type.
      const fits =
        typeof typeName !== 'string' ||
        segment.TypenameEquals.some((condition) => types.within(condition).has(typeName));
      if (fits) visit(object, at + 1);
    } else if (at < path.length - 1) {
      visit(object[segment.Key], at + 1);
    } else if (Object.hasOwn(object, segment.Key)) {
      change(object, segment.Key);
    }
  }
}

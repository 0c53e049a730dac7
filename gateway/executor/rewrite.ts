import type { FetchRewrite } from '@graphql-hive/router-query-planner';
import type { Data } from './execution.ts';

/** Applies a plan's rewrites to a representation on its way out or to an answer on its way in. */
export function rewrite(data: Data, rewrites: readonly FetchRewrite[]): void {
  for (const step of rewrites) {
    if ('KeyRenamer' in step) {
      visit(data, step.KeyRenamer.path, 0, (parent, key) => {
        parent[step.KeyRenamer.renameKeyTo] = parent[key];
        delete parent[key];
      });
    } else {
      const setter = 'ValueSetter' in step ? step.ValueSetter : step;
      visit(data, setter.path, 0, (parent, key) => {
        parent[key] = setter.setValueTo;
      });
    }
  }
}

type RewritePath = Extract<FetchRewrite, { KeyRenamer: unknown }>['KeyRenamer']['path'];

function visit(
  value: unknown,
  path: RewritePath,
  at: number,
  change: (parent: Data, key: string) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, path, at, change);
    return;
  }
  const segment = path[at];
  if (typeof value !== 'object' || value === null || segment === undefined) return;
  const object = value as Data;
  if ('TypenameEquals' in segment) {
    if (typeof object.__typename === 'string' && !segment.TypenameEquals.includes(object.__typename)) return;
    visit(object, path, at + 1, change);
  } else if (at < path.length - 1) {
    visit(object[segment.Key], path, at + 1, change);
  } else if (segment.Key in object) {
    change(object, segment.Key);
  }
}

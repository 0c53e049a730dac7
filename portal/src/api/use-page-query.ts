import type { CombinedError, TypedDocumentNode } from '@urql/core';
import { useQuery } from 'urql';
import { codeOf, problemOf, type RequestProblem, textOf } from './problems.ts';

export interface PageQuery<Data> {
  /** What is known; parts may be missing: ask `missing`. */
  readonly data: Data | undefined;
  readonly isLoading: boolean;
  /** Nothing at all was answered. */
  readonly problem: RequestProblem | null;
  /** Why the field at this place is null, or null where nothing is missing. Shape of the path: `me.children`. */
  missing(path: string): string | null;
  reload(): void;
}

/** The one request of a page. */
export function usePageQuery<Data, Variables extends Record<string, unknown>>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  options: { readonly pause?: boolean } = {},
): PageQuery<Data> {
  const [{ data, error, fetching, stale }, execute] = useQuery({
    query,
    variables,
    pause: options.pause ?? false,
  });
  const isLoading =
    fetching || stale || (data === undefined && error === undefined && options.pause !== true);
  return {
    data: data ?? undefined,
    isLoading,
    problem: error !== undefined && isEmpty(data) ? problemOf(error) : null,
    missing: (path) => missingAt(error, path),
    reload: () => execute({ requestPolicy: 'network-only' }),
  };
}

function isEmpty(data: unknown): boolean {
  if (data === undefined || data === null) return true;
  return Object.values(data).every((value) => value === null);
}

/** Lists are skipped in the path: `me.children.debts` is about the debts of any child. */
export function missingAt(error: CombinedError | undefined, path: string): string | null {
  for (const one of error?.graphQLErrors ?? []) {
    const place = (one.path ?? []).filter((part) => typeof part === 'string').join('.');
    if (place === path || place.startsWith(`${path}.`) || path.startsWith(`${place}.`))
      return textOf(codeOf(one));
  }
  return null;
}

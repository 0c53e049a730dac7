import type { CombinedError, TypedDocumentNode } from '@urql/core';
import { useCallback } from 'react';
import { useQuery } from 'urql';
import { codeOf, problemOf, type RequestProblem, textOf } from './problems.ts';

export interface PageQuery<Data> {
  /** What is known; parts may be missing: ask `missing`. It stays while it is asked for again. */
  readonly data: Data | undefined;
  /** Whether an answer is on its way. */
  readonly isLoading: boolean;
  /** Nothing at all was answered. */
  readonly problem: RequestProblem | null;
  /** Whether something is missing of what was answered. */
  readonly isPartial: boolean;
  /** Why the field at this place is null, or null where nothing is missing. Shape of the path: `me.children`. */
  missing(path: string): string | null;
  /** The same function as long as the page asks the same. */
  reload(): void;
}

/** The one request of a page. Other variables are another page: what was known of the one before is not shown. */
export function usePageQuery<Data, Variables extends Record<string, unknown>>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  options: { readonly pause?: boolean } = {},
): PageQuery<Data> {
  const [{ data, error, fetching, operation }, execute] = useQuery({
    query,
    variables,
    pause: options.pause ?? false,
  });
  const isOfThese = JSON.stringify(operation?.variables) === JSON.stringify(variables);
  const known = isOfThese ? (data ?? undefined) : undefined;
  const reload = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
  return {
    data: known,
    isLoading: options.pause !== true && (fetching || !isOfThese),
    problem: error !== undefined && isOfThese && !fetching && isEmpty(known) ? problemOf(error) : null,
    isPartial: error !== undefined && isOfThese && !isEmpty(known),
    missing: (path) => (isOfThese ? missingAt(error, path) : null),
    reload,
  };
}

function isEmpty(data: unknown): boolean {
  if (data === undefined || data === null) return true;
  return Object.values(data).every((value) => value === null);
}

/**
 * Why a field is null: an error at it, or at something around it. Lists are skipped in the path: `me.children.debts`
 * is about the debts of any child.
 */
export function missingAt(error: CombinedError | undefined, path: string): string | null {
  for (const one of error?.graphQLErrors ?? []) {
    const place = (one.path ?? []).filter((part) => typeof part === 'string').join('.');
    if (place === path || path.startsWith(`${place}.`)) return textOf(codeOf(one));
  }
  return null;
}

import { ApiError, type FieldError, type Operation } from '@school-services/client';
import { useCallback, useEffect, useState } from 'react';
import { client } from './client.ts';
import { problemOf, type RequestProblem, textOf } from './problems.ts';

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

interface Answer<Data> {
  readonly query: unknown;
  /** The variables, as JSON. */
  readonly about: string;
  /** How often the page had asked by then. */
  readonly round: number;
  readonly data: Data | undefined;
  readonly errors: readonly FieldError[];
  readonly failure: unknown;
}

/** The one request of a page. Other variables are another page: what was known of the one before is not shown. */
export function usePageQuery<Data, Variables>(
  query: Operation<Data, Variables>,
  variables: Variables,
  options: { readonly pause?: boolean } = {},
): PageQuery<Data> {
  const { pause = false } = options;
  const about = JSON.stringify(variables);
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<Answer<Data>>();
  const reload = useCallback(() => setRound((before) => before + 1), []);
  useEffect(() => {
    if (pause) return;
    const isSame = (other: Answer<Data> | undefined) => other?.query === query && other.about === about;
    let isOver = false;
    void ask(query, JSON.parse(about) as Variables).then((known) => {
      // An older answer of the same page is of use until the newer one is there.
      setAnswer((before) =>
        isOver && (!isSame(before) || (before?.round ?? 0) > round)
          ? before
          : { query, about, round, ...known },
      );
    });
    return () => {
      isOver = true;
    };
  }, [query, about, round, pause]);
  const known = answer?.query === query && answer.about === about ? answer : undefined;
  const isLoading = !pause && known?.round !== round;
  const { data, errors = [] } = known ?? {};
  return {
    data,
    isLoading,
    problem: known !== undefined && !isLoading && isEmpty(data) ? emptyBecauseOf(known) : null,
    isPartial: errors.length > 0 && !isEmpty(data),
    missing: (path) => missingAt(errors, path),
    reload,
  };
}

async function ask<Data, Variables>(query: Operation<Data, Variables>, variables: Variables) {
  try {
    return { ...(await client.request(query, variables)), failure: null };
  } catch (failure) {
    return { data: undefined, errors: failure instanceof ApiError ? failure.errors : [], failure };
  }
}

/** Null if there is nothing to show, and nothing failed. */
function emptyBecauseOf({ errors, failure }: Answer<unknown>): RequestProblem | null {
  const [first] = errors;
  if (failure !== null) return problemOf(failure);
  return first === undefined
    ? null
    : problemOf(new ApiError(first.message, { code: first.code, status: 200, errors }));
}

function isEmpty(data: unknown): boolean {
  if (data === undefined || data === null) return true;
  return Object.values(data).every((value) => value === null);
}

/**
 * Why a field is null: an error at it, or at something around it. Lists are skipped in the path: `me.children.debts`
 * is about the debts of any child.
 */
function missingAt(errors: readonly FieldError[], path: string): string | null {
  for (const one of errors) {
    const place = one.path.filter((part) => typeof part === 'string').join('.');
    if (place === path || path.startsWith(`${place}.`)) return textOf(one.code);
  }
  return null;
}

import type { TypedDocumentNode } from '@urql/core';
import { useState } from 'react';
import { useClient } from 'urql';
import { problemOf, type RequestProblem } from './problems.ts';

/** A mutation with its one root field: its result, or why there is none. */
export interface Action<Result, Variables> {
  readonly isRunning: boolean;
  readonly problem: RequestProblem | null;
  run(variables: Variables): Promise<Result | null>;
}

/** Null is an answer that did not come, of which `problem` tells; doing it again is safe. */
export function useAction<Data extends object, Variables extends Record<string, unknown>>(
  mutation: TypedDocumentNode<Data, Variables>,
): Action<NonNullable<Data[keyof Data]>, Variables> {
  const client = useClient();
  const [state, setState] = useState<{ isRunning: boolean; problem: RequestProblem | null }>({
    isRunning: false,
    problem: null,
  });
  return {
    ...state,
    async run(variables) {
      setState({ isRunning: true, problem: null });
      const { data, error } = await client.mutation(mutation, variables).toPromise();
      const [result] = Object.values(data ?? {}) as (Data[keyof Data] | null)[];
      const isThere = result !== null && result !== undefined;
      setState({ isRunning: false, problem: !isThere && error !== undefined ? problemOf(error) : null });
      return isThere ? (result as NonNullable<Data[keyof Data]>) : null;
    },
  };
}

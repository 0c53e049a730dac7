import type { Keyless, Operation } from '@school-services/client';
import { useState } from 'react';
import { client } from './client.ts';
import { problemOf, type RequestProblem } from './problems.ts';

/** A mutation with its one root field: its result, or why there is none. */
export interface Action<Result, Variables> {
  readonly isRunning: boolean;
  readonly problem: RequestProblem | null;
  run(variables: Keyless<Variables>): Promise<Result | null>;
}

/** Null is an answer that did not come, of which `problem` tells; doing it again is safe. */
export function useAction<Data extends object, Variables>(
  mutation: Operation<Data, Variables>,
): Action<NonNullable<Data[keyof Data]>, Variables> {
  const [state, setState] = useState<{ isRunning: boolean; problem: RequestProblem | null }>({
    isRunning: false,
    problem: null,
  });
  return {
    ...state,
    async run(variables) {
      setState({ isRunning: true, problem: null });
      try {
        const [result] = Object.values(await client.mutate(mutation, variables)) as Data[keyof Data][];
        setState({ isRunning: false, problem: null });
        return result ?? null;
      } catch (error) {
        setState({ isRunning: false, problem: problemOf(error) });
        return null;
      }
    },
  };
}

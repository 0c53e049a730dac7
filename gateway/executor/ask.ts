import { AppError } from '../../core/errors.ts';
import type { PreparedOperation, SubgraphAnswer, SubgraphError } from '../transport/transport.ts';
import { type Data, type Execution, type Loss, recordLoss } from './execution.ts';

export function loseAll(
  execution: Execution,
  targets: readonly Data[],
  fields: readonly string[],
  loss: Loss,
): void {
  const { code, message } = loss;
  for (const target of targets) recordLoss(execution, target, fields, { code, message });
}

/** The answer, or the error in its place. If a transport throws, the operation continues without these fields. */
export async function ask(
  send: PreparedOperation,
  variables: Data,
  execution: Execution,
): Promise<SubgraphAnswer | AppError> {
  const { signal, log, requestId } = execution.request;
  if (signal.aborted) return outOfTime();
  try {
    const answer = send(variables, execution.request);
    return answer instanceof Promise ? await withinTime(answer, signal) : answer;
  } catch (error) {
    if (error instanceof AppError) return error;
    log.error('subgraph.failed', { requestId, error });
    return new AppError(
      'SUBGRAPH_UNAVAILABLE',
      'A part of the service does not answer at the moment. Try again later.',
    );
  }
}

function withinTime<T>(answer: Promise<T>, signal: AbortSignal): Promise<T | AppError> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(outOfTime());
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function outOfTime(): AppError {
  return new AppError('TIMEOUT', 'A part of the service did not answer in time. Try again later.');
}

export function logMasked({ request }: Execution, error: SubgraphError, loss: Loss, subgraph: string): void {
  if (loss.code === 'INTERNAL_SERVER_ERROR') {
    request.log.error('subgraph.error', {
      requestId: request.requestId,
      subgraph,
      message: error.message,
      code: error.extensions?.code,
    });
  }
}

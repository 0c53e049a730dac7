import { isDeepStrictEqual } from 'node:util';
import { nonce, type Operation, type Request } from '../operations/operations.ts';
import type { Services } from '../town/open-bench-town.ts';
import type { Running } from './processes.ts';

/** How many requests of each operation are compared, spread over all of them. */
const samples = 24;

/** Refuses a run in which two contestants answer the same request differently: nothing is timed before. */
export async function compareAnswers(
  services: Services,
  contestants: readonly Running[],
  operations: readonly { readonly operation: Operation; readonly requests: readonly Request[] }[],
): Promise<void> {
  const [first, ...others] = contestants;
  if (first === undefined) return;
  for (const { operation, requests } of operations) {
    const step = Math.max(1, Math.floor(requests.length / samples));
    for (let index = 0; index < requests.length; index += step) {
      const request = requests[index] as Request;
      await services.undo(operation.undo);
      const expected = await answerOf(first, request);
      for (const other of others) {
        await services.undo(operation.undo);
        const given = await answerOf(other, request);
        if (isDeepStrictEqual(given, expected)) continue;
        const where = firstDifference(expected, given);
        throw new Error(
          `${operation.name}: ${other.contestant.name} answers otherwise than ${first.contestant.name} at ${where}`,
        );
      }
    }
  }
}

async function answerOf({ url, contestant }: Running, { authorization, body }: Request): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) },
    body: body.replaceAll(nonce, `compared`),
  });
  const answer = (await response.json()) as { readonly data?: unknown; readonly errors?: readonly unknown[] };
  if (response.status !== 200 || answer.errors !== undefined || !answer.data)
    throw new Error(`${contestant.name} answers ${response.status} ${JSON.stringify(answer).slice(0, 500)}`);
  return withoutMoments(answer.data);
}

/** Addresses of documents are made anew each time and hold a moment. */
function withoutMoments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMoments);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('id_'))
      .map(([key, inner]) => [
        key,
        key === 'downloadUrl' || key === 'expiresAt' ? typeof inner : withoutMoments(inner),
      ]),
  );
}

function firstDifference(expected: unknown, given: unknown, path = '$'): string {
  if (typeof expected === 'object' && typeof given === 'object' && expected !== null && given !== null) {
    const [a, b] = [expected, given] as Record<string, unknown>[];
    for (const key of new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})]))
      if (!isDeepStrictEqual(a?.[key], b?.[key]))
        return firstDifference(a?.[key], b?.[key], `${path}.${key}`);
  }
  return `${path}: ${JSON.stringify(expected)?.slice(0, 200)} and ${JSON.stringify(given)?.slice(0, 200)}`;
}

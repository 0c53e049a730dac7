import { AppError } from '../../core/errors.ts';
import type { SubgraphAnswer, SubgraphTransport } from './transport.ts';

export interface HttpTransportOptions {
  /** Where each subgraph answers, by its name in the supergraph. */
  readonly urls: Readonly<Record<string, string>>;
  /** The gateway's credential, sent to these addresses and to no other. */
  readonly secret: string | null;
  readonly maxAnswerBytes?: number;
}

/** Carries operations to subgraphs that run elsewhere. Errors: SUBGRAPH_UNAVAILABLE, TIMEOUT. */
export function createHttpTransport(options: HttpTransportOptions): SubgraphTransport {
  const { urls, secret, maxAnswerBytes = 16 * 1024 * 1024 } = options;
  return {
    prepare(subgraph, { text }) {
      const url = urls[subgraph];
      if (url === undefined) throw new Error(`The subgraph ${subgraph} has no address.`);
      const head = `{"query":${JSON.stringify(text)},"variables":`;
      return async (variables, request) => {
        const headers: Record<string, string> = {
          ...request.headers,
          'content-type': 'application/json',
          accept: 'application/json',
        };
        if (secret !== null) headers['x-subgraph-secret'] = secret;
        try {
          const body = `${head}${JSON.stringify(variables)}}`;
          // A redirect would carry token and credential to an address that nobody configured.
          const { signal } = request;
          const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
          return await answerOf(response, maxAnswerBytes);
        } catch (error) {
          throw toTransportError(error, subgraph, request.signal);
        }
      };
    },
  };
}

async function answerOf(response: Response, maxBytes: number): Promise<SubgraphAnswer> {
  if (response.body === null) throw new Error('The answer has no body.');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw new Error('The answer is too large.');
    chunks.push(chunk);
  }
  const answer: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new Error(`Status ${response.status} with no GraphQL answer.`);
  }
  return answer as SubgraphAnswer;
}

function toTransportError(cause: unknown, subgraph: string, signal: AbortSignal): AppError {
  const facts = { subgraph };
  return signal.aborted
    ? new AppError('TIMEOUT', 'A part of the answer took too long. Try again later.', { cause, facts })
    : new AppError(
        'SUBGRAPH_UNAVAILABLE',
        'A part of the service does not answer at the moment. Try again later.',
        { cause, facts },
      );
}

import type { Request, Response } from 'express';
import type { GraphQLFormattedError } from 'graphql';
import { noteFacts } from '../../core/http/request-facts.ts';
import { isOperationFault } from './refusal.ts';

const mediaTypes = [
  'application/json; charset=utf-8',
  'application/graphql-response+json; charset=utf-8',
] as const;

/** The media type of the response, and the statuses that the client expects. */
export interface MediaType {
  readonly text: (typeof mediaTypes)[number];
  /** Whether the client takes any status but 200 for the failure of a server or a proxy. */
  readonly isLegacy: boolean;
}

/**
 * The media type that the header `accept` prefers; null if the client accepts neither.
 *
 * A client that names application/json was written before GraphQL had a media type of its own: it gets 200 for an
 * operation at fault (GraphQL over HTTP §6.4.1). A client that accepts anything gets JSON with the exact status.
 */
export function chooseMediaType(request: Request): MediaType | null {
  const chosen = request.accepts([...mediaTypes]);
  const text = mediaTypes.find((type) => type === chosen);
  if (text === undefined) return null;
  const names = (request.headers.accept ?? '').toLowerCase();
  return { text, isLegacy: text === mediaTypes[0] && names.includes('application/json') };
}

export function sendAnswer(
  response: Response,
  mediaType: MediaType | null,
  status: number,
  answer: { readonly errors?: readonly GraphQLFormattedError[]; readonly data?: unknown },
): void {
  const code = answer.errors?.[0]?.extensions?.code;
  if (typeof code === 'string') noteFacts(response, { code });
  const isSoft = mediaType?.isLegacy === true && status === 400 && isOperationFault(answer.errors ?? []);
  const body = JSON.stringify(answer);
  response.writeHead(isSoft ? 200 : status, {
    'content-type': mediaType?.text ?? mediaTypes[0],
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

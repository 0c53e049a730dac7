import type { Request, Response } from 'express';
import type { GraphQLFormattedError } from 'graphql';
import { isOperationFault } from './refusal.ts';

const mediaTypes = [
  'application/json; charset=utf-8',
  'application/graphql-response+json; charset=utf-8',
] as const;

/** In what an answer is written, and what the client is prepared for. */
export interface MediaType {
  readonly text: (typeof mediaTypes)[number];
  /** Whether it takes any status but 200 for the failure of a server, or of a proxy on the way. */
  readonly isLegacy: boolean;
}

/**
 * What the header `accept` prefers; null when it takes neither.
 *
 * A client that names application/json knows GraphQL from before its own media type: it gets 200 for an operation that
 * is at fault (GraphQL over HTTP §6.4.1). One that takes anything gets JSON with the status that says what happened.
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
  const isSoft = mediaType?.isLegacy === true && status === 400 && isOperationFault(answer.errors ?? []);
  const body = JSON.stringify(answer);
  response.writeHead(isSoft ? 200 : status, {
    'content-type': mediaType?.text ?? mediaTypes[0],
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../core/errors.ts';
import { createId } from '../../../core/ids.ts';
import type { Subgraph } from '../create-subgraph.ts';
import { createScope, type Ground, recordAccess, type Scope } from '../scope.ts';
import type { OpenDocument } from './document-source.ts';
import type { Grant } from './grants.ts';
import { contentDisposition, isUnchanged, rangeOf } from './http-file.ts';

export interface DocumentRequest {
  readonly requestId: string;
  readonly language: 'it' | 'en';
}

/**
 * Answers GET and HEAD of `/documents/<subgraph>/<grant>/<file name>`.
 *
 * The right to the document is asked again in the name of who got the address, and the use audited to them.
 * Who is refused is told no more than that the address does not work.
 */
export async function serveDocument(
  { name, documents }: Subgraph,
  ground: Ground,
  { requestId, language }: DocumentRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (status: number) => sendRefusal(response, status, language, requestId);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  const grant = ground.documents.read(name, sealedPartOf(request.url ?? ''));
  if (grant === null) return refuse(404);
  if (grant === 'expired') return refuse(410);
  const scope = createScope(ground, { caller: grant.caller, requestId, language });
  try {
    const document = (await documents[grant.kind]?.(scope, grant.parts)) ?? null;
    recordUse(scope, grant, document);
    if (document === null) return refuse(404);
    await send(document, request, response);
  } catch (error) {
    if (isNews(error)) scope.log.error('document.failed', { error });
    if (response.headersSent) return void response.destroy();
    refuse(statusOf(error));
  }
}

/** Who leaves in the middle, and a register that is down, are told elsewhere. */
function isNews(error: unknown): boolean {
  const { code } = error as { readonly code?: string };
  return code !== 'ERR_STREAM_PREMATURE_CLOSE' && code !== 'LEGACY_UNAVAILABLE';
}

function statusOf(error: unknown): number {
  const code = error instanceof AppError ? error.code : null;
  if (code === 'LEGACY_UNAVAILABLE') return 503;
  return code === 'LEGACY_CONTRACT_BROKEN' ? 502 : 500;
}

function recordUse(scope: Scope, { kind, parts }: Grant, document: OpenDocument | null): void {
  recordAccess(scope, 'Document.download', document === null ? 'refused' : 'allowed', [
    createId(kind, ...parts),
  ]);
}

async function send(
  document: OpenDocument,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { fileName, mediaType, sizeBytes, sha256 } = document;
  const etag = sha256 === null ? null : `"${sha256}"`;
  response.setHeader('content-type', mediaType);
  response.setHeader('content-disposition', contentDisposition(fileName));
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('cache-control', 'private, no-cache');
  response.setHeader('x-content-type-options', 'nosniff');
  if (etag !== null) response.setHeader('etag', etag);
  if (isUnchanged(request.headers['if-none-match'], etag)) return void response.writeHead(304).end();

  const { 'if-range': ifRange, range: asked } = request.headers;
  const range = rangeOf(ifRange === undefined || ifRange === etag ? asked : undefined, sizeBytes);
  if (range === 'unsatisfiable') {
    response.setHeader('content-range', `bytes */${sizeBytes}`);
    return void response.writeHead(416).end();
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes - 1 };
  if (range !== null) response.setHeader('content-range', `bytes ${start}-${end}/${sizeBytes}`);
  response.setHeader('content-length', end - start + 1);
  response.statusCode = range === null ? 200 : 206;
  if (request.method === 'HEAD' || sizeBytes === 0) return void response.end();
  await pipeline(await document.read({ start, end }), whole(end - start + 1), response);
}

/** A source that ends early breaks the connection: who was promised more would wait for it. */
function whole(promised: number) {
  return async function* (chunks: AsyncIterable<Buffer>) {
    let sent = 0;
    for await (const chunk of chunks) {
      sent += chunk.length;
      yield chunk;
    }
    if (sent !== promised)
      throw new Error(`${promised} bytes of the document were expected and ${sent} came.`);
  };
}

function sealedPartOf(url: string): string {
  return new URL(url, 'http://any').pathname.split('/')[3] ?? '';
}

const sentences: Readonly<
  Record<number, { readonly code: string; readonly it: string; readonly en: string }>
> = {
  404: {
    code: 'NOT_FOUND',
    it: 'Il documento non esiste, o questo indirizzo non è valido.',
    en: 'There is no such document, or this address is not valid.',
  },
  405: {
    code: 'METHOD_NOT_ALLOWED',
    it: 'Un documento si può solo leggere.',
    en: 'A document can only be read.',
  },
  410: {
    code: 'EXPIRED',
    it: 'Questo indirizzo è scaduto: riaprire la pagina per averne uno nuovo.',
    en: 'This address has expired: open the page again for a new one.',
  },
  500: { code: 'INTERNAL_SERVER_ERROR', it: 'Errore interno.', en: 'Internal error.' },
  502: {
    code: 'LEGACY_CONTRACT_BROKEN',
    it: 'L’archivio del Comune elenca questo documento ma non riesce a fornirlo: chiederlo all’ufficio.',
    en: 'The town hall’s archive lists this document and cannot produce it: ask the office for it.',
  },
  503: {
    code: 'LEGACY_UNAVAILABLE',
    it: 'Il sistema del Comune non risponde: riprovare più tardi.',
    en: "The town hall's register does not answer at the moment. Try again later.",
  },
};

function sendRefusal(
  response: ServerResponse,
  status: number,
  language: 'it' | 'en',
  requestId: string,
): void {
  const { code, ...texts } = sentences[status] ?? { code: 'INTERNAL_SERVER_ERROR', it: '', en: '' };
  const error = { message: texts[language], extensions: { code, requestId } };
  for (const name of response.getHeaderNames())
    if (/^(content|etag|accept-ranges)/.test(name)) response.removeHeader(name);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify({ errors: [error] }));
}

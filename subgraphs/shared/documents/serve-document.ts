import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { toPublicError } from '../../../core/errors.ts';
import { parseFileAddress } from '../../../core/http/file-address.ts';
import { passBytes } from '../../../core/http/pass-bytes.ts';
import { createId } from '../../../core/ids.ts';
import { withFindings } from '../../../core/unreadable.ts';
import { namedChildren } from '../entitlement.ts';
import type { Grant } from '../grants.ts';
import { recordAccess } from '../record-access.ts';
import { createRequestContext, type RequestContext, type Services } from '../request-context.ts';
import type { DocumentSource, OpenDocument } from './document-source.ts';
import { contentDisposition, isUnchanged, rangeOf } from './http-file.ts';

export interface DocumentRequest {
  readonly requestId: string;
  readonly language: 'it' | 'en';
}

/**
 * Answers GET and HEAD of `/documents/<subgraph>/<grant>/<file name>`.
 *
 * The access rule is checked again for the caller who got the address, and the download is audited in their name.
 * A refusal only says that the address does not work.
 */
export async function serveDocument(
  {
    name,
    documents,
  }: { readonly name: string; readonly documents: Readonly<Record<string, DocumentSource>> },
  services: Services,
  { requestId, language }: DocumentRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (code: RefusalCode) => sendRefusal(response, code, language, requestId);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse('METHOD_NOT_ALLOWED');
  const grant = services.documents.read(name, parseFileAddress('documents', request.url)?.grant ?? '');
  if (grant === null) return refuse('NOT_FOUND');
  if (grant === 'expired') return refuse('EXPIRED');
  const context = createRequestContext(services, { caller: grant.caller, requestId, language });
  try {
    const source = documents[grant.kind];
    const document =
      (await withFindings(
        () => context.log,
        async () => source?.(context, grant.parts),
      )) ?? null;
    await recordUse(context, grant, document);
    if (document === null) return refuse('NOT_FOUND');
    await send(document, request, response);
  } catch (error) {
    if (isUnexpected(error)) context.log.error('document.failed', { error });
    if (response.headersSent) return void response.destroy();
    refuse(codeOf(error));
  }
}

/**
 * Whether to log an error: a client that disconnects, a legacy system that is down and an overload are recorded
 * elsewhere.
 */
function isUnexpected(error: unknown): boolean {
  const { code } = error as { readonly code?: string };
  return code === undefined || !expected.has(code);
}

const expected: ReadonlySet<string> = new Set([
  'ERR_STREAM_PREMATURE_CLOSE',
  'LEGACY_UNAVAILABLE',
  'OVERLOADED',
]);

function codeOf(error: unknown): RefusalCode {
  const { code } = toPublicError(error).extensions;
  return Object.hasOwn(refusals, String(code)) ? (code as RefusalCode) : 'INTERNAL_SERVER_ERROR';
}

async function recordUse(
  context: RequestContext,
  { kind, parts }: Grant,
  document: OpenDocument | null,
): Promise<void> {
  const children = document?.childKey == null ? [] : await namedChildren(context, [document.childKey], false);
  recordAccess(context, 'Document.download', document === null ? 'refused' : 'allowed', [
    createId(kind, ...parts),
    ...children,
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
  await pipeline(await document.read({ start, end }), whole(end - start + 1), passBytes, response);
}

/**
 * A source that ends early breaks the connection: otherwise the client would wait for the bytes that its header
 * announced.
 */
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

interface Refusal {
  readonly status: number;
  readonly it: string;
  readonly en: string;
}

const refusals = {
  NOT_FOUND: {
    status: 404,
    it: 'Il documento non esiste, o questo indirizzo non è valido.',
    en: 'There is no such document, or this address is not valid.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    it: 'Un documento si può solo leggere.',
    en: 'A document can only be read.',
  },
  EXPIRED: {
    status: 410,
    it: 'Questo indirizzo è scaduto: riaprire la pagina per averne uno nuovo.',
    en: 'This address has expired: open the page again for a new one.',
  },
  INTERNAL_SERVER_ERROR: { status: 500, it: 'Errore interno.', en: 'Internal error.' },
  LEGACY_CONTRACT_BROKEN: {
    status: 502,
    it: 'L’archivio del Comune elenca questo documento ma non riesce a fornirlo: chiederlo all’ufficio.',
    en: 'The town hall’s archive lists this document and cannot produce it: ask the office for it.',
  },
  SUBGRAPH_UNAVAILABLE: {
    status: 503,
    it: 'Una parte del servizio non risponde al momento: riprovare più tardi.',
    en: 'A part of the service does not answer at the moment. Try again later.',
  },
  LEGACY_UNAVAILABLE: {
    status: 503,
    it: 'Il sistema del Comune non risponde: riprovare più tardi.',
    en: "The town hall's system does not answer at the moment. Try again later.",
  },
  OVERLOADED: {
    status: 503,
    it: 'Si stanno preparando molti documenti: riprovare tra poco.',
    en: 'Many documents are being made at the moment. Try again shortly.',
  },
  TIMEOUT: {
    status: 504,
    it: 'Il documento non è stato preparato in tempo: riprovare tra poco.',
    en: 'The document was not made in time. Try again shortly.',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
type RefusalCode = keyof typeof refusals;

function sendRefusal(
  response: ServerResponse,
  code: RefusalCode,
  language: 'it' | 'en',
  requestId: string,
): void {
  const { status, ...texts }: Refusal = refusals[code];
  const error = { message: texts[language], extensions: { code, requestId } };
  for (const name of response.getHeaderNames())
    if (/^(content|etag|accept-ranges)/.test(name)) response.removeHeader(name);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...(code === 'METHOD_NOT_ALLOWED' ? { allow: 'GET, HEAD' } : {}),
    ...(status === 503 ? { 'retry-after': '5' } : {}),
  });
  response.end(JSON.stringify({ errors: [error] }));
}

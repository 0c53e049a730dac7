import type { Request, RequestHandler, Response } from 'express';
import { GraphQLError, print } from 'graphql';
import { AppError } from '../../core/errors.ts';
import { sendError } from '../../core/http/send-error.ts';
import { identityOf } from '../http/identity-of.ts';
import { checkOperation } from '../limits/check-operation.ts';
import { publicSentence } from '../limits/public-sentence.ts';
import { knownOrQueued, type ValidationQueue } from '../limits/validation-queue.ts';
import { hashOf } from './check-trusted.ts';
import type { TrustedOperations } from './operation-store.ts';
import { createRecent } from './recent-operations.ts';

export interface AdmitOptions {
  readonly mode: 'only' | 'allow';
  readonly trusted: TrustedOperations;
  /** Where documents wait that must be measured. */
  readonly queue: ValidationQueue;
}

interface Asked {
  query?: unknown;
  documentId?: unknown;
  extensions?: { persistedQuery?: { sha256Hash?: unknown; version?: unknown } } & Record<string, unknown>;
}

/**
 * Finds the document that a request means and refuses what may not be asked, before Apollo Server sees it.
 *
 * A registered document is meant by `documentId` (`sha256:<hash>`, or the hash alone) or by
 * `extensions.persistedQuery.sha256Hash`, or is sent as a text. Any other text is measured, for what bounds
 * validation and planning, and with `only` it is answered to registered integrators and to nobody else.
 */
export function admitOperations({ mode, trusted, queue }: AdmitOptions): RequestHandler {
  // By the hash of a text that passed: that of the same document as our tools print it.
  const passed = createRecent<string>(2_000, 16 * 1024 * 1024);

  /** Errors: GraphQLError, and OVERLOADED when too many others wait. */
  const measured = async (hash: string, source: string): Promise<string> => {
    const known = await knownOrQueued(
      queue,
      hash,
      () => passed.get(hash),
      () => {
        if (queue.isFull())
          throw new AppError('OVERLOADED', 'Too many new operations at once. Try again in a moment.');
      },
    );
    if (known !== undefined) return known;
    const normal = hashOf(print(checkOperation(source)));
    passed.set(hash, normal, source.length);
    return normal;
  };

  const isAccepted = async (source: string, response: Response): Promise<boolean> => {
    const hash = hashOf(source);
    if (trusted.documentOf(hash) !== undefined) return true;
    const normal = await measured(hash, source);
    if (mode === 'allow' || mayAskAnything(response)) return true;
    return (await trusted.find(hash)) !== null || (await trusted.find(normal)) !== null;
  };

  return async (request, response, next) => {
    const asked = askedOf(request);
    const refuse = (status: number, code: string, message: string, headers = {}) =>
      sendError(response, status, { code, message, requestId: identityOf(response).requestId }, headers);
    const wanted = hashIn(asked);
    if (wanted === 'malformed')
      return refuse(
        400,
        'BAD_REQUEST',
        'A document is named by the SHA-256 of its text, 64 hexadecimal digits.',
      );
    if (typeof asked.query === 'string' && asked.query !== '') {
      if (wanted !== null && wanted !== hashOf(asked.query))
        return refuse(400, 'BAD_REQUEST', 'The hash is not that of the document that was sent with it.');
      try {
        if (!(await isAccepted(asked.query, response))) return refuse(403, 'UNKNOWN_DOCUMENT', unknown);
      } catch (error) {
        if (error instanceof AppError && error.code === 'OVERLOADED')
          return refuse(503, error.code, error.message, { 'retry-after': '1' });
        if (!(error instanceof GraphQLError)) throw error;
        return refuse(
          400,
          String(error.extensions.code ?? 'GRAPHQL_PARSE_FAILED'),
          publicSentence(error.message),
        );
      }
      if (wanted !== null) replaceDocument(request, asked.query);
    } else if (wanted !== null) {
      const source = await trusted.find(wanted);
      if (source === null) return refuse(400, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
      replaceDocument(request, source);
    }
    next();
  };
}

const unknown =
  'This server answers registered documents only. Register yours with its operator, or send one of those registered.';

/** A registered integrator: a machine, with a token of its own. */
function mayAskAnything(response: Response): boolean {
  return identityOf(response).caller.kind === 'machine';
}

function askedOf(request: Request): Asked {
  if (request.method !== 'GET') return isRecord(request.body) ? request.body : {};
  const { query, documentId, extensions } = request.query;
  return {
    query,
    documentId,
    ...(typeof extensions === 'string' ? { extensions: fromJson(extensions) } : {}),
  };
}

function fromJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function hashIn({ documentId, extensions }: Asked): string | null | 'malformed' {
  const persisted =
    isRecord(extensions) && isRecord(extensions.persistedQuery) ? extensions.persistedQuery : {};
  const given = documentId ?? persisted.sha256Hash;
  if (given === undefined || given === null) return null;
  const [, hash] = typeof given === 'string' ? (/^(?:sha256:)?([0-9a-f]{64})$/i.exec(given) ?? []) : [];
  return hash === undefined ? 'malformed' : hash.toLowerCase();
}

/** From here on the request is one that sent the document itself. */
function replaceDocument(request: Request, source: string): void {
  if (request.method !== 'GET') {
    const { documentId: _id, extensions: _extensions, ...rest } = request.body;
    request.body = { ...rest, query: source };
    return;
  }
  const url = new URL(request.url, 'http://gateway');
  url.searchParams.set('query', source);
  url.searchParams.delete('documentId');
  url.searchParams.delete('extensions');
  request.url = `${url.pathname}${url.search}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

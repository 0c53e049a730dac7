import { type DocumentNode, GraphQLError, type GraphQLSchema, print } from 'graphql';
import { type AskedOperation } from '../http/read-request.ts';
import { documentRefusal, refusal } from '../http/refusal.ts';
import { validateDocument } from '../input/validate-document.ts';
import { checkOperation } from '../limits/check-operation.ts';
import { knownOrQueued, type ValidationQueue } from '../limits/validation-queue.ts';
import { hashOf, isHashOf } from './hash-of.ts';
import { canonicalHash, type TrustedOperations } from './operation-store.ts';
import { createRecent } from './recent-operations.ts';

export interface AdmitOptions {
  readonly schema: GraphQLSchema;
  readonly mode: 'only' | 'allow';
  /** Whether errors name no part of the schema that the client did not name. */
  readonly hidesSchema: boolean;
  readonly trusted: TrustedOperations;
  /** The queue for documents that must be measured and validated. */
  readonly queue: ValidationQueue;
}

export interface AdmittedDocument {
  readonly source: string;
  /** Measured and valid. The same object for the same text, while it is kept. */
  readonly document: DocumentNode;
  /** SHA-256 of the text. */
  readonly hash: string;
  /** Whether it was registered: then its operations' names are the operator's, and not a client's. */
  readonly isRegistered: boolean;
}

/** Errors: Refusal. */
export type AdmitDocument = (
  asked: Pick<AskedOperation, 'query' | 'hash'>,
  mayAskAnything: boolean,
) => Promise<AdmittedDocument>;

interface Measured {
  readonly document: DocumentNode;
  readonly printed: string;
  readonly canonicalHash: string;
  /** Created when the first caller asks who may send any document. */
  isValid: boolean;
}

/**
 * A document of 60 selections takes a quarter of a megabyte with its plan, one of 1,000 some megabytes: few are kept. The
 * most of each of two generations.
 */
const maxRecent = 250;
const maxRecentBytes = 1024 * 1024;

/**
 * Finds the document that a request means and refuses those that are not allowed. The result is the document that
 * runs.
 *
 * A registered operation is sent as its hash or its text, and the text may have another order, whitespace and
 * `__typename`. Any other text is first measured by the limits on validation and planning; with `only`, registered
 * integrators alone may send one.
 */
export function admitOperations(options: AdmitOptions): AdmitDocument {
  const { schema, mode, hidesSchema, trusted, queue } = options;
  const recent = createRecent<Measured>(maxRecent, maxRecentBytes);

  const byHash = async (hash: string): Promise<AdmittedDocument> => {
    const found = await trusted.find(hash);
    if (found === null) throw refusal(400, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    return { ...found, hash, isRegistered: true };
  };

  /** The document, and whether it stays in memory; waits for a turn if it is new. */
  const measured = async (hash: string, source: string, isToBeValid: boolean): Promise<Measured> => {
    const isEnough = (known: Measured | undefined) =>
      known !== undefined && (known.isValid || !isToBeValid) ? known : undefined;
    const enough = await knownOrQueued(
      queue,
      hash,
      () => isEnough(recent.get(hash)),
      () => {
        if (queue.isFull()) throw tooManyAtOnce();
      },
    );
    if (enough !== undefined) return enough;
    const known = recent.get(hash) ?? measure(source);
    if (isToBeValid) {
      const errors = validateDocument(schema, known.document, { hidesSchema });
      if (errors.length > 0) throw documentRefusal(errors);
      known.isValid = true;
    }
    recent.set(hash, known, source.length);
    return known;
  };

  const byText = async (source: string, hash: string, mayAskAnything: boolean): Promise<AdmittedDocument> => {
    const registered = trusted.known(hash);
    if (registered !== undefined) return { ...registered, hash, isRegistered: true };
    const isOpen = mode === 'allow' || mayAskAnything;
    const { document, printed, canonicalHash } = await measured(hash, source, isOpen);
    if (isOpen) {
      // Notes the use of a registered operation, whichever form of it was sent.
      trusted.known(canonicalHash);
      return { source, document, hash, isRegistered: false };
    }
    const found = await trusted.find(canonicalHash);
    if (found === null) throw refusal(403, 'UNKNOWN_DOCUMENT', unknown);
    if (found.printed === printed) return { ...found, hash, isRegistered: true };
    // The answer must have the order and the `__typename` of the text that the client sent.
    const { document: own } = await measured(hash, source, true);
    return { source, document: own, hash, isRegistered: true };
  };

  /** A program may send the hash of its manifest with its own text, which differs in order. */
  const requireSame = async (hash: string, own: string, source: string): Promise<void> => {
    const registered = await trusted.find(hash);
    if (registered?.canonicalHash !== (await measured(own, source, false)).canonicalHash)
      throw refusal(400, 'BAD_REQUEST', 'The hash is not that of the document that was sent with it.');
  };

  return async ({ query, hash }, mayAskAnything) => {
    if (query === null) {
      if (hash === null)
        throw refusal(400, 'BAD_REQUEST', 'The request has no operation: send it as "query".');
      return byHash(hash);
    }
    const own = hashOf(query);
    if (hash !== null && !isHashOf(hash, query)) await requireSame(hash, own, query);
    return byText(query, own, mayAskAnything);
  };
}

function measure(source: string): Measured {
  try {
    const document = checkOperation(source);
    return { document, printed: print(document), canonicalHash: canonicalHash(document), isValid: false };
  } catch (error) {
    throw error instanceof GraphQLError ? documentRefusal([error]) : error;
  }
}

function tooManyAtOnce() {
  const message = 'Too many new operations at once. Try again in a moment.';
  return refusal(503, 'OVERLOADED', message, { 'retry-after': '1' });
}

const unknown =
  'This server answers registered operations only. Register yours with its operator, or send one of those registered.';

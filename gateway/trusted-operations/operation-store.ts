import { type DocumentNode, type GraphQLSchema, print } from 'graphql';
import type { Log } from '../../core/log.ts';
import { canonicalText } from './canonical-document.ts';
import { checkTrusted } from './check-trusted.ts';
import { hashAlgorithms, hashOf } from './hash-of.ts';

/** The registered operations: those that came with the server, and those added since. */
export interface TrustedOperations {
  /**
   * The document with this name: the hash of its text, or `canonicalHash`. Reads added ones from the database, every
   * two seconds at most.
   */
  find(name: string): Promise<TrustedDocument | null>;
  /** The document with this name if it is already in memory. */
  known(name: string): TrustedDocument | undefined;
  /** Writes the last uses that are not yet written. */
  close(): Promise<void>;
}

export interface TrustedDocument {
  readonly source: string;
  /** Measured and valid. */
  readonly document: DocumentNode;
  /** The text as graphql prints it, the same for documents that differ in whitespace. */
  readonly printed: string;
  /** Equal for all documents that ask for the same; never equal to the hash of a text. */
  readonly canonicalHash: string;
}

/** Documents of our database. */
export interface RegisteredOperations {
  /** The documents added and removed since a process read those with these hashes. */
  operationsSince(held: readonly string[]): Promise<DocumentChanges>;
  /** Writes that these documents were used now. */
  operationsUsed(hashes: readonly string[]): Promise<void>;
}

export interface DocumentChanges {
  readonly added: readonly string[];
  /** Those of the given hashes that are no longer registered. */
  readonly missing: readonly string[];
}

export interface TrustedOperationsOptions {
  readonly schema: GraphQLSchema;
  /** Documents of the server's own manifest. */
  readonly own: readonly string[];
  /** Null without a database. */
  readonly registered: RegisteredOperations | null;
  readonly log: Log;
  readonly refreshMs?: number;
  /** How often last uses are written and removed documents are forgotten. */
  readonly syncMs?: number;
}

/** See `TrustedDocument`. */
export function canonicalHash(document: DocumentNode): string {
  return `canonical ${hashOf(canonicalText(document))}`;
}

interface Entry extends TrustedDocument {
  readonly hash: string;
  readonly isOwn: boolean;
  readonly names: readonly string[];
}

export function createTrustedOperations(options: TrustedOperationsOptions): TrustedOperations {
  const { schema, log, registered, refreshMs = 2_000, syncMs = 10_000 } = options;
  const table = createTable(schema, log);
  const used = new Set<string>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  const look = async (documents: RegisteredOperations) => {
    lookedAt = performance.now();
    try {
      const { added, missing } = await documents.operationsSince(table.hashes());
      table.forget(missing);
      if (added.length > 0) table.take(added, false);
    } catch (error) {
      log.warn('documents.unavailable', { error });
    }
  };

  const lookOnce = (documents: RegisteredOperations) => {
    looking ??= look(documents).finally(() => {
      looking = undefined;
    });
    return looking;
  };

  const noteUses = async (documents: RegisteredOperations) => {
    const hashes = [...used];
    used.clear();
    if (hashes.length === 0) return;
    await documents.operationsUsed(hashes).catch((error: unknown) => {
      for (const hash of hashes) used.add(hash);
      log.warn('documents.unavailable', { error });
    });
  };

  const known = (text: string) => {
    const entry = table.named(text);
    if (entry !== undefined) used.add(entry.hash);
    return entry;
  };

  table.take(options.own, true);
  const timer =
    registered === null
      ? undefined
      : setInterval(() => void Promise.all([noteUses(registered), lookOnce(registered)]), syncMs).unref();
  return {
    async find(text) {
      if (table.named(text) === undefined && registered !== null && performance.now() - lookedAt >= refreshMs)
        await lookOnce(registered);
      else await looking;
      return known(text) ?? null;
    },
    known,
    async close() {
      clearInterval(timer);
      if (registered !== null) await noteUses(registered);
    },
  };
}

/** The documents in memory, by hash and by each of their names. */
function createTable(schema: GraphQLSchema, log: Log) {
  const entries = new Map<string, Entry>();
  let byName = new Map<string, Entry>();
  /** Documents that were registered and are no longer valid: the schema has changed since, or is another one. */
  const unfit = new Set<string>();

  const name = (entry: Entry) => {
    for (const text of entry.names) if (!byName.has(text)) byName.set(text, entry);
  };

  const take = (sources: readonly string[], isOwn: boolean) => {
    for (const source of sources) {
      const hash = hashOf(source);
      if (entries.has(hash) || unfit.has(hash)) continue;
      try {
        const document = checkTrusted(source, schema);
        const meaning = canonicalHash(document);
        const names = [...hashAlgorithms.map((algorithm) => hashOf(source, algorithm)), meaning];
        const printed = print(document);
        const entry = { source, document, printed, canonicalHash: meaning, hash, isOwn, names };
        entries.set(hash, entry);
        name(entry);
      } catch {
        unfit.add(hash);
      }
    }
    if (unfit.size > 0) log.warn('documents.unfit', { hashes: [...unfit].slice(0, 20), count: unfit.size });
  };

  const forget = (hashes: readonly string[]) => {
    const gone = hashes.filter((hash) => entries.get(hash)?.isOwn === false);
    for (const hash of hashes) unfit.delete(hash);
    if (gone.length === 0) return;
    for (const hash of gone) entries.delete(hash);
    // A removed document and another one may share a name.
    byName = new Map();
    for (const entry of entries.values()) name(entry);
  };

  return {
    take,
    forget,
    named: (text: string) => byName.get(text),
    /** The hashes of all documents that were read, valid or not. */
    hashes: () => [...entries.keys(), ...unfit],
  };
}

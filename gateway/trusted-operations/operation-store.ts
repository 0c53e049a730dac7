import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Log } from '../../core/log.ts';
import { checkTrusted, hashOf } from './check-trusted.ts';

/** The registered documents: those that came with the server, and those added since. */
export interface TrustedOperations {
  /** The document with this hash. Reads added ones from the database, every two seconds at most. */
  find(hash: string): Promise<TrustedDocument | null>;
  /** The document with this hash if it is already in memory. */
  known(hash: string): TrustedDocument | undefined;
}

export interface TrustedDocument {
  readonly source: string;
  /** Measured and valid. */
  readonly document: DocumentNode;
}

export interface TrustedOperationsOptions {
  readonly schema: GraphQLSchema;
  /** Documents of the server's own manifest. */
  readonly own: readonly string[];
  /** Reads the documents added to our database and not yet in memory; null without a database. */
  readonly added: ((knownHashes: readonly string[]) => Promise<readonly string[]>) | null;
  readonly log: Log;
  readonly refreshMs?: number;
}

export function createTrustedOperations(options: TrustedOperationsOptions): TrustedOperations {
  const { schema, log, added, refreshMs = 2_000 } = options;
  const known = new Map<string, TrustedDocument>();
  /** A document that was registered and is no longer valid: the schema has changed since, or is another one. */
  const unfit = new Set<string>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  const take = (sources: readonly string[]) => {
    for (const source of sources) {
      const hash = hashOf(source);
      if (known.has(hash) || unfit.has(hash)) continue;
      try {
        known.set(hash, { source, document: checkTrusted(source, schema) });
      } catch {
        unfit.add(hash);
      }
    }
    if (unfit.size > 0) log.warn('documents.unfit', { hashes: [...unfit].slice(0, 20), count: unfit.size });
  };

  const look = async () => {
    if (added === null || performance.now() - lookedAt < refreshMs) return;
    lookedAt = performance.now();
    try {
      const fresh = await added([...known.keys(), ...unfit]);
      if (fresh.length > 0) take(fresh);
    } catch (error) {
      log.warn('documents.unavailable', { error });
    }
  };

  take(options.own);
  return {
    async find(hash) {
      if (!known.has(hash)) {
        looking ??= look().finally(() => {
          looking = undefined;
        });
        await looking;
      }
      return known.get(hash) ?? null;
    },
    known: (hash) => known.get(hash),
  };
}

import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Log } from '../../core/log.ts';
import { checkTrusted, hashOf } from './check-trusted.ts';

/** The documents that were registered: those that came with the server, and those that were added since. */
export interface TrustedOperations {
  /** The one with this hash. Looks for what was added meanwhile, every two seconds at most. */
  find(hash: string): Promise<TrustedDocument | null>;
  /** The same of those that are known already. */
  known(hash: string): TrustedDocument | undefined;
}

export interface TrustedDocument {
  readonly source: string;
  /** Measured and valid. */
  readonly document: DocumentNode;
}

export interface TrustedOperationsOptions {
  readonly schema: GraphQLSchema;
  /** Of the server's own manifest. */
  readonly own: readonly string[];
  /** Those added to our database and not known yet; null without one. */
  readonly added: ((knownHashes: readonly string[]) => Promise<readonly string[]>) | null;
  readonly log: Log;
  readonly refreshMs?: number;
}

export function createTrustedOperations(options: TrustedOperationsOptions): TrustedOperations {
  const { schema, log, added, refreshMs = 2_000 } = options;
  const known = new Map<string, TrustedDocument>();
  /** Registered once and no longer valid: the schema has changed since, or is another one. */
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

import type { DataSource, EntityManager } from 'typeorm';
import type { AuditKeys } from './audit-keys.ts';
import type { Anchor } from './chain.ts';

/** The end of a chain's removed part: the chain goes on behind it. */
export interface Closing extends Anchor {
  /** The key that the chain is hashed with; null for chains of before there were keys. */
  readonly chainKey: string | null;
}

interface ClosingRow extends Closing {
  readonly closedAt: Date;
  readonly signingKey: string;
  readonly signature: string;
}

/** The text that a signature is of. */
const textOf = ({ chain, sequence, hash, chainKey }: Closing) =>
  `closing ${chain} ${sequence} ${hash} ${chainKey ?? '-'}`;

/** Ends that were signed with one of `keys`; the others are `forged`. */
export async function readClosings(
  database: DataSource | EntityManager,
  keys: AuditKeys | null,
): Promise<{ readonly closings: ReadonlyMap<string, Closing>; readonly forged: readonly Closing[] }> {
  const rows = await database.query<ClosingRow[]>(
    `SELECT chain, sequence::float8 AS sequence, hash, chain_key AS "chainKey", closed_at AS "closedAt",
       signing_key AS "signingKey", signature FROM audit_closing ORDER BY chain`,
  );
  const isSigned = (row: ClosingRow) => keys?.byId(row.signingKey)?.hash('', textOf(row)) === row.signature;
  return {
    closings: new Map(rows.filter(isSigned).map((row) => [row.chain, row])),
    forged: rows.filter((row) => !isSigned(row)),
  };
}

/** Writes down the end of the part that is about to be removed, in the transaction that removes it. */
export async function writeClosing(
  manager: EntityManager,
  keys: AuditKeys,
  closing: Closing,
  at: Date,
): Promise<void> {
  const { chain, sequence, hash, chainKey } = closing;
  await manager.query(
    `INSERT INTO audit_closing (chain, sequence, hash, chain_key, signing_key, signature, closed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (chain) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash,
       signing_key = excluded.signing_key, signature = excluded.signature, closed_at = excluded.closed_at
     WHERE excluded.sequence > audit_closing.sequence`,
    [chain, sequence, hash, chainKey, keys.current.id, keys.current.hash('', textOf(closing)), at],
  );
}

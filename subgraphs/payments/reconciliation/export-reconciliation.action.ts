import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../core/errors.ts';
import type { CalendarDate } from '../../../core/values/index.ts';
import type { ReconciliationRow } from '../../../legacy/ports/reconciliation.port.ts';
import type { ReconciliationServices } from './import-reconciliation.action.ts';

export interface ExportRequest {
  readonly folder: string;
  /** Days of payment, both included; null for no limit. */
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
}

/** The progressive 999 has a meaning of its own. */
const lastSequence = 998;

/**
 * Writes settlements to a file that the legacy system imports, with the day's next progressive number.
 *
 * The file gets its name when it is complete, and never replaces another.
 *
 * Errors: BAD_USER_INPUT if the folder cannot be read or holds the day's last number; LEGACY_UNAVAILABLE.
 */
export async function exportReconciliation(
  { legacy, settlements, clock }: ReconciliationServices,
  { folder, from, to }: ExportRequest,
): Promise<{ readonly path: string; readonly rows: number }> {
  const creditor = (await legacy.anagrafe.municipality())?.codiceFiscale;
  if (creditor === undefined)
    throw new AppError('LEGACY_CONTRACT_BROKEN', 'The legacy system names no municipality.');
  const taken = new Set(await readdir(folder).catch(refuseFolder));
  const head = { creditor, date: clock.today() };
  let rows = 0;
  const counted = async function* (): AsyncGenerator<ReconciliationRow> {
    for await (const row of settlements.paidBetween(creditor, from, to)) {
      rows++;
      yield row;
    }
  };
  const partial = join(folder, `.${randomUUID()}.part`);
  try {
    await pipeline(
      legacy.reconciliation.write({ ...head, sequence: 1 }, counted()).text,
      createWriteStream(partial),
    );
    for (let sequence = 1; sequence <= lastSequence; sequence++) {
      const { name } = legacy.reconciliation.write({ ...head, sequence }, counted());
      if (!taken.has(name) && (await placed(partial, join(folder, name))))
        return { path: join(folder, name), rows };
    }
    throw new AppError('BAD_USER_INPUT', `The folder holds ${lastSequence} files of today already.`);
  } finally {
    await unlink(partial).catch(() => undefined);
  }
}

/** Renames a file, unless the name is taken. */
function placed(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

function refuseFolder(cause: unknown): never {
  throw new AppError('BAD_USER_INPUT', 'The folder to write to cannot be read.', { cause });
}

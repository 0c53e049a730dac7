import pg from 'pg';
import { AppError } from '../../../core/errors.ts';
import { ContractBroken } from '../../../core/unreadable.ts';
import { unavailable } from './errors.ts';

/** The caller's error for a failed read. The driver's message stays in `cause`. */
export function toReadError(error: unknown): AppError {
  if (isOfTables(error)) return new ContractBroken('', 'tables as documented');
  if (isOfLetters(error))
    return new AppError(
      'BAD_USER_INPUT',
      'The text has characters that the town hall’s system cannot store.',
      {
        cause: error,
      },
    );
  return unavailable(error);
}

/**
 * Whether the tables differ from their documentation: a column, a table or a right is missing, a type differs, or
 * a value does not fit its column.
 *
 * Source: SQLSTATE classes 42 (syntax error or access rule violation: the statements themselves never change) and
 * 22 (data exception).
 */
export function isOfTables(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && /^(22|42)/.test(error.code ?? '') && !isOfLetters(error);
}

/** Whether a text has characters that the database's encoding lacks. Source: SQLSTATE 22021, 22P05. */
function isOfLetters(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '22021' || error.code === '22P05');
}

import { AppError } from '../../../core/errors.ts';
import { ContractBroken, reportBroken } from '../../../core/unreadable.ts';

/** The legacy system does not respond. The driver's message stays in `cause`. */
export function unavailable(cause: unknown): AppError {
  return new AppError(
    'LEGACY_UNAVAILABLE',
    "The town hall's system does not answer at the moment. Try again later.",
    { cause },
  );
}

/**
 * The legacy system returned data that its tables' documentation excludes. `column` is `TABLE.COLUMN`, `expected`
 * a shape.
 */
export function contractBroken(column: string, expected: string): never {
  const error = new ContractBroken(column, expected);
  reportBroken(error);
  throw error;
}

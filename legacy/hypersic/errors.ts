import { AppError } from '../../core/errors.ts';
import { ContractBroken, reportBroken } from '../../core/unreadable.ts';

/** The register does not answer. What the driver said stays in `cause`. */
export function unavailable(cause: unknown): AppError {
  return new AppError(
    'LEGACY_UNAVAILABLE',
    "The town hall's register does not answer at the moment. Try again later.",
    { cause },
  );
}

/** The register answered what its tables' documentation excludes. `column` is `TABLE.COLUMN`, `expected` a shape. */
export function contractBroken(column: string, expected: string): never {
  const error = new ContractBroken(column, expected);
  reportBroken(error);
  throw error;
}

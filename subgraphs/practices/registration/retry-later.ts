import { AppError } from '../../../core/errors.ts';

/** Nothing went wrong, and nothing more can be done before a time. */
export class RetryLater extends Error {
  override readonly name = 'Later';

  constructor(readonly at: Date) {
    super('It goes on later.');
  }
}

/** The register may have done what was asked: it is looked for after a time. */
export class Unsettled extends Error {
  override readonly name = 'Unsettled';

  constructor(
    readonly at: Date,
    cause: unknown,
  ) {
    super('The register did not answer a write.', { cause });
  }
}

/** The register says no: somebody at the office has to put something right. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Whether the register failed, and not this software. */
export function isRegisterFailure(error: unknown): boolean {
  return error instanceof AppError && error.code.startsWith('LEGACY_');
}

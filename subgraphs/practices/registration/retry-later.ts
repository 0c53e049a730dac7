import { AppError } from '../../../core/errors.ts';

/** Thrown when nothing failed, but the job cannot continue before a certain time. */
export class RetryLater extends Error {
  override readonly name = 'RetryLater';

  constructor(readonly at: Date) {
    super('It goes on later.');
  }
}

/** Thrown after a write with an unknown outcome: its effect is looked for later. */
export class Unsettled extends Error {
  override readonly name = 'Unsettled';

  constructor(
    readonly at: Date,
    cause: unknown,
  ) {
    super('The protocol register did not answer a write.', { cause });
  }
}

/** Thrown when the protocol register refuses: the office has to correct something. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Whether the legacy system failed, and not this software. */
export function isLegacyFailure(error: unknown): boolean {
  return error instanceof AppError && error.code.startsWith('LEGACY_');
}

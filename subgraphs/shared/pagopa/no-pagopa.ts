import { AppError } from '../../../core/errors.ts';
import type { Pagopa } from './pagopa.port.ts';

/** Used if pagoPA is not configured: nothing can be paid here, and everything else works. */
export const noPagopa: Pagopa = {
  createCart: async () => ({ outcome: 'unavailable' }),
  createPosition: async () => ({ outcome: 'rejected' }),
  withdrawPosition: async () => ({ outcome: 'unknown' }),
  receiptsOf: async () => {
    throw new AppError('PAGOPA_UNAVAILABLE', 'pagoPA does not answer at the moment. Try again later.', {
      cause: 'It is not configured.',
    });
  },
};

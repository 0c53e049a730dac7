/**
 * Root fields that answer anyone who knows a number, which could be guessed, and public fields that write. Each
 * occurrence in an operation counts, under any alias.
 */
export const publicLookups: ReadonlySet<string> = new Set([
  'paymentNotice',
  'paymentArchive',
  'paymentSession',
  'payNotice',
  'rateService',
  'cancelPaymentSession',
  'createSpontaneousPayment',
]);

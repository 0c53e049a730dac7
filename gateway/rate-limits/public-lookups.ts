/**
 * Root fields that answer anybody who knows a number, which could be tried out one by one, and public ones that
 * write. Each place where one stands in an operation counts, under whatever alias.
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

/**
 * Root fields that answer anybody who knows a number: what could be tried out one by one. Each place where one
 * stands in an operation counts, under whatever alias.
 */
export const publicLookups: ReadonlySet<string> = new Set([
  'paymentNotice',
  'paymentArchive',
  'paymentSession',
  'payNotice',
]);

import { type EnvironmentReader, isSecureAddress } from './environment.ts';
import { usual } from './usual-values.ts';

export interface PaymentConfig {
  /** Shape: `https://servizi.example.it`, or `http://localhost:*` for any port. */
  readonly returnOrigins: readonly string[];
  readonly lockMinutes: number;
  readonly spontaneousDays: number;
  /** By the code of the kind of payment; `''` for all others. Unit: whole euros. */
  readonly highestEuros: ReadonlyMap<string, number>;
}

/** Where nothing is configured. [INFER] Most payments of a town are under ten thousand euros. */
export const usualPayment = {
  returnOrigins: [],
  lockMinutes: usual.PAYMENT_LOCK_MINUTES,
  spontaneousDays: usual.PAYMENT_SPONTANEOUS_DAYS,
  highestEuros: new Map([['', usual.PAYMENT_HIGHEST_EUROS]]),
} as const satisfies PaymentConfig;

export function readPaymentConfig(read: EnvironmentReader): PaymentConfig {
  const given = read.optional('PAYMENT_RETURN_ORIGINS') ?? originOf(read.optional('PUBLIC_URL'));
  const returnOrigins = given
    .split(',')
    .map((origin) => origin.trim().replace(/\/$/, ''))
    .filter(Boolean);
  if (returnOrigins.some((origin) => !/^https?:\/\/[^/\s]+$/.test(origin)))
    read.problem('PAYMENT_RETURN_ORIGINS has origins such as https://example.it, without a path.');
  if (read.isProduction && !returnOrigins.every(isSecureAddress))
    read.problem('PAYMENT_RETURN_ORIGINS has origins that start with https: in production.');
  // pagoPA keeps a payment that was begun for half an hour at most.
  return {
    returnOrigins,
    lockMinutes: read.wholeNumber('PAYMENT_LOCK_MINUTES', usualPayment.lockMinutes, [1, 120]),
    spontaneousDays: read.wholeNumber('PAYMENT_SPONTANEOUS_DAYS', usualPayment.spontaneousDays, [1, 365]),
    highestEuros: highestEuros(read),
  };
}

function highestEuros(read: EnvironmentReader): ReadonlyMap<string, number> {
  const highest = new Map<string, number>(usualPayment.highestEuros);
  for (const part of (read.optional('PAYMENT_HIGHEST_EUROS') ?? '').split(',').filter((one) => one.trim())) {
    const [, code = '', euros = ''] = /^(?:([^=,]+)=)?([1-9]\d{0,7})$/.exec(part.trim()) ?? [];
    if (euros === '')
      read.problem(
        'PAYMENT_HIGHEST_EUROS has whole euros, with the code of a kind before them or none: 10000,MENSA=2000.',
      );
    highest.set(code.trim(), Number(euros));
  }
  return highest;
}

function originOf(url: string | null): string {
  return url !== null && URL.canParse(url) ? new URL(url).origin : '';
}

import type { EnvironmentReader } from '../../core/environment.ts';
import { withUsual } from '../../core/usual-values.ts';
import type { HypersicOptions } from './create-hypersic.ts';
import { usualCulture } from './formats.ts';

const usual = {
  HYPERSIC_POOL_SIZE: 16,
  HYPERSIC_SOAP_TIMEOUT_MS: 60_000,
  HYPERSIC_SETTLE_MS: 180_000,
  HYPERSIC_DATE_FORMAT: usualCulture.date,
  HYPERSIC_TIME_FORMAT: usualCulture.time,
} as const;

/** What each variable means, in the order of .env.example. */
export const hypersicVariables = withUsual(
  {
    HYPERSIC_DATABASE_URL: "hyperSIC's database, with a user that may only read",
    HYPERSIC_POOL_SIZE: 'sessions kept open there',
    HYPERSIC_SOAP_URL: 'the protocol service, `https://…/wsprotocollo/serviceprotocollo.asmx`',
    HYPERSIC_SOAP_USER: 'user name of the calls',
    HYPERSIC_SOAP_PASSWORD: 'sent in clear text with every call: in production the address is https',
    HYPERSIC_SOAP_TIMEOUT_MS: 'how long one call may take, attachments included',
    HYPERSIC_SETTLE_MS:
      'a call that was cut takes effect within this time of its beginning, or never: more than the time limit',
    HYPERSIC_DATE_FORMAT: "how the service's machine writes dates, in .NET's notation",
    HYPERSIC_TIME_FORMAT: 'and times',
    HYPERSIC_CLASSIFICATION: 'titolario of the entries; none',
    HYPERSIC_OFFICE: 'code of the office that receives them; none',
  },
  usual,
);

/** hyperSIC's part of the configuration. */
export function readHypersicConfig(read: EnvironmentReader): HypersicOptions {
  return {
    url: read.url('HYPERSIC_DATABASE_URL', null),
    poolSize: read.wholeNumber('HYPERSIC_POOL_SIZE', usual.HYPERSIC_POOL_SIZE, [1, 200]),
    protocolRegister: protocolRegisterConfig(read),
  };
}

function protocolRegisterConfig(read: EnvironmentReader): NonNullable<HypersicOptions['protocolRegister']> {
  const timeoutMs = read.wholeNumber(
    'HYPERSIC_SOAP_TIMEOUT_MS',
    usual.HYPERSIC_SOAP_TIMEOUT_MS,
    [100, 600_000],
  );
  const settleMs = read.wholeNumber('HYPERSIC_SETTLE_MS', usual.HYPERSIC_SETTLE_MS, [200, 3_600_000]);
  if (settleMs <= timeoutMs) read.problem('HYPERSIC_SETTLE_MS is more than HYPERSIC_SOAP_TIMEOUT_MS.');
  return {
    url: read.secureUrl('HYPERSIC_SOAP_URL', null),
    user: read.required('HYPERSIC_SOAP_USER'),
    password: read.required('HYPERSIC_SOAP_PASSWORD'),
    timeoutMs,
    settleMs,
    culture: {
      date: read.text('HYPERSIC_DATE_FORMAT', usual.HYPERSIC_DATE_FORMAT),
      time: read.text('HYPERSIC_TIME_FORMAT', usual.HYPERSIC_TIME_FORMAT),
    },
    classification: read.optional('HYPERSIC_CLASSIFICATION'),
    office: read.optional('HYPERSIC_OFFICE'),
  };
}

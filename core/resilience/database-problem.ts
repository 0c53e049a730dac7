/** Why a database cannot be used, by the code of the system, of TLS or of Postgres (SQLSTATE). */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no host of that name is known',
  EAI_AGAIN: 'no host of that name is known',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the host cannot be reached',
  ETIMEDOUT: 'it does not answer in time',
  ECONNRESET: 'it ends the connection',
  EPIPE: 'it ends the connection',
  ENOENT: 'there is no such socket',
  '28P01': 'it refuses the user or the password',
  '28000': 'it refuses the user, or this machine',
  '3D000': 'it has no database of that name',
  '42501': 'the user lacks a right there',
  '53300': 'it has no connection left',
  '57P03': 'it is starting or stopping',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is not trusted: NODE_EXTRA_CA_CERTS names further authorities',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted: NODE_EXTRA_CA_CERTS names further authorities',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is not trusted: NODE_EXTRA_CA_CERTS names further authorities',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/**
 * A sentence for the operator about a database that refuses: which variable, which host, and why. The address's user
 * and password are not in it.
 *
 * Shape: `DATABASE_URL: the database at db.example.it:5432 cannot be used: nothing listens there (ECONNREFUSED).`
 */
export function databaseProblem(variable: string, url: string, error: unknown): Error {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  const known = reasons[code] ?? (/time.?out/i.test(message) ? reasons.ETIMEDOUT : undefined);
  const why = known ?? (message || 'it cannot be reached');
  return new Error(
    `${variable}: the database at ${hostOf(url)} cannot be used: ${why}${code === '' ? '' : ` (${code})`}.`,
    { cause: error },
  );
}

function hostOf(url: string): string {
  if (!URL.canParse(url)) return 'that address';
  const { hostname, port, searchParams } = new URL(url);
  return `${searchParams.get('host') || hostname || 'localhost'}:${searchParams.get('port') || port || '5432'}`;
}

/** Whether a statement failed for a table, column or schema that migrations make. Source: SQLSTATE 42P01, 42703, 3F000. */
export function wantsMigration(error: unknown): boolean {
  const { code } = originOf(error);
  return code === '42P01' || code === '42703' || code === '3F000';
}

/**
 * Whether a database was not there: it refused a session, or ended one. Source: SQLSTATE class 08 and 57P01 to 57P03; the
 * sentences of pg, whose errors of a broken connection have no code; TypeORM, which takes the session from a transaction
 * as soon as it breaks, so that the next statement finds none.
 */
export function isDatabaseGone(error: unknown): boolean {
  const { code = '', syscall = '', message = '', name = '' } = originOf(error);
  return (
    /^(08...|57P0[123]|ECONNRESET|EPIPE)$/.test(String(code)) ||
    syscall === 'connect' ||
    /^QueryRunner(Provider)?AlreadyReleasedError$/.test(String(name)) ||
    /^Connection terminated|^Client (has encountered a connection error|was closed)/.test(String(message))
  );
}

/** The driver's own error, which TypeORM wraps. */
function originOf(error: unknown): Partial<Record<'code' | 'syscall' | 'message' | 'name', unknown>> {
  return (error as { driverError?: object } | null | undefined)?.driverError ?? error ?? {};
}

export const notMigrated =
  'DATABASE_URL: the tables there are not those of this version. Run npm run migrate.';

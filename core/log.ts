export const logLevels = ['info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];
export type LogFacts = Readonly<Record<string, unknown>>;

/** JSON lines, one event each: `{"time":…,"level":"info","event":"gateway.ready","port":4000}`. */
export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
  /** A log whose lines all carry these facts too, such as a requestId. */
  child(facts: LogFacts): Log;
}

export interface LogOptions {
  /** Events of lower levels are left out, the audit trail's apart: `audit:verify` reads them. `info` by default. */
  readonly least?: LogLevel;
  /** Called for every event, also for one that is left out. */
  readonly observe?: (level: LogLevel, event: string) => void;
}

export function createLog(
  write: (line: string, isUrgent: boolean) => void,
  now: () => Date = () => new Date(),
  bound: LogFacts = {},
  options: LogOptions = {},
): Log {
  const { least = 'info', observe = () => undefined } = options;
  const isWritten = (level: LogLevel, event: string) =>
    logLevels.indexOf(level) >= logLevels.indexOf(least) || event.startsWith('audit.');
  const line =
    (level: LogLevel) =>
    (event: string, facts: LogFacts = {}) => {
      observe(level, event);
      if (!isWritten(level, event)) return;
      const text = JSON.stringify({ time: now().toISOString(), level, event, ...bound, ...facts }, readable);
      write(redact(text), event !== 'request');
    };
  return {
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    child: (facts) => createLog(write, now, { ...bound, ...facts }, options),
  };
}

export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};

/**
 * A safety net: facts must not contain personal data in the first place. Anything that looks like a codice
 * fiscale, a token or an e-mail address is blacked out, also in vendor texts inside causes.
 */
export function redact(text: string): string {
  // Hardly any line has one of them, and to look for that takes a third of the time.
  let safe = text;
  if (safe.includes('eyJ')) safe = safe.replace(/(?<![\w-])[\w-]+(?:\.[\w-]*){2,}/g, withoutToken);
  if (safe.search(code) >= 0) safe = safe.replace(/[a-z\d]+/gi, withoutCodes);
  // An address is matched from its first character only: long texts take linear time.
  return safe.includes('@') ? safe.replace(/(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '[e-mail]') : safe;
}

/** A codice fiscale, also one with letters in place of digits. */
const code = /[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPR-T][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]/gi;

/** A hash stays: one in 4,500 has a part of this shape, and `audit:verify` reads hashes from the log. */
function withoutCodes(word: string): string {
  return /^[\da-f]{64}$/.test(word) ? word : word.replace(code, '[codice fiscale]');
}

/** Three parts with dots between them, from where a token begins; `eyJ` is `{"` in base64. */
function withoutToken(parts: string): string {
  const start = parts.indexOf('eyJ');
  const isToken = start >= 0 && parts.slice(start).split('.', 3).length === 3;
  return isToken ? `${parts.slice(0, start)}[token]` : parts;
}

function readable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  // Errors of native add-ons and of other realms are not instances of this realm's Error.
  if (!(value instanceof Error) && Object.prototype.toString.call(value) !== '[object Error]') return value;
  const { name, message, stack, cause } = value as Error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause }) };
}

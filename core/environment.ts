/** Every problem of a configuration at once, as one text for the operator. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Every mode except `development`, so that a missing or misspelt NODE_ENV opens nothing. */
export function isProduction(env: Environment): boolean {
  return nodeEnv(env) !== 'development';
}

/** Shape: `production`, `development`; empty when it is not set. */
export function nodeEnv(env: Environment): string {
  return (env.NODE_ENV ?? '').trim().toLowerCase();
}

/** Reads variables and collects their problems, so that all are reported together. */
export interface EnvironmentReader {
  readonly isProduction: boolean;
  text(name: string, fallback: string): string;
  /** Errors: a problem when it is missing. */
  required(name: string): string;
  optional(name: string): string | null;
  /** Values with commas. Errors: a problem when there is none. */
  list(name: string): readonly string[];
  wholeNumber(name: string, fallback: number, range: readonly [number, number]): number;
  choice<const Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice;
  url(name: string, fallback: string | null): string;
  /** An address over which secrets or personal data travel: https in production, but for this machine's own. */
  secureUrl(name: string, fallback: string | null): string;
  problem(text: string): void;
  /** Errors: ConfigurationError with every problem found. */
  finish<Config>(config: Config): Config;
}

export function createEnvironmentReader(env: Environment): EnvironmentReader {
  const problems: string[] = [];
  const held = (name: string) => (env[name]?.trim() ? env[name].trim() : null);
  const required = (name: string) => {
    const value = held(name);
    if (value === null) problems.push(`${name} is missing.`);
    return value ?? '';
  };
  const url = (name: string, fallback: string | null) => {
    const value = fallback === null ? required(name) : (held(name) ?? fallback);
    if (value !== '' && !URL.canParse(value))
      problems.push(`${name} is an absolute address such as https://example.it.`);
    return value.replace(/\/$/, '');
  };
  return {
    isProduction: isProduction(env),
    text: (name, fallback) => held(name) ?? fallback,
    required,
    optional: held,
    list(name) {
      const values = (held(name) ?? '')
        .split(',')
        .map((value) => value.trim())
        .filter(Boolean);
      if (values.length === 0) problems.push(`${name} is missing.`);
      return values;
    },
    wholeNumber(name, fallback, [least, most]) {
      const value = Number(held(name) ?? fallback);
      if (Number.isInteger(value) && value >= least && value <= most) return value;
      problems.push(`${name} is a whole number from ${least} to ${most}.`);
      return fallback;
    },
    choice(name, choices, fallback) {
      const value = held(name) ?? fallback;
      const chosen = choices.find((choice) => choice === value);
      if (chosen === undefined) problems.push(`${name} is one of ${choices.join(', ')}.`);
      return chosen ?? fallback;
    },
    url,
    secureUrl(name, fallback) {
      const value = url(name, fallback);
      if (isProduction(env) && !isSecureAddress(value))
        problems.push(`${name} starts with https: in production.`);
      return value;
    },
    problem: (text) => void problems.push(text),
    finish(config) {
      if (problems.length > 0 && nodeEnv(env) === '') problems.push(notSaid);
      if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
      return config;
    },
  };
}

const notSaid = 'NODE_ENV is not set, which is production. With NODE_ENV=development less is wanted.';

/** Whether the connection is private: https, or an address of this machine. Other text passes. */
export function isSecureAddress(address: string): boolean {
  // `http://localhost:*` is any port.
  const [url] = address.split(':*');
  if (url === undefined || !URL.canParse(url)) return true;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

import type { Environment } from './environment.ts';
import type { Log } from './log.ts';

/** Set by Kubernetes for each service of a namespace, whatever it is called. */
const ofServices =
  /_SERVICE_HOST$|_SERVICE_PORT(?:_|$)|_PORT(?:_\d{1,5}_(?:TCP|UDP)(?:_(?:ADDR|PORT|PROTO))?)?$/;
/** First words that other programs' variables have too, so that they say nothing. */
const common: ReadonlySet<string> = new Set([
  'NODE',
  'OTEL',
  'PUBLIC',
  'DATA',
  'LOG',
  'MAX',
  'SERVER',
  'DEMO',
]);
/** Read by name, one a subgraph. */
const ofSubgraphs = /^SUBGRAPH_URL_[A-Z_]+$/;

export interface UnknownVariable {
  readonly variable: string;
  /** The variable that may be meant; null when none is near. */
  readonly meant: string | null;
}

/**
 * Variables whose names resemble a known one, such as `CORS_ORIGIN`: nothing reads them.
 *
 * A name resembles a known one if at most two letters differ, or if it begins with the same word.
 */
export function unknownVariables(env: Environment, known: readonly string[]): readonly UnknownVariable[] {
  const firstWords = new Set(
    known
      .filter((name) => name.includes('_'))
      .map(firstWord)
      .filter((word) => !common.has(word)),
  );
  return Object.keys(env)
    .filter((name) => !known.includes(name) && !ofSubgraphs.test(name) && !ofServices.test(name))
    .map((variable) => ({ variable, meant: nearest(variable, known) }))
    .filter(({ variable, meant }) => meant !== null || firstWords.has(firstWord(variable)));
}

/** A warning a variable, without its value. */
export function warnOfUnknownVariables(
  env: Environment,
  known: readonly Readonly<Record<string, string>>[],
  log: Log,
): void {
  for (const { variable, meant } of unknownVariables(env, known.flatMap(Object.keys)))
    log.warn('configuration.unknownVariable', { variable, ...(meant === null ? {} : { meant }) });
}

const firstWord = (name: string) => name.split('_')[0] ?? '';

function nearest(variable: string, known: readonly string[]): string | null {
  const name = variable.toUpperCase();
  // Short names are near to everything.
  const [best] = known
    .filter((one) => one.length > 5 && Math.abs(one.length - name.length) <= 2)
    .map((one) => ({ one, distance: distanceOf(name, one) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= 2 ? best.one : null;
}

/** Levenshtein's distance: letters to put in, take out or change. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_none, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

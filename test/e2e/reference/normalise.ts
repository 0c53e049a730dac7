import type { Outcome } from '../../../commands/reference/read-examples.ts';
import type { TestTown } from '../open-test-town.ts';

const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?<=:|evt_)[\da-f]{32}$/g;
const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const dayMs = 86_400_000;
const roundedToMs = 300_000;
/** The id of a payment session is 32 random letters. */
const sessionLength = 32;
/** The time that answers have in place of that of the run: that of the demo's day in tests. */
const shownDay = '2026-10-15';
const shownAt = Date.parse(`${shownDay}T07:00:00Z`);

type Holder = Readonly<Record<string, unknown>>;

/** Replaces values that differ from run to run: addresses, random ids, secrets, protocol numbers and the time of the run. */
export function createNormaliser(town: TestTown, receiverUrl: string) {
  const startedAt = Date.now();
  const numbered = numberer();
  const addresses = [
    [new URL(town.graphqlUrl).origin, 'http://127.0.0.1:4000'],
    [new URL(town.pagopa.url).origin, 'http://127.0.0.1:4012'],
    [receiverUrl, 'http://127.0.0.1:4013/webhook-receiver'],
  ] as const;
  // Rounded, so that how long the run takes makes no difference.
  const shown = (found: string) => {
    const since = Date.parse(found) - startedAt;
    if (Math.abs(since) > 2 * dayMs) return found;
    return new Date(shownAt + Math.round(since / roundedToMs) * roundedToMs).toISOString();
  };
  // An id is base64url of a type and a key, and the key may be random.
  const idWith = (found: string): string => {
    const decoded = Buffer.from(found, 'base64url').toString();
    if (!/^\w+:[\w/.:-]+$/.test(decoded)) return found.length === sessionLength ? numbered(found) : found;
    const fixed = decoded
      .replace(uuid, numbered)
      .replace(moment, shown)
      .replace(/(?<=^AccessLogCursor:)\d{4}-\d\d-\d\d/, shownDay)
      .replace(/\.[\da-f]{12}$/, '.000000000000')
      // A cursor may hold an id.
      .replace(/(?<=Z\/)[\w-]{16,}$/, idWith);
    return Buffer.from(fixed).toString('base64url');
  };
  const text = (value: string): string =>
    addresses
      .reduce((left, [from, to]) => left.replaceAll(from, to), value)
      .replace(/(\/(?:documents|uploads)\/)\S*?([^/]*\.\w+)?$/, '$1…/$2')
      .replace(/whsec_[\w+/=]+/g, 'whsec_…')
      .replace(/( Rif\. |riepilogo-)[\dA-Z]{12}/g, '$1000000000000')
      .replace(/ n\. \d+\/\d{4}/g, ' n. 1042/2026')
      .replace(/ from \d\d:\d\d/g, ' from 09:30')
      .replace(uuid, numbered)
      .replace(moment, shown)
      .replace(/^[\w-]{16,}$/, idWith);
  return (outcome: Outcome): Outcome =>
    JSON.parse(JSON.stringify(outcome), function (this: Holder, key: string, value: unknown) {
      const fixed = fixedValue(this, key, value);
      return fixed ?? (typeof value === 'string' ? text(value) : value);
    });
}

/** Values that have a name of their own: a protocol number and its year, and days counted from that of the run. */
function fixedValue(holder: Holder, key: string, value: unknown): unknown {
  if (value === null) return null;
  const isEntry = 'subject' in holder;
  if (key === 'protocolNumber' || (isEntry && key === 'number')) return 1042;
  if (key === 'protocolYear' || (isEntry && key === 'year')) return 2026;
  if (key === 'milliseconds') return 12;
  // Reads may be recorded while the log is read.
  if (key === 'totalCount' && JSON.stringify(holder.edges ?? null).includes('"actor"')) return 24;
  if (key === 'day') return shownDay;
  if (key === 'expectedBy') return '2026-11-14';
  return key === 'dueOn' && 'requestedAt' in holder ? '2026-10-30' : undefined;
}

function numberer(): (found: string) => string {
  const numbers = new Map<string, string>();
  return (found) => {
    const known =
      numbers.get(found) ?? `00000000-0000-4000-8000-${String(numbers.size + 1).padStart(12, '0')}`;
    numbers.set(found, known);
    return known;
  };
}

/** Shape of a path: `me.children.0.id`. */
export function valueAt(data: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], data);
}

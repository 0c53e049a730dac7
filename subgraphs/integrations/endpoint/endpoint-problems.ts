import type { MachineCaller } from '../../../core/identity/caller.ts';
import { keyInvalid } from '../../shared/idempotency-key.ts';
import type { Sentence } from '../../shared/problem.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import type { WebhookRules } from '../../shared/webhook-rules.ts';
import { allDebtsScope, type WebhookEventType } from '../delivery/event-types.type.ts';
import { hostOf } from '../delivery/public-address.rules.ts';
import { hostProblem, type ResolveHost, resolveHost } from '../delivery/resolve-host.ts';
import { WebhookEndpointInvalid } from './endpoint.result.ts';

/** An integrator has a few receivers; more would make each event many requests. */
export const mostEndpoints = 20;
const maxUrlLength = 2_000;

const problems = {
  URL_INVALID: {
    it: `Indicare un indirizzo assoluto, senza utente e password, di al massimo ${maxUrlLength} caratteri.`,
    en: `Give an absolute address without user and password, of at most ${maxUrlLength} characters.`,
  },
  HTTPS_REQUIRED: { it: 'L’indirizzo deve iniziare con https:', en: 'The address must begin with https:' },
  URL_NOT_PUBLIC: {
    it: 'L’indirizzo è di una rete privata: indicarne uno raggiungibile da Internet.',
    en: 'The address is of a private network: give one that is reachable from the Internet.',
  },
  URL_UNKNOWN_HOST: {
    it: 'Il nome dell’host non esiste: controllarlo.',
    en: 'The host name does not resolve: check it.',
  },
  EVENT_TYPES_EMPTY: { it: 'Indicare almeno un tipo di evento.', en: 'Give at least one event type.' },
  SCOPE_MISSING: {
    it: `DEBT_SETTLED richiede un token con lo scope ${allDebtsScope}.`,
    en: `DEBT_SETTLED needs a token with the scope ${allDebtsScope}.`,
  },
  KEY_INVALID: keyInvalid,
  TOO_MANY_ENDPOINTS: {
    it: `Ci sono già ${mostEndpoints} endpoint: eliminarne uno.`,
    en: `There are ${mostEndpoints} endpoints already: delete one first.`,
  },
  IN_FUTURE: { it: 'Questo momento è nel futuro.', en: 'This time is in the future.' },
  TOO_OLD: {
    it: 'Gli eventi si possono ripetere per 30 giorni.',
    en: 'Events can be replayed for 30 days: give a later time.',
  },
  BEFORE_SINCE: { it: 'La fine precede l’inizio.', en: 'The end is before the beginning.' },
  ENDPOINT_DISABLED: {
    it: 'L’endpoint è disattivato: riattivarlo prima.',
    en: 'The endpoint is switched off: switch it on first.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;
export type EndpointProblemCode = keyof typeof problems;

export interface EndpointProblem {
  readonly path: string;
  readonly code: EndpointProblemCode;
}

export function endpointInvalid(
  { language }: RequestContext,
  found: readonly EndpointProblem[],
): WebhookEndpointInvalid {
  const message = {
    it: 'L’endpoint non si può usare così: vedere i singoli campi.',
    en: 'The endpoint cannot be used like this: see its fields.',
  }[language];
  return Object.assign(new WebhookEndpointInvalid(), {
    code: 'WEBHOOK_ENDPOINT_INVALID',
    message,
    problems: found.map(({ path, code }) => ({ path, code, message: problems[code][language] })),
  });
}

/** The address as it is stored, or why events are not sent there. */
export async function checkUrl(
  text: string,
  rules: WebhookRules,
  resolve: ResolveHost = resolveHost,
): Promise<{ readonly url: string } | { readonly code: EndpointProblemCode }> {
  if (text.length > maxUrlLength || !URL.canParse(text)) return { code: 'URL_INVALID' };
  const address = new URL(text);
  const isHttp = address.protocol === 'https:' || address.protocol === 'http:';
  if (!isHttp || address.username !== '' || address.password !== '' || address.href.length > maxUrlLength)
    return { code: 'URL_INVALID' };
  if (rules.needsHttps && address.protocol !== 'https:') return { code: 'HTTPS_REQUIRED' };
  const code = await hostProblem(hostOf(address), rules, resolve);
  address.hash = '';
  return code === null ? { url: address.href } : { code };
}

export function eventTypesProblem(
  eventTypes: readonly WebhookEventType[],
  { scopes }: MachineCaller,
): EndpointProblemCode | null {
  if (eventTypes.length === 0) return 'EVENT_TYPES_EMPTY';
  if (eventTypes.includes('DEBT_SETTLED') && !scopes.includes(allDebtsScope)) return 'SCOPE_MISSING';
  return null;
}

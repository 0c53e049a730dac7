import { readCapped } from '../../../../core/http/read-capped.ts';

/** One call of one of pagoPA's APIs. */
export interface ApiCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly key: string;
  readonly body?: unknown;
  /** Ends the wait; the request may have been received all the same. */
  readonly signal: AbortSignal;
}

export interface ApiAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly body: string;
}

/** Far more than any response that we request. */
const maxBytes = 512 * 1024;

/**
 * Sends one request and reads the whole response. Node.js's own pool keeps connections open.
 *
 * Redirects are results here: Checkout's 302 is for the payer's browser, and following it would use up the cart.
 * Errors: any failure to get a response; the cause belongs in the log.
 */
export async function callApi({ method, url, key, body, signal }: ApiCall): Promise<ApiAnswer> {
  const response = await fetch(url, {
    method,
    signal,
    redirect: 'manual',
    headers: {
      accept: 'application/json, application/xml;q=0.9',
      'ocp-apim-subscription-key': key,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // Leaving early cancels the body and frees the connection.
  const bytes = await readCapped(response.body ?? [], maxBytes);
  if (bytes === null) throw new Error(`An answer of at most ${maxBytes} bytes was expected.`);
  return {
    status: response.status,
    location: response.headers.get('location'),
    body: bytes.toString('utf8'),
  };
}

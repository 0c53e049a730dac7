import autocannon from 'autocannon';
import { nonce, type Request } from '../operations/operations.ts';

/** What the process that makes the load is told. */
export interface LoadOrder {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly requests: readonly Request[];
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Answers that were not 200, had errors, or did not come. */
  readonly failures: number;
  /** Of every answer. Unit: milliseconds. */
  readonly latencies: Float64Array;
}

// A process of its own: what it costs to ask is in nobody's figures.
process.on('message', async (order: LoadOrder) => {
  process.send?.(await run(order));
});
process.on('disconnect', () => process.exit(0));

function run({ url, connections, seconds, requests }: LoadOrder): Promise<LoadResult> {
  const latencies: number[] = [];
  let turn = Math.floor(Math.random() * requests.length);
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const instance = autocannon(
      {
        url,
        connections,
        duration: seconds,
        timeout: 30,
        requests: [
          {
            method: 'POST',
            setupRequest(request) {
              const { authorization, body } = requests[turn++ % requests.length] as Request;
              const headers = { 'content-type': 'application/json', accept: 'application/json' };
              return {
                ...request,
                headers: authorization === null ? headers : { ...headers, authorization },
                body: body.includes(nonce) ? body.replaceAll(nonce, fresh()) : body,
              };
            },
          },
        ],
        verifyBody: (body) => !String(body).includes('"errors":['),
      },
      (error, result) => {
        if (error) return reject(error);
        const { errors, timeouts, mismatches, non2xx } = result;
        resolve({
          requests: latencies.length,
          seconds: (performance.now() - started) / 1_000,
          failures: errors + timeouts + mismatches + non2xx,
          latencies: Float64Array.from(latencies),
        });
      },
    );
    instance.on('response', (_client, _status, _bytes, milliseconds) => void latencies.push(milliseconds));
  });
}

const run0 = Date.now().toString(36);
let made = 0;

/** Part of a name in a document that nobody has sent before. */
function fresh(): string {
  return `${run0}${(made++).toString(36)}`;
}

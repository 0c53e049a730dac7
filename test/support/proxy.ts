import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenAt } from '../../core/http/listen.ts';

export interface FrontProxy {
  readonly url: string;
  close(): Promise<void>;
}

export interface ProxyOptions {
  readonly port: number;
  /** Shape: `127.0.0.1:4001`. */
  readonly upstreams: readonly string[];
  /** Asked of each; one that does not answer 200 gets no request while another does. Shape: `/health/serving`. */
  readonly healthPath?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const tryMs = 5_000;
const healthMs = 250;

/**
 * Stands where Caddy or a Service of Kubernetes does, by the same rule: the next upstream is tried only if nothing was
 * sent, that is if the connection was refused, and a GET also if it broke off.
 */
export async function startProxy({
  port,
  upstreams,
  healthPath,
  headers,
}: ProxyOptions): Promise<FrontProxy> {
  const agent = new Agent({ keepAlive: true });
  const serving = new Set(upstreams);
  let isClosed = false;
  let next = 0;
  const choose = (not: ReadonlySet<string>) => {
    const fit = upstreams.filter((one) => !not.has(one));
    const healthy = fit.filter((one) => serving.has(one));
    const among = healthy.length > 0 ? healthy : fit;
    return among[next++ % among.length];
  };
  const watch = async (upstream: string) => {
    while (!isClosed) {
      const isServing = await fetch(`http://${upstream}${healthPath}`, {
        signal: AbortSignal.timeout(2_000),
      }).then(
        async (answer) => {
          await answer.arrayBuffer();
          return answer.ok;
        },
        () => false,
      );
      if (isServing) serving.add(upstream);
      else serving.delete(upstream);
      await sleep(healthMs);
    }
  };
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming).catch(() => null);
    if (body === null) return;
    const tried = new Set<string>();
    for (const end = Date.now() + tryMs; ; ) {
      const upstream = choose(tried);
      if (upstream === undefined) {
        tried.clear();
        await sleep(50);
        continue;
      }
      const failure = await pass(incoming, body, upstream, outgoing);
      if (failure === null) return;
      tried.add(upstream);
      const isUnsent = failure === 'ECONNREFUSED' || incoming.method === 'GET';
      if (outgoing.headersSent) return void outgoing.destroy();
      if (!isUnsent || Date.now() > end) return void outgoing.writeHead(502).end(failure);
    }
  });
  const pass = (incoming: IncomingMessage, body: Buffer, upstream: string, outgoing: ServerResponse) =>
    new Promise<string | null>((resolve) => {
      const [host, upstreamPort] = upstream.split(':');
      const { connection: _, 'transfer-encoding': __, ...kept } = incoming.headers;
      const forwarded = { ...kept, ...headers, 'x-forwarded-for': incoming.socket.remoteAddress };
      const sent = request({
        host,
        port: Number(upstreamPort),
        agent,
        method: incoming.method,
        path: incoming.url,
        headers: { ...forwarded, 'content-length': body.length },
      });
      sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      sent.once('response', (answer) => {
        answer.once('error', () => resolve('broke off'));
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        outgoing.once('finish', () => resolve(null));
        outgoing.once('close', () => resolve(null));
      });
      sent.end(body);
    });
  const listening = await listenAt(server, { port, host: '127.0.0.1', portVariable: 'PORT' });
  const watching = healthPath === undefined ? [] : upstreams.map(watch);
  return {
    url: `http://127.0.0.1:${listening}`,
    async close() {
      isClosed = true;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      agent.destroy();
      await Promise.all(watching);
    },
  };
}

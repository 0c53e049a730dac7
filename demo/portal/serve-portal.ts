import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Express } from 'express';
import { receiverPath, webhookReceiver } from './webhook-receiver.ts';

/** The settings that `portal/src/config.ts` reads from the page. */
export interface PortalConfig {
  readonly townName: string;
  readonly townTagline: string;
  readonly graphqlUrl: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
}

const oneYearMs = 365 * 24 * 3_600_000;

/** Serves a built portal like any static server: its files, and the one page for each of its addresses. */
export async function servePortal(folder: string, config: PortalConfig): Promise<Express> {
  const page = withConfig(await readFile(join(folder, 'index.html'), 'utf8'), config);
  const addresses = (JSON.parse(await readFile(join(folder, 'addresses.json'), 'utf8')) as string[]).map(
    toPattern,
  );
  // The connection to the API is there before the script asks for it.
  const preconnect = `<${new URL(config.graphqlUrl).origin}>; rel=preconnect; crossorigin`;
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    for (const [name, value] of Object.entries(securityHeaders(config))) response.setHeader(name, value);
    next();
  });
  const guideUrl = new URL('/docs/guide-integrators.html', config.graphqlUrl).href;
  app.use(receiverPath, webhookReceiver(guideUrl));
  app.use((request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    response.setHeader('allow', 'GET, HEAD').status(405).end();
  });
  app.use(
    '/assets',
    compressedOnes,
    express.static(join(folder, 'assets'), { maxAge: oneYearMs, immutable: true }),
  );
  app.get('/favicon.svg', (_request, response) =>
    response.sendFile('favicon.svg', { root: folder, maxAge: oneYearMs }),
  );
  app.use((request, response) => {
    const isKnown = addresses.some((pattern) => pattern.test(request.path));
    response
      .status(isKnown ? 200 : 404)
      .type('html')
      .set('cache-control', 'no-cache')
      .set('link', preconnect)
      .send(page);
  });
  return app;
}

function withConfig(page: string, config: PortalConfig): string {
  const json = JSON.stringify(config).replaceAll('<', '\\u003c');
  return page.replace(
    /(<script id="portal-config"[^<>]*>)[^<]*(<\/script>)/,
    (_all, open, close) => open + json + close,
  );
}

/** Shape: `/pratiche/:practiceId/riepilogo`. */
function toPattern(address: string): RegExp {
  return new RegExp(`^${address.replace(/:\w+/g, '[^/]+')}/?$`);
}

/** The build has a compressed copy of each text file. */
function compressedOnes(
  request: express.Request,
  response: express.Response,
  next: express.NextFunction,
): void {
  const [, kind] = /\.(js|css|svg)$/.exec(request.path) ?? [];
  const encoding = request.acceptsEncodings(['br', 'gzip']);
  if (kind !== undefined && (encoding === 'br' || encoding === 'gzip')) {
    response.type(kind).setHeader('content-encoding', encoding);
    request.url += encoding === 'br' ? '.br' : '.gz';
  }
  response.vary('accept-encoding');
  next();
}

/** The page runs its own script and talks to the API and the sign-in, and to nothing else. */
function securityHeaders({ graphqlUrl, issuer }: PortalConfig): Readonly<Record<string, string>> {
  const partners = [graphqlUrl, issuer].map((url) => new URL(url).origin).join(' ');
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' data:",
      `connect-src 'self' ${partners}`,
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  };
}

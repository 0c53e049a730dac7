import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer } from '../../core/http/listen.ts';
import { usual } from '../../core/usual-values.ts';
import { type PortalConfig, servePortal } from './serve-portal.ts';

export interface PortalPlace {
  /** Shape: `http://127.0.0.1:4013`. */
  readonly url: string;
  /** Serves the portal in this folder from now on. */
  open(folder: string, config: PortalConfig): Promise<void>;
  close(): Promise<void>;
}

/**
 * Binds the portal's port before anything else starts, because the other parts need its address.
 *
 * `port` null: the usual one, or a free one if that is in use, so that several towns run side by side. Errors:
 * EADDRINUSE for a chosen one.
 */
export async function takePortalPort(host: string, port: number | null): Promise<PortalPlace> {
  const server = await listening(host, port ?? usual.DEMO_PORTAL_PORT).catch(
    (error: NodeJS.ErrnoException) => {
      if (port !== null || error.code !== 'EADDRINUSE') throw error;
      return listening(host, 0);
    },
  );
  const { port: taken } = server.address() as AddressInfo;
  const notYet = (_request: unknown, response: import('node:http').ServerResponse) =>
    response.writeHead(503, { 'retry-after': '5' }).end();
  server.on('request', notYet);
  return {
    url: `http://${host}:${taken}`,
    async open(folder, config) {
      const app = await servePortal(folder, config);
      server.off('request', notYet).on('request', app);
    },
    close: () => closeServer(server, 0),
  };
}

async function listening(host: string, port: number): Promise<Server> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  return server;
}

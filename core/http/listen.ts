import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';

/** Where a server listens, and the variables that say so. */
export interface ListenAddress {
  readonly port: number;
  readonly host: string;
  /** Shape: `PORT`. */
  readonly portVariable: string;
  readonly hostVariable?: string;
}

/**
 * Binds a server and answers its port, the one chosen by the system for 0.
 *
 * Errors: one sentence that names the variable to change.
 */
export async function listenAt(server: Server, place: ListenAddress): Promise<number> {
  server.listen(place.port, place.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(sentenceOf((error as NodeJS.ErrnoException).code ?? '', place), { cause: error });
  }
  return (server.address() as AddressInfo).port;
}

/** Takes no new connections, lets requests in progress end, and cuts connections that are open after `graceMs`. */
export async function closeServer(server: HttpServer, graceMs = 5_000): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Repeated, because a client keeps a connection alive after its last response.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}

function sentenceOf(
  code: string,
  { port, host, portVariable, hostVariable = 'HOST' }: ListenAddress,
): string {
  switch (code) {
    case 'EADDRINUSE':
      return `${portVariable}: port ${port} of ${host} is taken by another program. Set ${portVariable} to another one.`;
    case 'EACCES':
      return `${portVariable}: this user may not use port ${port}. Set ${portVariable} to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${hostVariable}: ${host} is no address of this machine. Set ${hostVariable} to one, such as 127.0.0.1 or 0.0.0.0.`;
    default:
      return `${portVariable}: port ${port} of ${host} cannot be opened (${code}).`;
  }
}

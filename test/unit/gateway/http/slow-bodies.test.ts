import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import express from 'express';
import { cutSlowBodies } from '../../../../gateway/http/slow-bodies.ts';

let server: Server;
let port: number;
beforeAll(async () => {
  const app = express();
  app.use(cutSlowBodies({ everyMs: 50, minBytesPerSecond: 2_000 }), express.json());
  app.post('/', (request, response) => void response.json({ got: Object.keys(request.body) }));
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

/** Sends a body of 1,200 bytes piece by piece; what came back. */
async function send(bytesAtOnce: number, everyMs: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.on('error', () => undefined);
  socket.write(
    'POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1200\r\n\r\n',
  );
  const body = `{"a":"${'x'.repeat(1_192)}"}`;
  for (let at = 0; at < body.length && answer === ''; at += bytesAtOnce) {
    if (socket.writable) socket.write(body.slice(at, at + bytesAtOnce));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  while (answer === '') await new Promise((resolve) => setTimeout(resolve, 5));
  socket.destroy();
  return answer;
}

it('cuts a body that drips', async () => {
  const answer = await send(1, 10);
  expect(answer).toMatch(/^HTTP\/1\.1 408 .*connection: close/is);
  expect(answer).toContain('BAD_REQUEST');
});

it('lets a body through that comes in pieces and not slowly', async () => {
  expect(await send(200, 10)).toMatch(/^HTTP\/1\.1 200 .*\{"got":\["a"\]\}/is);
});

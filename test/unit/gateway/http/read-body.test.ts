import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import express from 'express';
import { createPlaces, type Places } from '../../../../gateway/http/places.ts';
import { readBody } from '../../../../gateway/http/read-body.ts';

let server: Server;
let places: Places;
let withinMs = 10_000;
const sockets: Socket[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const app = express();
    app.use(...readBody({ places, withinMs }));
    app.use((asked, answer) => void answer.json({ bytes: asked.body?.length ?? 0, taken: places.taken }));
    app(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => void server.close());

const head = 'POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n';

async function open(text: string): Promise<{ readonly socket: Socket; answer(): Promise<string> }> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  socket.write(text);
  await once(socket, 'connect');
  return {
    socket,
    async answer() {
      while (!received.includes('\r\n\r\n')) await once(socket, 'data');
      return received;
    },
  };
}

async function untilTaken(count: number): Promise<void> {
  while (places.taken !== count) await new Promise((resolve) => setTimeout(resolve, 2));
}

it('holds a place while a body arrives, and gives it back when it is there or its client has gone', async () => {
  places = createPlaces(2);
  const whole = await open(`${head}content-length: 4\r\n\r\n12`);
  const gone = await open(`${head}content-length: 4\r\n\r\n12`);
  await untilTaken(2);
  const refused = await (await open(`${head}content-length: 1\r\n\r\n1`)).answer();
  expect(refused).toMatch(/^HTTP\/1\.1 503 .*connection: close/is);
  expect(refused).toContain('OVERLOADED');
  gone.socket.destroy();
  await untilTaken(1);
  whole.socket.write('34');
  expect(await whole.answer()).toMatch(/^HTTP\/1\.1 200 .*\{"bytes":4,"taken":0\}/is);
});

it('cuts a body that is not there in its time, however steadily it comes', async () => {
  places = createPlaces(2);
  withinMs = 100;
  const { socket, answer } = await open(`${head}content-length: 100000\r\n\r\n`);
  const drip = setInterval(() => socket.writable && socket.write('x'.repeat(200)), 10);
  expect(await answer()).toMatch(/^HTTP\/1\.1 408 .*connection: close/is);
  clearInterval(drip);
  await untilTaken(0);
  withinMs = 10_000;
});

it('takes no place for what has no body, or is refused by its head', async () => {
  places = createPlaces(1);
  expect(places.take('127.0.0.1')).not.toBeNull();
  const get = await open('GET / HTTP/1.1\r\nhost: a\r\napollo-require-preflight: 1\r\n\r\n');
  expect(await get.answer()).toMatch(/^HTTP\/1\.1 200 .*"bytes":0/is);
  const form = await open(
    'POST / HTTP/1.1\r\nhost: a\r\ncontent-type: text/plain\r\ncontent-length: 9\r\n\r\n',
  );
  expect(await form.answer()).toMatch(/^HTTP\/1\.1 415 /i);
});

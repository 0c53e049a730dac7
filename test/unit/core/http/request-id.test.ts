import type { IncomingMessage } from 'node:http';
import { expect, it } from '@jest/globals';
import { requestIdOf, takeRequestId } from '../../../../core/http/request-id.ts';

const request = (id?: string) =>
  ({ headers: id === undefined ? {} : { 'x-request-id': id } }) as unknown as IncomingMessage;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

it('is one for each request, also when two bring the same, and the same for each look at one', () => {
  const [first, second] = [request('proxy-12345'), request('proxy-12345')];
  expect(requestIdOf(first)).toMatch(/^proxy-12345\.[0-9a-f]{12}$/);
  expect(requestIdOf(first)).toBe(requestIdOf(first));
  expect(requestIdOf(second)).not.toBe(requestIdOf(first));
  const bare = request();
  expect(requestIdOf(bare)).toMatch(uuid);
  expect(requestIdOf(bare)).toBe(requestIdOf(bare));
});

it.each(['short', 'x'.repeat(65), 'a b c d e f', 'line\nbreak-1', '<script>', '', 'número-1'])(
  'keeps nothing of %j',
  (given) => {
    expect(requestIdOf(request(given))).toMatch(uuid);
  },
);

it('is taken from the gateway as it is', () => {
  const fromGateway = request(requestIdOf(request('x'.repeat(64))));
  takeRequestId(fromGateway);
  expect(requestIdOf(fromGateway)).toBe(fromGateway.headers['x-request-id']);
  const forged = request('<script>alert(1)</script>');
  takeRequestId(forged);
  expect(requestIdOf(forged)).toMatch(uuid);
});

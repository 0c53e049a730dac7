import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../../../core/log.ts';
import { withinBudget } from '../../../../core/resilience/budget.ts';
import { createHttpTransport } from '../../../../gateway/transport/http.ts';
import type { GatewayRequest } from '../../../../gateway/transport/transport.ts';
import { type FaultyProxy, faults, startFaultyProxy } from '../../../support/faulty-proxy.ts';
import { openTinyGateway, type TinyGateway } from '../../../support/tiny-gateway.ts';

let tiny: TinyGateway;
let proxy: FaultyProxy;
beforeAll(async () => {
  tiny = await openTinyGateway();
  proxy = await startFaultyProxy(tiny.url);
});
afterAll(async () => {
  await proxy.close();
  await tiny.close();
});

const request: GatewayRequest = {
  context: null,
  headers: {},
  requestId: 'r',
  signal: new AbortController().signal,
  log: silentLog,
};

function sending(kind: 'query' | 'mutation', timeoutMs = 10_000) {
  const transport = createHttpTransport({
    urls: { words: proxy.url },
    secret: null,
    guard: { timeoutMs, breakAfter: 100 },
  });
  const text = kind === 'query' ? '{ hello }' : 'mutation { bump }';
  return transport.prepare('words', { text, kind });
}

const quick = faults.filter((fault) => fault !== 'slow' && fault !== 'hanging');

describe('operations over HTTP', () => {
  it.each(quick)('are tried once more when a subgraph is %s, if they only read', async (fault) => {
    proxy.fault = fault;
    proxy.count = 0;
    await expect(sending('query')({}, request)).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(proxy.count).toBe(2);
    proxy.count = 0;
    await expect(sending('mutation')({}, request)).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(proxy.count).toBe(1);
    proxy.fault = null;
    expect(await sending('query')({}, request)).toEqual({ data: { hello: 'hello you' } });
  });

  it('that hang are given up at their limit or the budget, and not repeated', async () => {
    proxy.fault = 'hanging';
    proxy.count = 0;
    await expect(sending('query', 150)({}, request)).rejects.toMatchObject({ code: 'TIMEOUT' });
    const inBudget = withinBudget(20, () => sending('query')({}, request));
    await expect(inBudget).rejects.toMatchObject({ code: 'TIMEOUT' });
    // On a busy machine the budget may end before a request is sent.
    expect(proxy.count).toBeLessThanOrEqual(2);
    proxy.fault = null;
  });
});

import { describe, expect, it } from '@jest/globals';
import { mayReceive } from '../../../../subgraphs/integrations/delivery/public-address.rules.ts';
import { pauseOfDelivery, pauseOfEndpoint } from '../../../../subgraphs/integrations/delivery/retry.rules.ts';
import { checkUrl } from '../../../../subgraphs/integrations/endpoint/endpoint-problems.ts';
import { webhookRulesFor } from '../../../../subgraphs/shared/webhook-rules.ts';

const production = webhookRulesFor({ isProduction: true });
const development = webhookRulesFor({ isProduction: false });

describe('an address', () => {
  it.each([
    '93.184.215.14',
    '1.1.1.1',
    '172.32.0.1',
    '192.167.1.1',
    '2606:2800:21f:cb07:6820:80da:af6b:8b2c',
  ])('%s may receive', (address) => expect(mayReceive(address, production)).toBe(true));

  it.each([
    ...['127.0.0.1', '127.255.0.9', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...[
      '169.254.169.254',
      '100.64.0.1',
      '192.0.0.8',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '240.0.0.1',
    ],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fd12:3456::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:93.184.215.14',
    ],
    ...['::127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001::1', '2001:db8::1', 'fec0::1', '100::1'],
    ...['', 'localhost', '127.1', '1.2.3', 'fe80::1%eth0'],
  ])('%s may not', (address) => expect(mayReceive(address, production)).toBe(false));

  it('of this machine may receive outside production, and no other private one', () => {
    const may = (address: string) => mayReceive(address, development);
    expect(['127.0.0.1', '127.8.8.8', '::1'].map(may)).toEqual([true, true, true]);
    expect(['10.0.0.1', '169.254.169.254', '::ffff:127.0.0.1', 'fe80::1', '0.0.0.0'].map(may)).toEqual(
      Array(5).fill(false),
    );
  });
});

describe('the URL of an endpoint', () => {
  const hosts: Readonly<Record<string, readonly string[]>> = {
    'good.example': ['93.184.215.14', '2606:2800::1'],
    'inside.example': ['10.1.2.3'],
    'both.example': ['93.184.215.14', '127.0.0.1'],
    localhost: ['127.0.0.1', '::1'],
  };
  const resolve = async (host: string) => {
    const found = hosts[host];
    if (found === undefined) throw new Error('ENOTFOUND');
    return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  const check = (url: string, rules = production) => checkUrl(url, rules, resolve);

  it.each([
    ['https://good.example', 'https://good.example/'],
    ['https://good.example:8443/a?b=c#d', 'https://good.example:8443/a?b=c'],
    ['HTTPS://GOOD.EXAMPLE/x', 'https://good.example/x'],
    ['https://93.184.215.14/x', 'https://93.184.215.14/x'],
  ])('%s is kept as %s', async (given, kept) => expect(await check(given)).toEqual({ url: kept }));

  it.each([
    ['http://good.example/', 'HTTPS_REQUIRED'],
    ['ftp://good.example/', 'URL_INVALID'],
    ['javascript:alert(1)', 'URL_INVALID'],
    ['good.example/hook', 'URL_INVALID'],
    ['/hook', 'URL_INVALID'],
    ['', 'URL_INVALID'],
    ['https://user:secret@good.example/', 'URL_INVALID'],
    ['https://user@good.example/', 'URL_INVALID'],
    [`https://good.example/${'a'.repeat(2_000)}`, 'URL_INVALID'],
    ['https://good.example/è'.padEnd(1_000, 'è'), 'URL_INVALID'],
    ['https://127.0.0.1/', 'URL_NOT_PUBLIC'],
    ['https://127.1/', 'URL_NOT_PUBLIC'],
    ['https://2130706433/', 'URL_NOT_PUBLIC'],
    ['https://0x7f.0.0.1/', 'URL_NOT_PUBLIC'],
    ['https://[::1]/', 'URL_NOT_PUBLIC'],
    ['https://[::ffff:10.0.0.1]/', 'URL_NOT_PUBLIC'],
    ['https://169.254.169.254/latest/meta-data/', 'URL_NOT_PUBLIC'],
    ['https://localhost/', 'URL_NOT_PUBLIC'],
    ['https://inside.example/', 'URL_NOT_PUBLIC'],
    ['https://both.example/', 'URL_NOT_PUBLIC'],
    ['https://nowhere.example/', 'URL_UNKNOWN_HOST'],
  ])('%s is refused', async (given, code) => expect(await check(given)).toEqual({ code }));

  it('may be of this machine outside production', async () => {
    expect(await check('http://localhost:3000/hook', development)).toEqual({
      url: 'http://localhost:3000/hook',
    });
    expect(await check('http://10.0.0.1/hook', development)).toEqual({ code: 'URL_NOT_PUBLIC' });
  });
});

describe('pauses', () => {
  it('grow, and the attempts of a delivery reach over 48 hours', () => {
    const pauses = Array.from({ length: 16 }, (_, index) => pauseOfDelivery(index + 1, 0));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.slice(0, 4)).toEqual([5_000, 30_000, 120_000, 600_000]);
    const hours = pauses.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(48);
    expect(pauseOfDelivery(1, 1)).toBe(5_500);
  });

  it('of an endpoint begin at the fifth failure in a row and end at five minutes', () => {
    expect([1, 4, 5, 6, 7, 11, 12, 1_000].map(pauseOfEndpoint)).toEqual([
      0, 0, 5_000, 10_000, 20_000, 300_000, 300_000, 300_000,
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { createLog } from '../../../../../core/log.ts';
import { readHeads } from '../../../../../subgraphs/shared/audit/read-heads.ts';

const head = {
  chain: '0b6c1f2e-3a4d-4e5f-8a9b-0c1d2e3f4a5b',
  sequence: 4711,
  hash: '0123456789abcdef'.repeat(4),
};
let line = '';
createLog((text) => {
  line = text;
}).info('audit.head', head);

async function headsOf(...lines: readonly string[]) {
  const noted = readHeads(
    (async function* () {
      yield* lines;
    })(),
  );
  const heads = [];
  for await (const one of noted.heads) heads.push(one);
  return { heads, unreadable: noted.unreadable };
}

describe('ends of chains in a log', () => {
  it.each<[string, string]>([
    ['as it was written', line],
    ['behind a prefix of syslog', `Nov 27 10:00:00 town school[1234]: ${line}`],
    ['behind one of RFC 5424', `<30>1 2026-11-27T09:00:00.003Z town school 1234 - - ${line}`],
    ['behind one of journald', `nov 27 10:00:00 town node[1234]: ${line}`],
    ['as journald exports it', JSON.stringify({ __CURSOR: 's=1', MESSAGE: line, PRIORITY: '6' })],
    [
      'as Docker keeps it',
      JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: '2026-11-27T09:00:00Z' }),
    ],
    ['as Kubernetes keeps it', `2026-11-27T09:00:00.000000000Z stderr F ${line}`],
    ['as a collector wrapped it twice', JSON.stringify({ message: JSON.stringify({ log: line }) })],
    ['with something behind it', `${line} \r`],
    ['indented', `  ${line}`],
  ])('are read %s', async (_, text) => {
    expect(await headsOf(text)).toEqual({ heads: [head], unreadable: 0 });
  });

  it('are read among all other lines, and lines that were cut are counted', async () => {
    const other = line.replace('audit.head', 'audit.unkept');
    expect(await headsOf(other, '', 'audit.head', line.slice(0, 120), line, 'x')).toEqual({
      heads: [head],
      unreadable: 1,
    });
  });

  it('are read in time of lines that are made to be slow', async () => {
    const slow = `"audit.head" ${'\\'.repeat(200_000)}"chain${'\\'.repeat(200_000)}`;
    expect(await headsOf(slow)).toEqual({ heads: [], unreadable: 1 });
  });
});

import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createId } from '../../../../core/ids.ts';
import {
  type AuditTown,
  auditSecret,
  auditEvent as event,
  openAuditTown,
} from '../../../support/audit-town.ts';

const [luca, sofia] = [createId('Child', 1001), createId('Child', 1002)];
const other = 'b'.repeat(32);
const changed = 'the link was changed';

let town: AuditTown;
beforeEach(async () => {
  town = await openAuditTown();
});
afterEach(() => town.close());

/** A chain whose links are: 1 its beginning, then three requests. */
async function chainOfThree(secrets?: readonly [string, ...string[]]): Promise<string> {
  const before = new Set((await town.rows()).map(({ chain }) => chain));
  const trail = town.open(secrets);
  for (const id of ['r1', 'r2', 'r3'])
    trail.record(event(id, { subjectIds: [luca, createId('Invoice', 2020, 1)] }));
  await trail.close();
  return (await town.rows()).find(({ chain }) => !before.has(chain))?.chain ?? '';
}
const faultsOf = async (heads?: ReturnType<AuditTown['heads']>) =>
  (await town.verify(heads)).faults.map(({ chain, sequence, what }) => [chain, sequence, what]);

/** A chain as processes made them before there were keys. */
async function formerChain(events: readonly object[], chain: string = randomUUID()): Promise<string> {
  const sha256 = (previous: string, text: string) =>
    createHash('sha256').update(`${previous}\n${text}`).digest('hex');
  let hash = sha256('', chain);
  for (const [position, one] of events.entries()) {
    const at = '2026-09-01T08:00:00.000Z';
    const actor = { kind: 'citizen', id: 'citizen-1' };
    const text = JSON.stringify({ at, requestId: 'r', actor, level: 2, outcome: 'refused', ...one });
    hash = sha256(hash, text);
    await town.owner.query(
      'INSERT INTO audit_event (chain, sequence, at, actor_id, event, hash) VALUES ($1, $2, $3, $4, $5, $6)',
      [chain, position + 1, at, actor.id, text, hash],
    );
  }
  return chain;
}
const did = (...subjectIds: string[]) => ({ did: [{ action: 'Child.read', subjectIds }] });

describe('a chain that was tampered with', () => {
  it.each<[string, string, readonly [number, string][]]>([
    ['an event', `SET event = replace(event, '"level":2', '"level":3') WHERE sequence = 3`, [[3, changed]]],
    [
      'the first link',
      `SET event = replace(event, '"anchors":[]', '"anchors": []') WHERE sequence = 1`,
      [[1, changed]],
    ],
    ['the actor beside an event', `SET actor_id = 'citizen-2' WHERE sequence = 2`, [[2, changed]]],
    ['the actor to nobody', `SET actor_id = NULL WHERE sequence = 2`, [[2, changed]]],
    ['the time beside an event', `SET at = at + interval '1 ms' WHERE sequence = 4`, [[4, changed]]],
    [
      'a hash',
      `SET hash = repeat('0', 64) WHERE sequence = 2`,
      [
        [2, changed],
        [3, changed],
      ],
    ],
    ['an event into what is no JSON', `SET event = event || '}' WHERE sequence = 2`, [[2, changed]]],
    ['an event into null', `SET event = 'null' WHERE sequence = 2`, [[2, changed]]],
    ['the place of a link', `SET sequence = 9 WHERE sequence = 4`, [[9, 'link 4 is missing']]],
  ])('is found: %s', async (_, change, faults) => {
    const chain = await chainOfThree();
    await town.tamper(`UPDATE audit_event ${change}`);
    const found = (await faultsOf()).filter(([, , what]) => !String(what).startsWith('audit_child'));
    expect(found).toEqual(faults.map(([sequence, what]) => [chain, sequence, what]));
  });

  it('is found where a link was taken out', async () => {
    const chain = await chainOfThree();
    await town.tamper('DELETE FROM audit_event WHERE sequence = 3');
    expect(await faultsOf()).toEqual(expect.arrayContaining([[chain, 4, 'link 3 is missing']]));
  });

  it('is found where the first link was taken out', async () => {
    const chain = await chainOfThree();
    await town.tamper('DELETE FROM audit_event WHERE sequence = 1');
    expect(await faultsOf()).toEqual(expect.arrayContaining([[chain, 2, 'link 1 is missing']]));
  });

  it('is found by the log where its end was cut off, or stands for another', async () => {
    const chain = await chainOfThree();
    const heads = town.heads();
    expect(await faultsOf(heads)).toEqual([]);
    await town.tamper('DELETE FROM audit_child WHERE sequence = 4');
    await town.tamper('DELETE FROM audit_event WHERE sequence = 4');
    expect(await faultsOf()).toEqual([]);
    expect(await faultsOf(heads)).toEqual([[chain, 4, 'the log noted a link that is not there']]);
    const end = heads.map((head) => ({ ...head, sequence: 3, hash: 'f'.repeat(64) }));
    expect(await faultsOf(end)).toEqual([[chain, 3, 'the link is not the one that the log noted']]);
    expect(await faultsOf([{ chain: randomUUID(), sequence: 1, hash: 'f'.repeat(64) }])).toHaveLength(1);
  });

  it('is found by a later chain where its end or all of it was taken away', async () => {
    const first = await chainOfThree();
    await chainOfThree();
    await town.tamper('DELETE FROM audit_child WHERE chain = $1 AND sequence = 4', [first]);
    await town.tamper('DELETE FROM audit_event WHERE chain = $1 AND sequence = 4', [first]);
    const what = 'another chain noted a link that is not there';
    expect(await faultsOf()).toEqual([[first, 4, what]]);
    await town.tamper('DELETE FROM audit_child WHERE chain = $1', [first]);
    await town.tamper('DELETE FROM audit_event WHERE chain = $1', [first]);
    expect(await faultsOf()).toEqual([[first, 4, what]]);
  });

  it('is found when it is a copy under another name', async () => {
    const chain = await chainOfThree();
    const copy = randomUUID();
    await town.tamper(
      `INSERT INTO audit_event SELECT $1, sequence, at, actor_id, event, hash FROM audit_event WHERE chain = $2`,
      [copy, chain],
    );
    expect(await faultsOf()).toEqual(expect.arrayContaining([[copy, 1, changed]]));
  });

  it('is found when it was hashed anew by somebody without the key', async () => {
    const chain = await chainOfThree();
    const events = (await town.rows()).map(({ event: text }) =>
      text.replaceAll('Invoice.read', 'Child.read'),
    );
    await town.tamper('DELETE FROM audit_event');
    let hash = createHash('sha256').update(`\n${chain}`).digest('hex');
    for (const [position, text] of events.entries()) {
      hash = createHash('sha256').update(`${hash}\n${text}`).digest('hex');
      await town.owner.query(
        `INSERT INTO audit_event SELECT $1, $2, ($3::jsonb->>'at')::timestamptz, $3::jsonb->'actor'->>'id', $3, $4`,
        [chain, position + 1, text, hash],
      );
    }
    expect((await faultsOf()).filter(([, , what]) => what === changed)).toHaveLength(4);
    // Nor does it help to say that it is of before there were keys.
    await town.tamper('DELETE FROM audit_event');
    await town.tamper('DELETE FROM audit_child');
    await formerChain([did(luca)], chain);
    expect(await faultsOf()).toEqual([
      [chain, 1, 'the chain has no key from here on, and no chain with a key knows of it'],
    ]);
  });

  it.each<[string, string]>([
    ['a child’s log says otherwise', `UPDATE audit_child SET actor_id = 'citizen-2' WHERE sequence = 3`],
    ['a child’s log says another day', `UPDATE audit_child SET day = day + 1 WHERE sequence = 3`],
    ['a child’s log says refused', `UPDATE audit_child SET is_refused = true WHERE sequence = 3`],
    [
      'a child’s log says what else was done',
      `UPDATE audit_child SET actions = '{Child.read}' WHERE sequence = 3`,
    ],
    ['a child’s log lacks somebody', `DELETE FROM audit_child WHERE sequence = 3`],
    [
      'a child’s log names somebody who did not look',
      `INSERT INTO audit_child SELECT chain, 3, 'x', day, actor_kind, actor_id, relation, is_refused, actions, times
       FROM audit_child WHERE sequence = 2`,
    ],
  ])('is found when %s', async (_, change) => {
    const chain = await chainOfThree();
    await town.tamper(change);
    expect(await faultsOf()).toEqual([[chain, 3, 'what audit_child says of the link is not what it says']]);
  });

  it.each([randomUUID(), '00000000-0000-0000-0000-000000000001', 'ffffffff-ffff-ffff-ffff-ffffffffffff'])(
    'is found when a child’s log names a link of a chain %s that there is not',
    async (chain) => {
      await chainOfThree();
      await town.tamper(
        `INSERT INTO audit_child SELECT $1, sequence, child, day, actor_kind, actor_id, relation, is_refused, actions, times
         FROM audit_child WHERE sequence = 2`,
        [chain],
      );
      expect(await faultsOf()).toEqual([[chain, 2, 'audit_child has a link that is not there']]);
    },
  );
});

describe('the key of the trail', () => {
  it('can be changed: chains of before verify with the secret that they were hashed with', async () => {
    const old = await chainOfThree();
    const fresh = await chainOfThree([other, auditSecret]);
    expect(await town.verify([], [other, auditSecret])).toMatchObject({ chains: 2, events: 6, faults: [] });
    const without = await town.verify([], [other]);
    expect(without.faults).toEqual([
      {
        chain: old,
        sequence: 1,
        what: expect.stringMatching(/^the chain is of the key [\da-f]{16}, which was not given$/),
      },
    ]);
    expect((await town.verify([], null)).faults.map(({ chain }) => chain).sort()).toEqual(
      [old, fresh].sort(),
    );
  });

  it('is never in the trail or the log', async () => {
    await chainOfThree();
    expect(JSON.stringify([await town.rows(), town.lines])).not.toContain(auditSecret);
  });
});

describe('a trail of before there were keys', () => {
  it('is believed as far as the first chain with a key wrote it down', async () => {
    const chains = [];
    for (let n = 0; n < 70; n++) chains.push(await formerChain([did(luca), did(sofia)]));
    expect((await town.verify()).faults).toHaveLength(70);
    await town.open().close();
    expect(await town.verify()).toMatchObject({ chains: 71, events: 140, faults: [] });
    // Longer afterwards, without a key.
    const [first = ''] = chains;
    const { hash } = (await town.rows()).filter(({ chain }) => chain === first).at(-1) ?? { hash: '' };
    const text = JSON.stringify({
      at: '2026-09-01T08:00:00.000Z',
      actor: { kind: 'citizen', id: 'x' },
      did: [],
    });
    await town.owner.query('INSERT INTO audit_event SELECT $1, 3, $2, $3, $4, $5', [
      first,
      '2026-09-01T08:00:00.000Z',
      'x',
      text,
      createHash('sha256').update(`${hash}\n${text}`).digest('hex'),
    ]);
    expect(await faultsOf()).toEqual([
      [first, 3, 'the chain has no key from here on, and no chain with a key knows of it'],
    ]);
  });

  it('of which a chain was taken away later lacks it', async () => {
    const former = await formerChain([did(luca)]);
    await town.open().close();
    await town.tamper('DELETE FROM audit_event WHERE chain = $1', [former]);
    expect(await faultsOf()).toEqual([[former, 1, 'another chain noted a link that is not there']]);
  });

  it('stays readable whatever clients wrote into it, and it is told where they did', async () => {
    const former = await formerChain([
      did(luca),
      did('RSSCLD84C52A794Q', 'whVmK2psaVGyU7kNp9Wnt6'),
      did('\u0000'),
      did('\ud800', 'a\\u0000b'),
      did('Mario Rossi', createId('Invoice', 2020, 1)),
    ]);
    await town.open().close();
    const { faults, remarks } = await town.verify();
    expect(faults).toEqual([]);
    const unreadable = 'letters that jsonb does not take: read it as audit_json(event)';
    expect(remarks).toEqual([
      { chain: former, sequence: 2, what: '1 texts of a client in place of ids' },
      { chain: former, sequence: 3, what: `1 texts of a client in place of ids; ${unreadable}` },
      { chain: former, sequence: 4, what: `2 texts of a client in place of ids; ${unreadable}` },
      { chain: former, sequence: 5, what: '1 texts of a client in place of ids' },
    ]);
    await expect(town.owner.query('SELECT event::jsonb FROM audit_event')).rejects.toThrow(
      /\\u0000|surrogate|Unicode/,
    );
    const readable = await town.service.query(
      `SELECT event->'did'->0->'subjectIds'->>0 AS first FROM audit_readable WHERE chain = $1 ORDER BY sequence`,
      [former],
    );
    expect(readable).toEqual([
      { first: luca },
      { first: 'RSSCLD84C52A794Q' },
      { first: '\ufffd' },
      { first: '\ufffd' },
      { first: 'Mario Rossi' },
    ]);
  });
});

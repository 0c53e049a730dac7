import { describe, expect, it } from '@jest/globals';
import type { AuditEvent } from '../../../../../core/audit.ts';
import { createId } from '../../../../../core/ids.ts';
import { createAuditKeys } from '../../../../../subgraphs/shared/audit/audit-keys.ts';
import { gatherRequests } from '../../../../../subgraphs/shared/audit/merge-events.ts';
import { type NotedEvent, noteEvent } from '../../../../../subgraphs/shared/audit/noted-event.ts';
import { RepeatedEvents } from '../../../../../subgraphs/shared/audit/repeated-events.ts';

const { mark } = createAuditKeys(['a'.repeat(32)]).current;
const start = Date.parse('2026-10-15T07:00:00Z');
let requests = 0;

function event(more: Partial<AuditEvent> = {}, atMs = 0): NotedEvent {
  requests++;
  const [noted] = noteEvent(
    {
      action: 'Child.read',
      outcome: 'refused',
      actor: { kind: 'citizen', id: 'citizen-1' },
      level: 2,
      subjectIds: [],
      requestId: 'request',
      auditId: `request-${requests}`,
      ...more,
    },
    new Date(start + atMs).toISOString(),
    mark,
  );
  if (noted === undefined) throw new Error('One event was expected.');
  return noted;
}
const invoice = (number: number) => createId('Invoice', 2020, number);
const anonymous = { kind: 'anonymous', id: null };

describe('what one caller repeats', () => {
  it('is kept at once the first time, and as one after ten seconds', () => {
    const repeated = new RepeatedEvents(mark);
    const first = event({ subjectIds: [invoice(1)] });
    expect(repeated.add(first, 0)).toEqual([first]);
    for (let second = 1; second < 10; second++)
      expect(
        repeated.add(event({ subjectIds: [invoice(second + 1)] }, second * 1_000), second * 1_000),
      ).toEqual([]);
    expect(repeated.isDue(9_999)).toBe(false);
    expect(repeated.takeDue(9_999)).toEqual([]);
    expect(repeated.isDue(10_000)).toBe(true);
    expect(repeated.takeDue(10_000)).toMatchObject([
      {
        at: '2026-10-15T07:00:01.000Z',
        until: '2026-10-15T07:00:09.000Z',
        did: [{ action: 'Child.read', times: 9, ids: [2, 3, 4, 5, 6, 7, 8, 9, 10].map(invoice) }],
      },
    ]);
    // As long as it goes on, one each ten seconds.
    expect(repeated.add(event({}, 11_000), 11_000)).toEqual([]);
    expect(repeated.takeDue(20_000)).toMatchObject([{ did: [{ times: 1 }] }]);
    expect(repeated.takeDue(30_000)).toEqual([]);
    expect(repeated.add(event({}, 31_000), 31_000)).toHaveLength(1);
  });

  it('is few events whatever it is and however often it comes', () => {
    const repeated = new RepeatedEvents(mark);
    const kept: NotedEvent[] = [];
    for (let n = 0; n < 20_000; n++) {
      const subjectIds = Array.from({ length: 20 }, (_, k) => (n % 2 ? `${n} ${k}` : invoice(n * 20 + k)));
      kept.push(...repeated.add(event({ subjectIds, actor: anonymous }), n), ...repeated.takeDue(n));
    }
    kept.push(...repeated.takeAll());
    expect(kept).toHaveLength(3);
    const sum = (of: (did: NotedEvent['did'][number]) => number) =>
      kept.flatMap(({ did }) => did).reduce((total, did) => total + of(did), 0);
    expect(sum(({ times }) => times)).toBe(20_000);
    expect(sum(({ ids, others }) => ids.length + others.count)).toBe(400_000);
    expect(JSON.stringify(kept).length).toBeLessThan(6_000);
  });

  it('is gathered for each caller apart, and for each of its actions', () => {
    const repeated = new RepeatedEvents(mark);
    for (const [position, id] of ['citizen-1', 'citizen-2'].entries()) {
      const actor = { kind: 'citizen', id };
      expect(repeated.add(event({ actor }), position)).toHaveLength(1);
      repeated.add(event({ actor, action: 'Debt.read' }), position);
      repeated.add(event({ actor, action: 'Debt.read' }), position);
      repeated.add(event({ actor }), position);
    }
    expect(repeated.add(event({ actor: { kind: 'machine', id: 'citizen-1' } }), 3)).toHaveLength(1);
    expect(
      repeated.takeAll().map(({ actor, did }) => [actor.id, did.map((d) => [d.action, d.times])]),
    ).toEqual([
      [
        'citizen-1',
        [
          ['Debt.read', 2],
          ['Child.read', 1],
        ],
      ],
      [
        'citizen-2',
        [
          ['Debt.read', 2],
          ['Child.read', 1],
        ],
      ],
    ]);
    expect(repeated.takeAll()).toEqual([]);
  });

  it('are files that are fetched too, each of which is named', () => {
    const repeated = new RepeatedEvents(mark);
    const file = (n: number) =>
      event({ action: 'Document.download', outcome: 'allowed', subjectIds: [invoice(n)] });
    expect(repeated.add(file(0), 0)).toHaveLength(1);
    const kept: NotedEvent[] = [];
    for (let n = 1; n <= 600; n++) kept.push(...repeated.add(file(n), 1), ...repeated.add(file(n), 1));
    kept.push(...repeated.takeAll());
    expect(kept.map(({ did }) => [did[0]?.times, did[0]?.ids.length])).toEqual([
      [512, 256],
      [512, 256],
      [176, 88],
    ]);
    expect(kept.flatMap(({ did }) => did[0]?.ids)).toEqual(
      Array.from({ length: 600 }, (_, n) => invoice(n + 1)),
    );
  });

  it('is not what somebody may see: that is kept as it comes', () => {
    const repeated = new RepeatedEvents(mark);
    for (let n = 0; n < 5; n++) expect(repeated.add(event({ outcome: 'allowed' }), n)).toHaveLength(1);
  });

  it('is gathered for ten thousand callers, and kept early for the oldest when there are more', () => {
    const repeated = new RepeatedEvents(mark);
    const of = (n: number) => event({ actor: { kind: 'citizen', id: `citizen-${n}` } });
    for (let n = 0; n < 10_000; n++) repeated.add(of(n), 0);
    repeated.add(of(0), 1);
    const kept = repeated.add(of(10_000), 2);
    expect(kept.map(({ actor }) => actor.id)).toEqual(['citizen-0', 'citizen-10000']);
  });
});

describe('events of requests', () => {
  it('are one for each request and outcome, whatever clients call their requests', () => {
    const [mine, theirs] = [{ auditId: 'request-a' }, { auditId: 'request-b' }];
    const gathered = gatherRequests(
      [
        event({ ...mine, outcome: 'allowed', subjectIds: [invoice(1)] }),
        event({ ...theirs, outcome: 'allowed', subjectIds: [invoice(2)] }),
        event({ ...mine, outcome: 'allowed', subjectIds: [invoice(3)] }),
        event({ ...mine, outcome: 'allowed', action: 'Debt.read' }),
        event({ ...mine, subjectIds: [invoice(4)] }),
        event({ ...mine, actor: anonymous, outcome: 'allowed' }),
      ],
      mark,
    );
    expect(
      gathered.map(({ auditId, outcome, did }) => [auditId, outcome, ...did.map((d) => [d.action, d.ids])]),
    ).toEqual([
      ['request-a', 'allowed', ['Child.read', [invoice(1), invoice(3)]], ['Debt.read', []]],
      ['request-b', 'allowed', ['Child.read', [invoice(2)]]],
      ['request-a', 'refused', ['Child.read', [invoice(4)]]],
      ['request-a', 'allowed', ['Child.read', []]],
    ]);
  });

  it('name all that was done, as several where it is much', () => {
    const ids = Array.from({ length: 1_000 }, (_, n) => invoice(n + 1));
    const events = ids.map((id) => event({ auditId: 'request-a', outcome: 'allowed', subjectIds: [id] }));
    const gathered = gatherRequests(events, mark);
    expect(gathered.length).toBeLessThanOrEqual(8);
    expect(gathered.flatMap(({ did }) => did.flatMap((one) => one.ids))).toEqual(ids);
    for (const { did } of gathered) expect(did[0]?.ids.length).toBeLessThanOrEqual(256);
  });

  it('know what the actor is to a child if one of them does', () => {
    const child = createId('Child', 1);
    const [one] = gatherRequests(
      [
        event({ auditId: 'a', subjectIds: [child] }),
        event({ auditId: 'a', subjectIds: [child], relations: { [child]: 'HOUSEHOLD' } }),
        event({ auditId: 'a', subjectIds: [child] }),
      ],
      mark,
    );
    expect(one?.did).toMatchObject([{ children: { [child]: 'HOUSEHOLD' }, times: 3 }]);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { AuditEvent } from '../../../../../core/audit.ts';
import { createId } from '../../../../../core/ids.ts';
import { createAuditKeys } from '../../../../../subgraphs/shared/audit/audit-keys.ts';
import { noteEvent } from '../../../../../subgraphs/shared/audit/noted-event.ts';

const { mark } = createAuditKeys(['a'.repeat(32)]).current;
const uuid = '0b6c1f2e-3a4d-4e5f-8a9b-0c1d2e3f4a5b';
const at = '2026-10-15T07:00:00.000Z';
const refused = (subjectIds: readonly string[], more: Partial<AuditEvent> = {}): AuditEvent => ({
  action: 'Child.read',
  outcome: 'refused',
  actor: { kind: 'citizen', id: 'citizen-1' },
  level: 2,
  subjectIds,
  requestId: uuid,
  auditId: uuid,
  ...more,
});
const noted = (event: AuditEvent) => noteEvent(event, at, mark);
const onlyAction = (event: AuditEvent) => {
  const [one, ...more] = noted(event);
  expect(more).toEqual([]);
  return one?.did[0];
};

describe('an event as it is noted', () => {
  it.each([
    createId('Invoice', 2020, 684),
    createId('Instalment', 2020, 684, 1),
    createId('Enrolment', 2026, 12),
    createId('Debt', 17),
    createId('Debt', 'S123'),
    createId('Practice', 'L', 12),
    createId('Practice', 'O', uuid),
    createId('Protocollo', 4711),
    createId('PracticeAttachment', uuid),
  ])('keeps the id %s of what was refused', (id) => {
    expect(onlyAction(refused([id]))).toMatchObject({
      ids: [id],
      children: {},
      others: { count: 0, marks: [] },
    });
  });

  it.each<[string, string]>([
    ['a codice fiscale', 'RSSCLD84C52A794Q'],
    ['a name', 'Mario Rossi, Via Roma 1'],
    ['nothing', ''],
    ['U+0000', '\u0000'],
    ['half of a surrogate pair', '\ud800'],
    ['a line break', `${createId('Invoice', 2020, 684)}\n`],
    ['an id with something appended', `${createId('Invoice', 2020, 684)}=`],
    ['an id with something before it', ` ${createId('Invoice', 2020, 684)}`],
    ['an id of a codice fiscale', createId('Invoice', 'RSSCLD84C52A794Q')],
    ['an id with a codice fiscale among its parts', createId('Invoice', 2020, 'RSSCLD84C52A794Q')],
    ['an id of a partita IVA', createId('Debt', '03123450169')],
    ['an id with words', createId('Practice', 'O', 'Mario Rossi')],
    ['an id of many parts', createId('Invoice', 1, 2, 3, 4)],
    ['an id of a type that somebody thought up', createId('MarioRossiViaRoma', 1)],
    ['a citizen', 'whVmK2psaVGyU7kNp9Wnt6'],
    ['a template, which may have any name', createId('PracticeTemplate', 'RSSCLD84C52A794Q')],
    ['a long text', 'x'.repeat(250_000)],
    ['an id of a long number', createId('Invoice', '9'.repeat(100))],
    ['a child of a long key', createId('Child', 'x'.repeat(33))],
    ['a child of two keys', createId('Child', 1, 2)],
    ['a child whose key is a sentence', createId('Child', 'Mario Rossi')],
  ])('keeps of %s that was sent in place of an id its mark only', (_, text) => {
    const [event] = noted(refused([text]));
    expect(event?.did).toEqual([
      {
        action: 'Child.read',
        times: 1,
        ids: [],
        children: {},
        isAboutActor: false,
        others: { count: 1, marks: [mark(text)] },
      },
    ]);
    const kept = JSON.stringify(event);
    if (text.length > 3) expect(kept).not.toContain(text);
    expect(kept.length).toBeLessThan(400);
  });

  it('sets children apart, whose names are decided when they are kept', () => {
    const [luca, sofia] = [createId('Child', 1001), createId('Child', 'A-7')];
    expect(onlyAction(refused([luca, sofia, luca], { relations: { [luca]: 'APPLICANT' } }))).toMatchObject({
      ids: [],
      children: { [luca]: 'APPLICANT', [sofia]: null },
    });
  });

  it('sets the actor themselves apart', () => {
    const event = refused(['citizen-1', createId('Invoice', 2020, 684)], { outcome: 'allowed' });
    expect(onlyAction(event)).toMatchObject({ ids: [createId('Invoice', 2020, 684)], isAboutActor: true });
  });

  it('keeps 32 ids and 8 marks of what was refused, and counts the rest', () => {
    const ids = Array.from({ length: 5_000 }, (_, number) => createId('Invoice', 2020, number + 1));
    const texts = Array.from({ length: 5_000 }, (_, number) => `text ${number}`);
    const some = onlyAction(refused(ids));
    expect(some?.ids).toEqual(ids.slice(0, 32));
    expect(some?.others).toEqual({ count: 5_000 - 32, marks: ids.slice(32, 40).map(mark) });
    expect(onlyAction(refused(texts))?.others).toEqual({ count: 5_000, marks: texts.slice(0, 8).map(mark) });
    expect(JSON.stringify(noted(refused([...ids, ...texts]))).length).toBeLessThan(2_000);
  });

  it('keeps all ids of what was done, as several events where they are many', () => {
    const ids = Array.from({ length: 600 }, (_, number) => createId('Invoice', 2020, number + 1));
    const events = noted(refused(ids, { outcome: 'allowed' }));
    expect(events.map(({ did }) => did[0]?.ids.length)).toEqual([256, 256, 88]);
    expect(events.flatMap(({ did }) => did[0]?.ids)).toEqual(ids);
  });

  it('keeps nothing of a long address of a document that was fetched', () => {
    const id = createId(
      'InvoiceList',
      createId('Child', 1),
      JSON.stringify({ status: Array(10_000).fill('PAID') }),
    );
    const event = onlyAction(refused([id], { outcome: 'allowed', action: 'Document.download' }));
    expect(event).toMatchObject({ ids: [], others: { count: 1, marks: [mark(id)] } });
  });

  it.each([
    [uuid, uuid],
    [uuid.replaceAll('-', ''), uuid.replaceAll('-', '')],
    ['RSSCLD84C52A794Q', null],
    ['Mario.Rossi', null],
    [`${uuid}x`, null],
    ['deadbeef', null],
  ])('keeps the request id %s as %s', (requestId, kept) => {
    expect(noted(refused([], { requestId }))[0]?.requestId).toBe(kept);
  });

  it("keeps a program's name, and the mark of one that is long or strange", () => {
    const actorOf = (id: string) => noted(refused([], { actor: { kind: 'machine', id } }))[0]?.actor;
    expect(actorOf('https://integrator.example.it/app-1')).toEqual({
      kind: 'machine',
      id: 'https://integrator.example.it/app-1',
    });
    for (const id of ['a\u0000b', 'x'.repeat(129), 'line\nbreak', ''])
      expect(actorOf(id)).toEqual({ kind: 'machine', id: mark(id) });
  });

  it('looks at a thousand of the most texts that a request can send', () => {
    const most = Array.from({ length: 10_000 }, (_, n) => createId('Invoice', 'RSSCLD84C52A794Q', n));
    let looked = 0;
    const counting = new Proxy(most, {
      get: (target, name, receiver) => {
        if (typeof name === 'string' && /^\d+$/.test(name)) looked++;
        return Reflect.get(target, name, receiver);
      },
    });
    expect(onlyAction(refused(counting))?.others.count).toBe(10_000);
    expect(looked).toBeLessThanOrEqual(1_001);
  });
});

describe('the keys of the trail', () => {
  it('hash as HMAC-SHA256 of keys that are derived from the secret', () => {
    const { current } = createAuditKeys(['a'.repeat(32)]);
    expect(current.id).toBe('3f8191aaf4c301c2');
    expect(current.hash('', 'chain')).toBe(
      '402d4fcd4a3269a8802610bdd2685cdc671b557beafe6dc8b0d25037fca6be61',
    );
    expect(current.mark('RSSCLD84C52A794Q')).toBe('my5WHdigj5T7iUWevD2-zX');
  });

  it('are the first secret’s for new chains, and found by their name for all', () => {
    const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
    const keys = createAuditKeys([b, a]);
    expect(keys.current.id).toBe(createAuditKeys([b]).current.id);
    expect(keys.byId(createAuditKeys([a]).current.id)?.hash('', 'x')).toBe(
      createAuditKeys([a]).current.hash('', 'x'),
    );
    expect(keys.byId('0'.repeat(16))).toBeNull();
    expect(JSON.stringify(keys)).not.toContain('b'.repeat(32));
  });
});

import { describe, expect, it } from '@jest/globals';
import { toInstant } from '../../../../core/values/index.ts';
import type { EntryKey } from '../../../../legacy/ports/keys.ts';
import type { EntryProgress, IntegrationRequestRecord } from '../../../../legacy/ports/practices.port.ts';
import { changeOf, type Known, nextLook } from '../../../../subgraphs/practices/registration/follow.rules.ts';
import {
  daysOfEntry,
  retryAt,
  subjectOf,
} from '../../../../subgraphs/practices/registration/registration.rules.ts';
import { entryOf } from '../../../../subgraphs/practices/registration/registration.ts';

const at = new Date('2026-10-15T07:00:00Z');
const later = (ms: number) => new Date(at.getTime() + ms);
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

describe('an entry', () => {
  it('has a subject that ends with its reference, however long the title is', () => {
    const filed = { kind: 'FILING', title: 'Modello Iscrizione Mensa', reference: '7F3KQ2M9XA4T' } as const;
    expect(subjectOf(filed, null)).toBe('Modello Iscrizione Mensa - Rif. 7F3KQ2M9XA4T');
    expect(subjectOf({ ...filed, kind: 'WITHDRAWAL' }, { number: 5_001, year: 2026 })).toBe(
      'Ritiro: Modello Iscrizione Mensa (prot. n. 5001/2026) - Rif. 7F3KQ2M9XA4T',
    );
    const long = subjectOf({ ...filed, title: 'x'.repeat(1_000) }, null);
    expect(long.length).toBeLessThan(300);
    expect(long).toMatch(/… - Rif. 7F3KQ2M9XA4T$/);
  });

  it('is looked for on every day on which it can have been made, over the turn of the year', () => {
    expect(daysOfEntry(new Date('2026-12-31T22:59:00Z'), new Date('2026-12-31T23:01:00Z'))).toEqual({
      from: '2026-12-30',
      to: '2027-01-02',
    });
  });

  it('is known once all of it is stored', () => {
    const stored = { entryKey: 'P1' as EntryKey, entryNumber: 5_001, entryYear: 2026, entryRegisteredAt: at };
    const of = (change: object) => entryOf({ submission: { ...stored, ...change } as never });
    expect(of({})).toEqual({ key: 'P1', number: 5_001, year: 2026, registeredAt: toInstant(at) });
    for (const name of Object.keys(stored)) expect([name, of({ [name]: null })]).toEqual([name, null]);
  });

  it('is tried again ever later: minutes while the protocol register is away, up to an hour while it refuses', () => {
    const waits = (kind: 'unavailable' | 'rejected') =>
      [1, 2, 5, 10, 1_000].map((failures) => retryAt(at, failures, kind).getTime() - at.getTime());
    expect(waits('unavailable')).toEqual([2 * second, 4 * second, 32 * second, 5 * minute, 5 * minute]);
    expect(waits('rejected')).toEqual([5 * minute, 5 * minute, 5 * minute, 1_024_000, hour]);
  });
});

const request = (sequence: number): IntegrationRequestRecord => ({
  sequence,
  requestedAt: toInstant(at),
  message: `Richiesta ${sequence}`,
  dueOn: null,
  attachments: [],
});
const progress = (status: EntryProgress['status'], more: Partial<EntryProgress> = {}): EntryProgress => ({
  key: '7' as EntryKey,
  status,
  outcome: null,
  changedAt: null,
  childKey: null,
  integrationRequests: [],
  doubles: [],
  ...more,
});
const known = (status: Known['status'], more: Partial<Known> = {}): Known => ({
  status,
  milestones: [status],
  requests: [],
  ...more,
});

describe('what the protocol register shows of a practice', () => {
  it('changes nothing while it is what is known, or while something is on its way', () => {
    expect(changeOf(known('REGISTERED'), progress('REGISTERED'))).toBeNull();
    expect(changeOf(known('ACCEPTED'), progress('ACCEPTED'))).toBeNull();
    for (const status of ['REGISTERED', 'ACCEPTED', 'INTEGRATION_REQUESTED'] as const)
      expect(changeOf(known('SUBMITTED'), progress(status))).toBeNull();
  });

  it('is told with the office’s words, corrections and unknown codes included', () => {
    const change = (from: Known['status'], to: EntryProgress['status']) =>
      changeOf(known(from), progress(to, { outcome: 'Parole' }));
    const told = (status: string) => ({ status, note: 'Parole', becomesStatus: true });
    expect(change('REGISTERED', 'ACCEPTED')).toEqual(told('ACCEPTED'));
    expect(change('ACCEPTED', 'REJECTED')).toEqual(told('REJECTED'));
    expect(change('REGISTERED', 'UNKNOWN')).toEqual(told('UNKNOWN'));
    expect(change('UNKNOWN', 'REGISTERED')).toEqual(told('REGISTERED'));
  });

  it('asks for more once a request: what was answered stays answered until there is another', () => {
    const asked = progress('INTEGRATION_REQUESTED', { integrationRequests: [request(1)] });
    expect(changeOf(known('REGISTERED'), asked)).toMatchObject({
      status: 'INTEGRATION_REQUESTED',
      note: 'Richiesta 1',
    });
    expect(changeOf(known('REGISTERED', { requests: [1] }), asked)).toBeNull();
    const again = progress('INTEGRATION_REQUESTED', { integrationRequests: [request(1), request(2)] });
    expect(changeOf(known('REGISTERED', { requests: [1] }), again)).toMatchObject({ note: 'Richiesta 2' });
  });

  it('leaves a withdrawn practice withdrawn, with its outcome beside, once', () => {
    const accepted = progress('ACCEPTED');
    expect(changeOf(known('WITHDRAWN'), accepted)).toMatchObject({
      status: 'ACCEPTED',
      becomesStatus: false,
    });
    expect(changeOf(known('WITHDRAWN', { milestones: ['ACCEPTED', 'WITHDRAWN'] }), accepted)).toBeNull();
    for (const status of ['REGISTERED', 'WITHDRAWN', 'UNKNOWN', 'INTEGRATION_REQUESTED'] as const)
      expect(changeOf(known('WITHDRAWN'), progress(status))).toBeNull();
  });

  it('is looked at often at first, ever more rarely then, and at last no more', () => {
    const wait = (quietMs: number, status: Known['status'] = 'REGISTERED') =>
      (nextLook(later(quietMs), at, status)?.getTime() ?? Number.NaN) - later(quietMs).getTime();
    expect([0, minute, hour, 30 * day].map((quiet) => wait(quiet))).toEqual([
      second,
      6 * second,
      6 * minute,
      hour,
    ]);
    expect(wait(0, 'ACCEPTED')).toBe(15 * minute);
    expect(nextLook(later(31 * day), at, 'ACCEPTED')).toBeNull();
    expect(nextLook(later(31 * day), at, 'REGISTERED')).not.toBeNull();
  });
});

import type { DataSource, QueryRunner } from 'typeorm';
import { AppError } from '../../core/errors.ts';
import { type Instant, romeDateOf } from '../../core/values/index.ts';
import type { EntryKey } from '../../legacy/ports/keys.ts';
import type { ProtocolRegisterPort, SenderKey, Written } from '../../legacy/ports/protocol-register.port.ts';

/** The process died on this line. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** Moves only when it is told to. */
export interface FakeClock {
  now(): Date;
  today(): ReturnType<typeof romeDateOf>;
  advance(ms: number): void;
}

export function fakeClock(start: string): FakeClock {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    today: () => romeDateOf(new Date(now)),
    advance: (ms) => {
      now += Math.max(ms, 0);
    },
  };
}

/** One process: once it died nothing of it reaches the database or the protocol register any more. */
export interface Life {
  isOver: boolean;
}

export interface Chance {
  readonly random: () => number;
  /** Of each statement and call. */
  readonly ofFault: number;
  /** How many faults and crashes there were. */
  count: number;
}

const strikes = (chance: Chance, ofFault = chance.ofFault) => {
  if (chance.random() >= ofFault) return false;
  chance.count++;
  return true;
};

/** A protocol register within the fault model: a call that was cut takes effect within `settleMs` of its beginning, or never. */
export function createFragileRegister(
  clock: FakeClock,
  settleMs: number,
  chance: Chance,
  /** Where its keys begin: several of them write to one database of ours. */
  firstKey: number,
) {
  const senders: { readonly code: string; readonly key: SenderKey }[] = [];
  const entries: {
    readonly key: number;
    readonly subject: string;
    readonly sender: SenderKey;
    readonly at: string;
    readonly attachments: string[];
  }[] = [];
  let pending: { readonly at: number; readonly apply: () => unknown }[] = [];
  const settle = () => {
    const due = pending.filter(({ at }) => at <= clock.now().getTime());
    pending = pending.filter((one) => !due.includes(one));
    for (const { apply } of due.sort((a, b) => a.at - b.at)) apply();
  };

  const write = async <Value>(
    life: Life,
    apply: () => Value,
    ofFault = chance.ofFault,
  ): Promise<Written<Value>> => {
    if (life.isOver) throw new Crash();
    settle();
    if (!strikes(chance, ofFault)) return { outcome: 'sent', value: apply() };
    const begun = clock.now().getTime();
    const kind = Math.floor(chance.random() * 8);
    // Rejected: nothing happened. Later than the effect, or without one, for the rest.
    if (kind === 7) return { outcome: 'rejected', reason: 'Servizio momentaneamente non disponibile.' };
    if (kind % 3 === 0) apply();
    if (kind % 3 === 1) pending.push({ at: begun + chance.random() * settleMs, apply });
    // Up to the time limit, which is shorter than what it takes to settle.
    clock.advance(chance.random() * settleMs * 0.4);
    if (kind < 3) return { outcome: 'unknown', cause: new Error('cut') };
    life.isOver = true;
    throw new Crash();
  };

  const read = async <Value>(life: Life, answer: () => Value): Promise<Value> => {
    if (life.isOver) throw new Crash();
    settle();
    if (!strikes(chance)) return answer();
    if (chance.random() < 0.7)
      throw new AppError('LEGACY_UNAVAILABLE', 'The protocol register does not answer.');
    life.isOver = true;
    throw new Crash();
  };

  return {
    senders,
    entries,
    settle,
    of: (life: Life): ProtocolRegisterPort => ({
      settleMs,
      findSenders: (code) =>
        read(life, () => senders.filter((one) => one.code === code).map(({ key }) => key)),
      insertSender: ({ codiceFiscale: code }) =>
        write(
          life,
          () => {
            const key = `S${senders.length + 1}` as SenderKey;
            senders.push({ code, key });
            return key;
            // There is one a town, and three submissions that want it.
          },
          0.6,
        ),
      findEntries: ({ reference, sender, from, to }) =>
        read(life, () =>
          entries
            .filter((one) => one.subject.includes(reference) && one.sender === sender)
            .filter(({ at }) => romeDateOf(new Date(at)) >= from && romeDateOf(new Date(at)) <= to)
            .map(toEntry),
        ),
      insertEntry: ({ subject, sender: { key: sender } }) =>
        write(life, () => {
          const added = {
            key: firstKey + entries.length,
            subject,
            sender,
            at: clock.now().toISOString(),
            attachments: [],
          };
          entries.push(added);
          return toEntry(added);
        }),
      attachmentNames: (key) => read(life, () => [...(entries[Number(key) - firstKey]?.attachments ?? [])]),
      insertAttachment: (key, { name }) =>
        write(life, () => {
          entries[Number(key) - firstKey]?.attachments.push(name);
          return null;
        }),
    }),
  };
}

function toEntry({ key, at }: { readonly key: number; readonly at: string }) {
  return { key: String(key) as EntryKey, number: 5_000 + key, year: 2026, registeredAt: at as Instant };
}

type Session = { query(text: string): Promise<unknown> };

async function endSession(session: Session): Promise<void> {
  await session.query('ROLLBACK');
  await session.query('SELECT pg_advisory_unlock_all()');
}

/** A database whose process may die before or after each statement, commits included. */
export function fragileDatabase(database: DataSource, life: Life, chance: Chance): DataSource {
  const createQueryRunner = (): QueryRunner => {
    const runner = database.createQueryRunner();
    const query = runner.query.bind(runner) as (...args: unknown[]) => Promise<unknown>;
    runner.query = (async (...args: unknown[]) => {
      if (life.isOver) throw new Crash();
      const dies = strikes(chance);
      const afterwards = dies && chance.random() < 0.5;
      const answer = dies && !afterwards ? undefined : await query(...args);
      if (!dies) return answer;
      life.isOver = true;
      throw new Crash();
    }) as typeof runner.query;
    const connect = runner.connect.bind(runner);
    // A dead process' session ends. What that does is done to it here: a new session each time would take long.
    runner.connect = async () => {
      const session = (await connect()) as Session;
      return life.isOver ? { end: () => endSession(session) } : session;
    };
    return runner;
  };
  return new Proxy(database, {
    get: (target, name) => (name === 'createQueryRunner' ? createQueryRunner : Reflect.get(target, name)),
  });
}

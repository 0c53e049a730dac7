import type { RegisterEntry, SenderKey } from '../../../legacy/ports/register.port.ts';
import { reportDoubles } from './doubles.action.ts';
import { Later } from './later.ts';
import { daysOfEntry, senderNameOf, subjectOf } from './registration.rules.ts';
import { entryOf, gotFurther, type Registration, record, resultOf, settledAt } from './registration.ts';

/**
 * The submission's entry in the register, made when there is none.
 *
 * Each attempt is written down before it is made. Whoever finds one that led to nothing known waits until it must
 * have had its effect, looks for the entry, and only then makes another.
 */
export async function enter(
  of: Registration,
  sender: SenderKey,
  previous: { readonly number: number; readonly year: number } | null,
): Promise<RegisterEntry> {
  const known = entryOf(of);
  if (known !== null) return known;
  const entry = (await lookForEntry(of, sender)) ?? (await insertEntry(of, sender, previous));
  await record(of, {
    ...gotFurther,
    entryKey: entry.key,
    entryNumber: entry.number,
    entryYear: entry.year,
    entryRegisteredAt: new Date(entry.registeredAt),
  });
  return entry;
}

async function lookForEntry(of: Registration, sender: SenderKey): Promise<RegisterEntry | null> {
  const { ground, submission } = of;
  if (submission.entryAttemptedAt === null) return null;
  const settled = settledAt(ground, submission.entryAttemptedAt);
  const now = ground.clock.now();
  if (now < settled) throw new Later(settled);
  const { reference, filedAt } = submission;
  const days = daysOfEntry(filedAt, now);
  const [entry, ...doubles] = await ground.legacy.register.findEntries({ reference, sender, ...days });
  await reportDoubles(of, doubles);
  return entry ?? null;
}

async function insertEntry(
  of: Registration,
  sender: SenderKey,
  previous: { readonly number: number; readonly year: number } | null,
): Promise<RegisterEntry> {
  const { ground, asFiled } = of;
  const begun = ground.clock.now();
  await record(of, { entryAttemptedAt: begun });
  const written = await ground.legacy.register.insertEntry({
    subject: subjectOf(asFiled, previous),
    sender: { key: sender, name: senderNameOf(asFiled.applicant) },
    previous,
  });
  return resultOf(of, begun, written);
}

import type { ProtocolEntry, SenderKey } from '../../../legacy/ports/protocol-register.port.ts';
import { reportDoubles } from './doubles.action.ts';
import { daysOfEntry, senderNameOf, subjectOf } from './registration.rules.ts';
import { entryOf, failuresCleared, type Registration, record, resultOf, settledAt } from './registration.ts';
import { RetryLater } from './retry-later.ts';

/**
 * Finds the submission's entry in the protocol register, or creates it.
 *
 * Each attempt is stored before it is made. After an attempt with an unknown outcome, the job waits until the
 * attempt must have had its effect, looks for the entry, and only then tries again.
 */
export async function enter(
  registration: Registration,
  sender: SenderKey,
  previous: { readonly number: number; readonly year: number } | null,
): Promise<ProtocolEntry> {
  const known = entryOf(registration);
  if (known !== null) return known;
  const entry =
    (await lookForEntry(registration, sender)) ?? (await insertEntry(registration, sender, previous));
  await record(registration, {
    ...failuresCleared,
    entryKey: entry.key,
    entryNumber: entry.number,
    entryYear: entry.year,
    entryRegisteredAt: new Date(entry.registeredAt),
  });
  return entry;
}

async function lookForEntry(registration: Registration, sender: SenderKey): Promise<ProtocolEntry | null> {
  const { services, submission } = registration;
  if (submission.entryAttemptedAt === null) return null;
  const settled = settledAt(services, submission.entryAttemptedAt);
  const now = services.clock.now();
  if (now < settled) throw new RetryLater(settled);
  const { reference, filedAt } = submission;
  const days = daysOfEntry(filedAt, now);
  const [entry, ...doubles] = await services.legacy.protocolRegister.findEntries({
    reference,
    sender,
    ...days,
  });
  await reportDoubles(registration, doubles);
  return entry ?? null;
}

async function insertEntry(
  registration: Registration,
  sender: SenderKey,
  previous: { readonly number: number; readonly year: number } | null,
): Promise<ProtocolEntry> {
  const { services, asFiled } = registration;
  const begun = services.clock.now();
  await record(registration, { entryAttemptedAt: begun });
  const written = await services.legacy.protocolRegister.insertEntry({
    subject: subjectOf(asFiled, previous),
    sender: { key: sender, name: senderNameOf(asFiled.applicant) },
    previous,
  });
  return resultOf(registration, begun, written);
}

import type { SenderKey } from '../../../legacy/ports/register.port.ts';
import { lock } from './alone.ts';
import { Later, Refused } from './later.ts';
import { SenderAttemptEntity } from './registration.entity.ts';
import { senderNameOf } from './registration.rules.ts';
import { type Registration, record, resultOf, settledAt } from './registration.ts';

/** The register's key of the applicant, who is added when nobody there has their code. */
export async function findSender(of: Registration): Promise<SenderKey> {
  const { submission } = of;
  if (submission.senderKey !== null) return submission.senderKey as SenderKey;
  const key = (await theOne(of)) ?? (await addSender(of));
  await record(of, { senderKey: key });
  return key;
}

async function theOne({ ground, asFiled }: Registration): Promise<SenderKey | null> {
  const found = await ground.legacy.register.findSenders(asFiled.applicant.codiceFiscale);
  // [CLIENT] Which of several is meant, only the office can say.
  if (found.length > 1)
    throw new Refused(`The register has ${found.length} senders with the applicant's code.`);
  return found[0] ?? null;
}

/**
 * Adds the applicant, once, also when several of their submissions come at the same time: one goes first, and its
 * attempt is waited for as an entry's is.
 */
async function addSender(of: Registration): Promise<SenderKey> {
  const { ground, manager, asFiled } = of;
  const { codiceFiscale: applicant, email } = asFiled.applicant;
  const now = ground.clock.now();
  if (!(await lock(manager, `sender ${applicant}`))) throw new Later(new Date(now.getTime() + 1_000));
  const attempt = await manager.findOneBy(SenderAttemptEntity, { applicant });
  if (attempt !== null && now < settledAt(ground, attempt.attemptedAt))
    throw new Later(settledAt(ground, attempt.attemptedAt));
  const meanwhile = await theOne(of);
  if (meanwhile !== null) return meanwhile;
  const begun = ground.clock.now();
  await manager.upsert(SenderAttemptEntity, { applicant, attemptedAt: begun }, ['applicant']);
  const sender = { codiceFiscale: applicant, name: senderNameOf(asFiled.applicant), email };
  return resultOf(of, begun, await ground.legacy.register.insertSender(sender));
}

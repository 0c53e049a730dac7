import type { SenderKey } from '../../../legacy/ports/protocol-register.port.ts';
import { SenderAttemptEntity } from '../records/registration.entity.ts';
import { senderNameOf } from './registration.rules.ts';
import { type Registration, record, resultOf, settledAt } from './registration.ts';
import { Refused, RetryLater } from './retry-later.ts';
import { lock } from './with-advisory-lock.ts';

/** The applicant's key in the protocol register, which is added if no sender there has the applicant's code. */
export async function findSender(registration: Registration): Promise<SenderKey> {
  const { submission } = registration;
  if (submission.senderKey !== null) return submission.senderKey as SenderKey;
  const key = (await findExistingSender(registration)) ?? (await addSender(registration));
  await record(registration, { senderKey: key });
  return key;
}

async function findExistingSender({ services, asFiled }: Registration): Promise<SenderKey | null> {
  const found = await services.legacy.protocolRegister.findSenders(asFiled.applicant.codiceFiscale);
  // [CLIENT] Only the office can choose between several senders with one code.
  if (found.length > 1)
    throw new Refused(`The protocol register has ${found.length} senders with the applicant's code.`);
  return found[0] ?? null;
}

/**
 * Adds the applicant once, even if several submissions arrive together: one job goes first, and the others wait
 * for its attempt as for an entry's.
 */
async function addSender(registration: Registration): Promise<SenderKey> {
  const { services, manager, asFiled } = registration;
  const { codiceFiscale: applicant, email } = asFiled.applicant;
  const now = services.clock.now();
  if (!(await lock(manager, `sender ${applicant}`))) throw new RetryLater(new Date(now.getTime() + 1_000));
  const attempt = await manager.findOneBy(SenderAttemptEntity, { applicant });
  if (attempt !== null && now < settledAt(services, attempt.attemptedAt))
    throw new RetryLater(settledAt(services, attempt.attemptedAt));
  const meanwhile = await findExistingSender(registration);
  if (meanwhile !== null) return meanwhile;
  const begun = services.clock.now();
  await manager.upsert(SenderAttemptEntity, { applicant, attemptedAt: begun }, ['applicant']);
  const sender = { codiceFiscale: applicant, name: senderNameOf(asFiled.applicant), email };
  return resultOf(registration, begun, await services.legacy.protocolRegister.insertSender(sender));
}

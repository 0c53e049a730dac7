import type { EntityManager } from 'typeorm';
import type { CitizenCaller } from '../../core/identity/caller.ts';
import {
  type CodiceFiscale,
  codiceFiscaleAsHeld,
  compactCode,
  isCodiceFiscale,
  isMinorByCode,
} from '../../core/values/index.ts';
import type { ChildKey, ChildRecord } from '../../legacy/ports/anagrafe.port.ts';
import { visibleChild } from '../shared/family.ts';
import { fingerprintOf } from '../shared/fingerprint.ts';
import { isIdempotencyKey } from '../shared/idempotency-key.ts';
import { lockName } from '../shared/lock-name.ts';
import { idempotencyKeyReused, notAllowed, Problem } from '../shared/problem.ts';
import { recordAccess, recordWrite } from '../shared/record-access.ts';
import { countOthers, findByKey, keepKey, type NewShare, writeShare } from '../shared/records/share.store.ts';
import { sharingScopes } from '../shared/records/sharing-scopes.ts';
import type { RequestContext } from '../shared/request-context.ts';
import type { FieldProblem } from '../shared/shared-types.ts';
import type { ShareSchoolDataInput } from './share.input.ts';
import { ownShares } from './share.loader.ts';
import {
  mostShares,
  SchoolDataShared,
  type ShareProblemCode,
  type ShareSchoolDataResult,
  shareInvalid,
  shareProblem,
  shareRefused,
} from './share.result.ts';
import { shareId, toShare } from './share.type.ts';

/** Lets another person see parts of a child's school data, or changes what they see. */
export async function shareSchoolData(
  context: RequestContext,
  input: ShareSchoolDataInput,
): Promise<ShareSchoolDataResult> {
  const { caller } = context;
  const outcome = caller.kind === 'citizen' ? await share(context, caller, input) : notAllowed(context);
  if (outcome instanceof Problem) recordAccess(context, 'Share.give', 'refused', [input.childId]);
  ownShares.forget(context);
  return outcome;
}

async function share(
  context: RequestContext,
  { codiceFiscale: giver }: CitizenCaller,
  input: ShareSchoolDataInput,
): Promise<ShareSchoolDataResult> {
  const recipient = codiceFiscaleAsHeld(compactCode(input.recipientCodiceFiscale));
  const child = await visibleChild(context, input.childId);
  if (child === null) return notAllowed(context);
  if (!child.hasApplication) return refuseToSeer(context, child);
  const problems = problemsOf(context, giver, recipient, input);
  if (problems.length > 0) return shareInvalid(context, problems);
  const refuse = (path: string, code: ShareProblemCode) =>
    shareInvalid(context, [shareProblem(context, path, code)]);
  if (await isApplicant(context, recipient, child.key))
    return refuse('recipientCodiceFiscale', 'RECIPIENT_IS_APPLICANT');

  const wanted: NewShare = {
    giver,
    childKey: child.key,
    childCode: child.codiceFiscale,
    recipient,
    scopes: sharingScopes.filter((scope) => input.scopes.includes(scope)),
    endsOn: input.endsOn ?? null,
  };
  return context.database.transaction(async (manager) => {
    await lockGiver(manager, giver);
    const request = { giver, key: input.idempotencyKey, content: fingerprintOf(wanted) };
    const before = await findByKey(manager, giver, request.key);
    // A share that was revoked meanwhile stays revoked.
    if (before !== null)
      return before.content === request.content ? shared(before.share) : idempotencyKeyReused(context);
    if ((await countOthers(manager, wanted)) >= mostShares)
      return refuse('recipientCodiceFiscale', 'TOO_MANY_SHARES');
    return write(context, manager, wanted, request, input.childId);
  });
}

async function write(
  context: RequestContext,
  manager: EntityManager,
  wanted: NewShare,
  request: Parameters<typeof keepKey>[1],
  childId: string,
): Promise<SchoolDataShared> {
  const written = await writeShare(manager, wanted, context.clock.now());
  await keepKey(manager, request, written.id);
  await recordWrite(context, manager, 'Share.give', [shareId(written.id), childId]);
  return shared(written);
}

function shared(share: Parameters<typeof toShare>[0]): SchoolDataShared {
  return Object.assign(new SchoolDataShared(), { share: toShare(share) });
}

/** Somebody sees the child and filed nothing for it that was accepted. */
function refuseToSeer(context: RequestContext, { sharedBy }: ChildRecord) {
  return shareRefused(context, sharedBy.length > 0 ? 'SHARED_BY_ANOTHER' : 'NOT_APPLICANT');
}

function problemsOf(
  context: RequestContext,
  giver: CodiceFiscale,
  recipient: CodiceFiscale,
  { scopes, endsOn, idempotencyKey }: ShareSchoolDataInput,
): readonly FieldProblem[] {
  const found: FieldProblem[] = [];
  const add = (path: string, code: ShareProblemCode) => void found.push(shareProblem(context, path, code));
  if (recipient.length !== 16 || !isCodiceFiscale(recipient))
    add('recipientCodiceFiscale', 'CODICE_FISCALE_INVALID');
  else if (recipient === giver) add('recipientCodiceFiscale', 'RECIPIENT_IS_CALLER');
  else if (isMinorByCode(recipient, context.today)) add('recipientCodiceFiscale', 'RECIPIENT_IS_MINOR');
  if (scopes.length === 0) add('scopes', 'NO_SCOPES');
  if (endsOn != null && endsOn < context.today) add('endsOn', 'ENDS_IN_THE_PAST');
  if (!isIdempotencyKey(idempotencyKey)) add('idempotencyKey', 'KEY_INVALID');
  return found;
}

const accepted: ReadonlySet<string> = new Set(['ACTIVE', 'SUSPENDED', 'ENDED']);

/** Whether the office accepted an application of this person for the child: then there is nothing to share with them. */
async function isApplicant(
  { legacy }: RequestContext,
  person: CodiceFiscale,
  childKey: ChildKey,
): Promise<boolean> {
  const viewer = { applicant: person, shares: [], hidden: [] };
  const [record] = await legacy.schoolBilling.recordsByChild(viewer, [childKey]);
  return record?.enrolments.some(({ status }) => accepted.has(status)) ?? false;
}

/** Lets one transaction of a giver at a time write, until it ends. */
function lockGiver(manager: EntityManager, giver: CodiceFiscale): Promise<void> {
  return lockName(manager, `shares ${giver}`);
}

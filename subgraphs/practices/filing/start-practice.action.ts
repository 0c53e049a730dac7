import { randomUUID } from 'node:crypto';
import { type EntityManager, In } from 'typeorm';
import { clientOf } from '../../../core/identity/caller.ts';
import { parseId } from '../../../core/ids.ts';
import { compactCode } from '../../../core/values/index.ts';
import { entitlementOf, hiddenSinceOf, isHiddenPractice } from '../../shared/entitlement.ts';
import { familyOf, visibleChild, visibleChildren } from '../../shared/family.ts';
import { fingerprintOf } from '../../shared/fingerprint.ts';
import { isIdempotencyKey, keyInvalid } from '../../shared/idempotency-key.ts';
import { idempotencyKeyReused, notAllowed, Problem } from '../../shared/problem.ts';
import { recordAccess, recordWrite } from '../../shared/record-access.ts';
import { insertEvent, setAside } from '../../shared/records/filing.store.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import type { FieldProblem } from '../../shared/shared-types.ts';
import { forgetPractices } from '../practice/practice.loader.ts';
import { toPracticeHere } from '../practice/practice.type.ts';
import { type Filer, filerOf, mayUse, practiceId } from '../records/filing-rights.ts';
import { PracticeEntity, type StoredChild } from '../records/practice.entity.ts';
import type { PracticeStatus } from '../records/practice-status.type.ts';
import { StartKeyEntity } from '../records/start-key.entity.ts';
import type { FormEntity, TemplateEntity } from '../records/template.entity.ts';
import { formByKey, templateById } from '../template/template.loader.ts';
import { isOpenOn } from '../template/template.type.ts';
import type { StartPracticeInput } from './filing.input.ts';
import { PracticeStarted, type StartPracticeResult } from './filing.result.ts';
import { toNewChild } from './new-child.rules.ts';
import { prefill } from './prefill.rules.ts';
import { hasTooManyDrafts, lockPerson, mostDrafts } from './quota.ts';
import { alreadyFiled, answersInvalid, templateClosed } from './refusals.ts';

type Outcome = typeof StartPracticeResult;

/**
 * AVVIA PRATICA: a draft with the known answers filled in. One open draft for each template, child and applicant.
 */
export async function startPractice(context: RequestContext, input: StartPracticeInput): Promise<Outcome> {
  const outcome = await start(context, input).finally(() => forgetPractices(context));
  if (outcome instanceof Problem)
    recordAccess(context, 'Practice.start', 'refused', [
      input.templateId,
      ...(input.childId == null ? [] : [input.childId]),
    ]);
  return outcome;
}

async function start(context: RequestContext, input: StartPracticeInput): Promise<Outcome> {
  const filer = filerOf(context);
  const templateId = parseId('PracticeTemplate', input.templateId)?.join('/') ?? '';
  // The entitlement is needed in any case: it is read with the template, in one write.
  const [template] =
    filer === null
      ? [null]
      : await Promise.all([templateById(context).load(templateId), entitlementOf(context)]);
  if (filer === null || template === null || !mayUse(template, filer)) return notAllowed(context);
  const key = startKeyOf(filer, input);
  if (key !== null && !isIdempotencyKey(key.key))
    return answersInvalid(context, [problem(context, 'idempotencyKey', 'KEY_INVALID')]);
  const before = await startedWith(context, key);
  if (before !== null) return before;
  if (!isOpenOn(template, context.today)) return templateClosed(context, template);
  const [child, form] = await Promise.all([
    childOf(context, template, input),
    formByKey(context).load({ templateId, revision: template.revision }),
  ]);
  if (child instanceof Problem) return child;
  if (form === null) throw new Error('A form is missing.');
  const draft = await draftOf(context, filer, template, form, child);
  // If the same practice is being started at this moment, a unique index makes this call wait; then that draft is
  // returned.
  for (let attempt = 1; attempt <= 3; attempt++) {
    const outcome = (await tryStart(context, template, draft, key)) ?? (await startedWith(context, key));
    if (outcome !== null) return outcome;
  }
  throw new Error('A draft could neither be found nor made.');
}

type StartKey = Omit<StartKeyEntity, 'practiceId'>;

function startKeyOf(filer: Filer, { idempotencyKey, ...content }: StartPracticeInput): StartKey | null {
  if (idempotencyKey == null) return null;
  return { applicant: filer.codiceFiscale, key: idempotencyKey, sha256: fingerprintOf(content) };
}

/** The practice that was started with this key. */
async function startedWith(context: RequestContext, key: StartKey | null): Promise<Outcome | null> {
  if (key === null) return null;
  const entitlement = await entitlementOf(context);
  const known = await context.database
    .getRepository(StartKeyEntity)
    .findOneBy({ applicant: key.applicant, key: key.key });
  if (known === null) return null;
  const practice = await context.database.getRepository(PracticeEntity).findOneBy({ id: known.practiceId });
  // The key of a hidden practice is as free as one that was never used.
  if (practice !== null && isHiddenPractice(entitlement, practice)) return null;
  if (known.sha256 !== key.sha256) return idempotencyKeyReused(context);
  return practice === null ? null : started(practice);
}

/** Null if the same practice, or the same key, was used at the same moment. */
async function tryStart(
  context: RequestContext,
  template: TemplateEntity,
  draft: PracticeEntity,
  key: StartKey | null,
): Promise<Outcome | null> {
  const entitlement = await entitlementOf(context);
  const hiddenSince = hiddenSinceOf(entitlement, draft.child);
  return context.database
    .transaction(async (manager) => {
      await lockPerson(manager, draft.applicant);
      // Statements that do not need each other's results are one write to the session.
      const [, known, hasTooMany] = await Promise.all([
        hiddenSince === null ? null : setAside(manager, roomFor(draft), hiddenSince),
        findAlive(manager, template, draft, hiddenSince),
        hasTooManyDrafts(manager, draft.applicant),
      ]);
      if (known !== null && known.status !== 'DRAFT') return alreadyFiled(context, known);
      if (known === null && hasTooMany)
        return answersInvalid(context, [problem(context, 'templateId', 'TOO_MANY_DRAFTS')]);
      if (known === null && !(await isAdded(manager, PracticeEntity, draft))) return null;
      const practice = known ?? draft;
      const [isKeyFree] = await Promise.all([
        key === null || isAdded(manager, StartKeyEntity, { ...key, practiceId: practice.id }),
        known === null &&
          insertEvent(manager, draft.id, { at: draft.createdAt, status: 'DRAFT', note: null }),
        recordWrite(context, manager, 'Practice.start', [practiceId(practice.id)]),
      ]);
      if (!isKeyFree) throw new KeyTaken();
      if (hiddenSince !== null)
        context.log.warn('protection.application', { practice: practiceId(practice.id) });
      return started(practice);
    })
    .catch((error: unknown) => {
      if (error instanceof KeyTaken) return null;
      throw error;
    });
}

class KeyTaken extends Error {}

function roomFor({ applicant, templateId, child }: PracticeEntity) {
  return { applicant, templateId, childCode: child?.codiceFiscale ?? null };
}

/** A filed practice of the same template and child that prevents another one. */
async function findAlive(
  manager: EntityManager,
  { oncePerChild }: TemplateEntity,
  { applicant, templateId, child }: PracticeEntity,
  hiddenSince: Date | null,
): Promise<PracticeEntity | null> {
  const alive: PracticeStatus[] = ['DRAFT', 'SUBMITTED', 'REGISTERED', 'INTEGRATION_REQUESTED', 'UNKNOWN'];
  const query = manager
    .createQueryBuilder(PracticeEntity, 'p')
    .where({ applicant, templateId, status: In([...alive, ...(oncePerChild ? ['ACCEPTED'] : [])]) })
    .orderBy(`CASE WHEN p.status = 'DRAFT' THEN 1 ELSE 0 END`);
  if (child === null) query.andWhere('p.child_key IS NULL AND p.child IS NULL');
  else query.andWhere(`(p.child_key = :key OR p.child->>'codiceFiscale' = :codiceFiscale)`, child);
  query.andWhere('(CAST(:hiddenSince AS timestamptz) IS NULL OR p.created_at >= :hiddenSince)', {
    hiddenSince,
  });
  return query.getOne();
}

async function isAdded<Row extends object>(
  manager: EntityManager,
  table: new () => Row,
  row: Row,
): Promise<boolean> {
  const { raw } = await manager
    .createQueryBuilder()
    .insert()
    .into(table)
    .values(row as never)
    .orIgnore()
    .returning('1')
    .execute();
  return (raw as readonly unknown[]).length === 1;
}

async function draftOf(
  context: RequestContext,
  filer: Filer,
  { id: templateId, revision, title }: TemplateEntity,
  form: FormEntity,
  child: StoredChild | null,
): Promise<PracticeEntity> {
  const { citizen } = await familyOf(context);
  const now = context.clock.now();
  return {
    id: randomUUID(),
    templateId,
    revision,
    applicant: filer.codiceFiscale,
    client: clientOf(context.caller),
    childKey: child?.key ?? null,
    child,
    title,
    status: 'DRAFT',
    version: 1,
    lastWrite: null,
    answers: prefill(form.fields, { caller: filer, citizen, child }),
    createdAt: now,
    updatedAt: now,
    isSetAside: false,
    submittedAt: null,
  };
}

/** The practice's child: one that the caller may see, or one that the municipality does not know yet. */
async function childOf(
  context: RequestContext,
  { concernsChild }: TemplateEntity,
  { childId, newChild }: StartPracticeInput,
): Promise<StoredChild | null | Problem> {
  const refuse = (path: string, code: StartProblem) =>
    answersInvalid(context, [problem(context, path, code)]);
  if (!concernsChild) {
    if (childId != null) return refuse('childId', 'NOT_EXPECTED');
    return newChild == null ? null : refuse('newChild', 'NOT_EXPECTED');
  }
  if (childId != null && newChild != null) return refuse('newChild', 'NOT_EXPECTED');
  if (childId != null) {
    const child = await visibleChild(context, childId);
    return child === null ? notAllowed(context) : toStoredChild(child);
  }
  if (newChild == null) return refuse('childId', 'REQUIRED');
  const described = toNewChild(newChild, context.today, context.language);
  if (described.problems.length > 0) return answersInvalid(context, described.problems);
  const children = await visibleChildren(context);
  const known = children.find(
    ({ codiceFiscale }) => compactCode(codiceFiscale) === described.child.codiceFiscale,
  );
  return known === undefined ? described.child : toStoredChild(known);
}

function toStoredChild({ key, codiceFiscale, firstName, lastName, birthDate }: StoredChild): StoredChild {
  return { key, codiceFiscale, firstName, lastName, birthDate };
}

function started(practice: PracticeEntity): PracticeStarted {
  return Object.assign(new PracticeStarted(), { practice: toPracticeHere(practice) });
}

const startProblems = {
  REQUIRED: {
    it: 'Questa domanda riguarda un minore: indicare quale.',
    en: 'This application is about a child: say which.',
  },
  NOT_EXPECTED: {
    it: 'Indicare un solo minore, e solo se la domanda ne riguarda uno.',
    en: 'Give one child only, and only if the application is about one.',
  },
  TOO_MANY_DRAFTS: {
    it: `Ci sono già ${mostDrafts} bozze aperte: inviarne o eliminarne qualcuna.`,
    en: `There are already ${mostDrafts} open drafts: file or discard some.`,
  },
  KEY_INVALID: keyInvalid,
} as const;
type StartProblem = keyof typeof startProblems;

function problem({ language }: RequestContext, path: string, code: StartProblem): FieldProblem {
  return { path, code, message: startProblems[code][language] };
}

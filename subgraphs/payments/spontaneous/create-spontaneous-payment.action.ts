import { AppError } from '../../../core/errors.ts';
import { parseId } from '../../../core/ids.ts';
import { orWhenAborted } from '../../../core/resilience/or-when-aborted.ts';
import { addDays, createNumeroAvviso, cutText, iuvOf } from '../../../core/values/index.ts';
import type { PaymentKindRecord } from '../../../legacy/ports/payments.port.ts';
import { instalmentId } from '../../shared/billing-ids.ts';
import { entitlementOf } from '../../shared/entitlement.ts';
import { municipalityOf } from '../../shared/municipality.loader.ts';
import { idempotencyKeyReused, type NotAllowed, notAllowed } from '../../shared/problem.ts';
import { recordAccess, recordWrite } from '../../shared/record-access.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { debtorOf, ownDebts } from '../debt/debtor.loader.ts';
import { spontaneousNotice } from '../documents/notice.document.ts';
import { kindByCode } from '../payment/payment-kind.resolver.ts';
import { type RequestKey, toRequestKey } from '../records/request-key.ts';
import type { ChosenInstalment, FilledForm } from '../records/spontaneous.store.ts';
import {
  dropSpontaneous,
  findByRequest,
  freeInstalments,
  insertSpontaneous,
  lockKeyAndOwner,
  nextNoticeBase,
  noteCreated,
  type SpontaneousPayment,
} from '../records/spontaneous.store.ts';
import {
  findOpened,
  isDuplicate,
  type OpenedSession,
  openSession,
  pagopaBudgetMs,
} from '../sessions/open-session.action.ts';
import { asInvalid, asUnavailable } from '../sessions/payment-problems.ts';
import { checkKey, createRequestProblems } from '../sessions/request-problems.ts';
import { isHiddenSession, showSession } from '../sessions/session.loader.ts';
import { isFinished } from '../sessions/start-payment.action.ts';
import { checkForm } from './check-form.rules.ts';
import { chosenInstalments } from './chosen-instalments.ts';
import type { SpontaneousPaymentInput } from './spontaneous-payment.input.ts';
import { type SpontaneousPaymentResult, SpontaneousPaymentStarted } from './spontaneous-payment.result.ts';

/** The job that checks whether the payment was made, and withdraws it if not; its keys are payment numbers. */
export const spontaneousQueue = 'payments.spontaneous';

/** Three days after a session's end its job stops asking. */
const firstLookMs = 3 * 24 * 3_600_000;

/** The key of its position at GPD, the same for every attempt. */
export function iupdOf({ numeroAvviso }: Pick<SpontaneousPayment, 'numeroAvviso'>): string {
  return `SP-${numeroAvviso}`;
}

/**
 * Creates a debt that the caller wants to pay, and starts its payment: first recorded here, then published at GPD,
 * then put into a cart.
 *
 * A repetition with its key continues where it stopped; parts that no caller was shown do no harm.
 */
export async function createSpontaneousPayment(
  context: RequestContext,
  input: SpontaneousPaymentInput,
): Promise<SpontaneousPaymentResult> {
  const problems = createRequestProblems(context);
  checkKey(problems, input.idempotencyKey);
  const returnAddress = problems.returnAddress(input.returnUrl);
  const kind = await findKind(context, input.kindId);
  if (kind === null) {
    problems.add('kindId', 'KIND_UNKNOWN', {
      it: 'Questo tipo di pagamento non esiste.',
      en: 'There is no such kind of payment.',
    });
    return asInvalid(context, problems.found);
  }
  const form = checkForm(problems, kind, input, context.paying.spontaneous);
  const { idempotencyKey, ...content } = input;
  const request = toRequestKey(context, 'SPONTANEOUS_PAYMENT', idempotencyKey, {
    ...content,
    instalmentIds: input.instalmentIds?.toSorted() ?? [],
  });
  const before = problems.found.length > 0 ? null : await findOpened(context, request);
  if (before?.outcome === 'open' && isHiddenSession(await entitlementOf(context), before.session))
    return refuse(context, input);
  if (before !== null && isFinished(before)) return answer(context, before);
  const known = await findByRequest(context.database, request);
  if (known !== null && known.requestContent !== request.content) return idempotencyKeyReused(context);

  const ids = input.instalmentIds ?? [];
  // Instalments that its own earlier attempt holds are no obstacle.
  const instalments =
    known !== null ? [] : await chosenInstalments(context, problems, ids, kind.code, input.amount);
  if (instalments === null) return refuse(context, input);
  if (problems.found.length > 0 || returnAddress === null) return asInvalid(context, problems.found);

  const payment = known ?? (await recordPayment(context, request, kind, form, instalments));
  if (payment === 'keyReused') return idempotencyKeyReused(context);
  if (payment === 'instalmentTaken') {
    problems.add('instalmentIds', 'INSTALMENT_HAS_NOTICE', {
      it: 'La rata ha già un avviso da pagare: pagare quello.',
      en: 'The instalment has a notice to pay: pay that.',
    });
    return asInvalid(context, problems.found);
  }
  const signal = AbortSignal.timeout(pagopaBudgetMs);
  if (!(await holdAtPagopa(context, payment, signal))) return asUnavailable(context);
  ownDebts.forget(context);
  const { creditor, creditorName, iuv, numeroAvviso, payer, amount, description } = payment;
  const childKey = instalments[0]?.childKey ?? null;
  const items = [{ creditor, iuv, numeroAvviso, debtor: payer, amount, description, childKey }];
  const { email } = payment;
  const event = { action: 'SpontaneousPayment.start', subjectIds: ids };
  const cart = { request, creditor, creditorName, items, email, returnAddress, event };
  return answer(context, await openSession(context, cart, signal));
}

function refuse(context: RequestContext, { instalmentIds }: SpontaneousPaymentInput): NotAllowed {
  recordAccess(context, 'SpontaneousPayment.create', 'refused', instalmentIds ?? []);
  return notAllowed(context);
}

async function findKind(context: RequestContext, id: string): Promise<PaymentKindRecord | null> {
  return kindByCode(context).load(parseId('PaymentKind', id)?.join('/') ?? '');
}

async function recordPayment(
  context: RequestContext,
  request: RequestKey,
  kind: PaymentKindRecord,
  form: FilledForm,
  instalments: readonly ChosenInstalment[],
): Promise<SpontaneousPayment | 'keyReused' | 'instalmentTaken'> {
  const { database, clock, jobs, paying, today } = context;
  const municipality = await municipalityOf(context);
  if (municipality === null)
    throw new AppError('LEGACY_CONTRACT_BROKEN', 'The legacy system names no municipality.');
  const owner = debtorOf(context);
  try {
    return await database.transaction(async (manager) => {
      await lockKeyAndOwner(manager, request, instalments.length > 0 ? owner : null);
      const known = await findByRequest(manager, request);
      if (known !== null) return known.requestContent === request.content ? known : 'keyReused';
      await freeInstalments(manager, instalments);
      const id = await nextNoticeBase(manager);
      const segregationCode = Number(paying.gpdSegregationCode);
      const numeroAvviso = createNumeroAvviso({ segregationCode, base: id });
      const { codiceFiscale: creditor, name: creditorName } = municipality;
      const description = `${cutText(kind.name, 100)} (pagamento spontaneo)`;
      const dueOn = addDays(today, paying.spontaneous.days);
      const iuv = iuvOf(numeroAvviso);
      const notice = { id, request, creditor, creditorName, numeroAvviso, iuv, description, dueOn };
      await insertSpontaneous(manager, {
        ...notice,
        kind,
        owner,
        form,
        createdAt: clock.now(),
        instalments,
      });
      await jobs.add(manager, spontaneousQueue, String(id), new Date(clock.now().getTime() + firstLookMs));
      const subjectIds = instalments.map(instalmentId);
      await recordWrite(context, manager, 'SpontaneousPayment.create', subjectIds);
      const recorded = await findByRequest(manager, request);
      if (recorded === null) throw new Error('A payment that was just recorded was expected.');
      return recorded;
    });
  } catch (error) {
    // Only one unique index can refuse here: an instalment has one open payment.
    if (isDuplicate(error)) return 'instalmentTaken';
    throw error;
  }
}

/** Whether pagoPA holds the position by now, and the payment was not given up. */
async function holdAtPagopa(
  { pagopa, database, log }: RequestContext,
  payment: SpontaneousPayment,
  signal: AbortSignal,
): Promise<boolean> {
  if (payment.state === 'CREATED') return true;
  const { id, creditor, creditorName, payer, payerName, email, iuv, numeroAvviso, amount } = payment;
  const call = {
    iupd: iupdOf(payment),
    creditor,
    creditorName,
    debtor: payer,
    debtorKind: payer.length === 16 ? 'PERSON' : 'BODY',
    debtorName: payerName,
    email,
    iuv,
    numeroAvviso,
    amount,
    description: payment.description,
    dueOn: payment.dueOn,
  } as const;
  const unknown = () => ({ outcome: 'unknown' }) as const;
  const position = await orWhenAborted(signal, pagopa.createPosition(call, signal).catch(unknown), unknown);
  if (position.outcome === 'created') return noteCreated(database, id);
  if (position.outcome === 'rejected') {
    log.error('payments.position.rejected', { id });
    await dropSpontaneous(database, id);
  }
  return false;
}

async function answer(context: RequestContext, opened: OpenedSession): Promise<SpontaneousPaymentResult> {
  if (opened.outcome === 'keyReused') return idempotencyKeyReused(context);
  if (opened.outcome !== 'open') return asUnavailable(context);
  const [item] = opened.session.items;
  if (item === undefined) throw new Error('A session of a spontaneous payment has one item.');
  return Object.assign(new SpontaneousPaymentStarted(), {
    session: await showSession(context, opened.session),
    numeroAvviso: item.numeroAvviso,
    notice: spontaneousNotice(context, item),
  });
}

import { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Chaos } from './chaos.ts';
import { positionRead, positionRequest } from './contract/json-rules.ts';
import { answerChaos } from './faults.ts';
import type { Ledger, Position, PositionBody } from './ledger.ts';
import type { Wire } from './wire.ts';

interface GpdTools {
  readonly ledger: Ledger;
  readonly chaos: () => Chaos;
  readonly clock: Clock;
  readonly creditor: string;
  readonly wire: Wire;
}

/** Debt positions. Source: openapi_external_v1.json; rules as in facts of pagoPA §2.4. */
export function gpdApi({ ledger, chaos, clock, creditor, wire }: GpdTools): Router {
  const router = Router();
  router.param('organization', (_request, response, next, organization: string) => {
    // Positions of another creditor are forbidden, whether they exist or not.
    if (organization !== creditor) return void answerChaos(response, '403');
    next();
  });
  router.post('/organizations/:organization/debtpositions', (request: Request, response: Response) => {
    const { gpd } = chaos();
    const problems = wire.problemsOf('PaymentPositionModel', positionRequest, request.body);
    if (gpd !== 'lost' && answerChaos(response, gpd)) return;
    const body = problems.length > 0 ? problems.join('; ') : toBody(request.body, clock.today());
    if (typeof body === 'string') return wire.problem(response, 400, 'Bad Request', body);
    const [{ iuv, nav }] = body.paymentOption;
    const isTaken = ledger.positions.some(
      ({
        body: {
          iupd,
          paymentOption: [held],
        },
      }) => {
        return iupd === body.iupd || held.iuv === iuv || held.nav === nav;
      },
    );
    if (isTaken) return wire.problem(response, 409, 'Conflict', 'The debt position already exists.');
    const position: Position = {
      organization: creditor,
      body,
      status: request.query.toPublish === 'true' ? 'VALID' : 'DRAFT',
      insertedDate: clock.now().toISOString(),
      paymentDate: null,
    };
    ledger.positions.push(position);
    ledger.save();
    if (gpd === 'lost') return;
    wire.answer(response, 201, 'PaymentPositionModel', positionRequest, body);
  });
  router.post('/organizations/:organization/debtpositions/:iupd/invalidate', (request, response) => {
    const { gpd } = chaos();
    if (gpd !== 'lost' && answerChaos(response, gpd)) return;
    const position = ledger.position(creditor, request.params.iupd);
    if (position === undefined) return wire.problem(response, 404, 'Not Found', 'Not found a debt position.');
    if (position.status !== 'VALID')
      return wire.problem(response, 409, 'Conflict', 'The debt position is not in an invalidable state.');
    position.status = 'INVALID';
    ledger.save();
    if (gpd === 'lost') return;
    const invalidated = { ...position.body, status: position.status };
    wire.answer(response, 200, 'PaymentPositionModel', positionRequest, invalidated);
  });
  router.get('/organizations/:organization/debtpositions/:iupd', (request, response) => {
    // Reading has the same refusals as writing, except for a conflict.
    const { gpd } = chaos();
    if (gpd !== 'lost' && gpd !== '409' && gpd !== '400' && answerChaos(response, gpd)) return;
    const position = ledger.position(creditor, request.params.iupd);
    if (position === undefined) return wire.problem(response, 404, 'Not Found', 'Not found a debt position.');
    wire.answer(response, 200, 'PaymentPositionModelBaseResponse', positionRead, positionResponse(position));
  });
  return router;
}

function positionResponse({ organization, body, status, insertedDate, paymentDate }: Position) {
  const [option] = body.paymentOption;
  return {
    iupd: body.iupd,
    organizationFiscalCode: organization,
    type: body.type,
    companyName: body.companyName,
    insertedDate,
    ...(status === 'DRAFT' ? {} : { publishDate: insertedDate, validityDate: insertedDate }),
    ...(paymentDate === null ? {} : { paymentDate }),
    status,
    lastUpdatedDate: paymentDate ?? insertedDate,
    paymentOption: [
      {
        nav: option.nav,
        iuv: option.iuv,
        organizationFiscalCode: organization,
        amount: option.amount,
        description: option.description,
        isPartialPayment: option.isPartialPayment,
        dueDate: option.dueDate,
        insertedDate,
        ...(paymentDate === null ? {} : { paymentDate }),
        fee: 0,
        status: status === 'PAID' ? 'PO_PAID' : 'PO_UNPAID',
        transfer: option.transfer.map((transfer) => ({
          organizationFiscalCode: transfer.organizationFiscalCode ?? organization,
          idTransfer: transfer.idTransfer,
          amount: transfer.amount,
          remittanceInformation: transfer.remittanceInformation,
          category: transfer.category,
          iban: transfer.iban,
          insertedDate,
          status: 'T_UNREPORTED',
        })),
      },
    ],
  };
}

/**
 * A violation beyond the schema, as a sentence. Source: facts of pagoPA §2.4, and one option with a single debtor,
 * since the gateway sends no others.
 */
function toBody(sent: z.infer<typeof positionRequest>, today: string): PositionBody | string {
  const [option, ...more] = sent.paymentOption ?? [];
  if (option === undefined || more.length > 0) return 'One payment option was expected.';
  for (const name of ['iupd', 'fiscalCode', 'fullName', 'companyName'] as const)
    if (sent[name].trim() === '') return `${name} is empty.`;
  const { nav, iuv, dueDate, retentionDate } = option;
  if (!/^\d{17}$/.test(iuv)) return 'iuv has 17 digits.';
  if (nav !== undefined && nav !== `3${iuv}`) return 'nav is 3 and the iuv.';
  if (dueDate.slice(0, 10) < today) return 'dueDate is not past.';
  if (sent.validityDate !== undefined && dueDate < sent.validityDate)
    return 'dueDate is not before validityDate.';
  if (retentionDate !== undefined && retentionDate < dueDate) return 'retentionDate is not before dueDate.';
  const problem = problemOfTransfers(option);
  if (problem !== null) return problem;
  const complete = { ...sent, paymentOption: [{ ...option, nav: `3${iuv}` }] };
  return complete as unknown as PositionBody;
}

type Option = NonNullable<z.infer<typeof positionRequest>['paymentOption']>[number];

function problemOfTransfers({ amount, transfer = [] }: Option): string | null {
  if (transfer.length < 1 || transfer.length > 5) return 'One to five transfers were expected.';
  if (new Set(transfer.map(({ idTransfer }) => idTransfer)).size < transfer.length)
    return 'Each transfer has an idTransfer of its own.';
  if (transfer.reduce((total, part) => total + part.amount, 0) !== amount)
    return 'The transfers are not the amount in all.';
  if (transfer.some(({ iban, stamp }) => (iban === undefined) === (stamp === undefined)))
    return 'A transfer has an iban or a stamp.';
  return transfer.some(({ iban, postalIban }) => postalIban !== undefined && iban === undefined)
    ? 'A postalIban comes with an iban.'
    : null;
}

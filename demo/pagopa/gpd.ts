import { type Request, type Response, Router } from 'express';
import type { Clock } from '../../core/clock.ts';
import type { Chaos } from './chaos.ts';
import { isRecord } from './checkout.ts';
import { answerChaos, problem } from './faults.ts';
import type { Ledger, Position, PositionBody } from './ledger.ts';

interface GpdTools {
  readonly ledger: Ledger;
  readonly chaos: () => Chaos;
  readonly clock: Clock;
  readonly creditor: string;
}

/** Debt positions. Source: openapi_external_v1.json; rules as in facts of pagoPA §2.4. */
export function gpdApi({ ledger, chaos, clock, creditor }: GpdTools): Router {
  const router = Router();
  router.param('organization', (_request, response, next, organization: string) => {
    // Another body's positions are forbidden, whether they exist or not.
    if (organization !== creditor) return void answerChaos(response, '403');
    next();
  });
  router.post('/organizations/:organization/debtpositions', (request: Request, response: Response) => {
    const { gpd } = chaos();
    if (gpd !== 'lost' && answerChaos(response, gpd)) return;
    const body = toBody(request.body, clock.today());
    if (typeof body === 'string') return problem(response, 400, 'Bad Request', body);
    const [option] = body.paymentOption;
    const isTaken = ledger.positions.some(
      (one) => one.body.iupd === body.iupd || one.body.paymentOption[0].iuv === option.iuv,
    );
    if (isTaken) return problem(response, 409, 'Conflict', 'The debt position already exists.');
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
    response.status(201).json(request.body);
  });
  router.post('/organizations/:organization/debtpositions/:iupd/invalidate', (request, response) => {
    const { gpd } = chaos();
    if (gpd !== 'lost' && answerChaos(response, gpd)) return;
    const position = ledger.position(creditor, request.params.iupd);
    if (position === undefined) return problem(response, 404, 'Not Found', 'Not found a debt position.');
    if (position.status !== 'VALID')
      return problem(response, 409, 'Conflict', 'The debt position is not in an invalidable state.');
    position.status = 'INVALID';
    ledger.save();
    if (gpd === 'lost') return;
    response.json({ ...position.body, status: position.status });
  });
  router.get('/organizations/:organization/debtpositions/:iupd', (request, response) => {
    // What reading meets is what writing meets, but for a conflict.
    const { gpd } = chaos();
    if (gpd !== 'lost' && gpd !== '409' && gpd !== '400' && answerChaos(response, gpd)) return;
    const position = ledger.position(creditor, request.params.iupd);
    if (position === undefined) return problem(response, 404, 'Not Found', 'Not found a debt position.');
    response.json(positionResponse(position));
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

/** A text says what is wrong. Positions of one option only: nobody here sends others. */
function toBody(sent: unknown, today: string): PositionBody | string {
  if (!isRecord(sent)) return 'A JSON object was expected.';
  for (const name of ['iupd', 'type', 'fiscalCode', 'fullName', 'companyName'])
    if (typeof sent[name] !== 'string' || sent[name] === '') return `${name} is missing.`;
  if (typeof sent.switchToExpired !== 'boolean') return 'switchToExpired is missing.';
  const [option, ...more] = Array.isArray(sent.paymentOption) ? sent.paymentOption : [];
  if (!isRecord(option) || more.length > 0) return 'One payment option was expected.';
  const { nav, iuv, amount, description, isPartialPayment, dueDate, transfer } = option;
  if (!/^\d{17}$/.test(String(iuv))) return 'iuv has 17 digits.';
  if (nav !== undefined && nav !== `3${iuv}`) return 'nav is 3 and the iuv.';
  if (!Number.isInteger(amount) || Number(amount) < 1) return 'amount is at least 1.';
  if (typeof description !== 'string' || description.length > 140) return 'description is too long.';
  if (typeof isPartialPayment !== 'boolean') return 'isPartialPayment is missing.';
  if (typeof dueDate !== 'string' || !(dueDate.slice(0, 10) >= today)) return 'dueDate is not past.';
  if (!Array.isArray(transfer) || transfer.length < 1 || transfer.length > 5) return 'One to five transfers.';
  const sum = transfer.reduce((total: number, { amount: part }) => total + Number(part), 0);
  if (sum !== amount) return 'The transfers are not the amount in all.';
  if (transfer.some(({ iban, stamp }) => (iban === undefined) === (stamp === undefined)))
    return 'A transfer has an iban or a stamp.';
  const complete = { ...sent, paymentOption: [{ ...option, nav: `3${iuv}` }] };
  return complete as unknown as PositionBody;
}

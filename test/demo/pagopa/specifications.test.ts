import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { projectRoot } from '../../../core/project-root.ts';
import { readXml, type XmlElement } from '../../../core/xml/read-xml.ts';
import {
  apiProblem,
  cartRequest,
  checkoutProblem,
  positionRead,
  positionRequest,
  receiptRead,
} from '../../../demo/pagopa/contract/json-rules.ts';
import { nodeRules } from '../../../demo/pagopa/contract/node-rules.ts';
import type { PagopaStandIn } from '../../../demo/pagopa/start-pagopa.ts';
import type { NodeFault } from '../../../subgraphs/payments/listener/listener-handlers.ts';
import { type OpenApi, readOpenApi } from '../../support/open-api.ts';
import {
  clientOf,
  creditor,
  key,
  newCart,
  newPosition,
  noticeNumber,
  type OddServer,
  payAt,
  startOddServer,
  startStandIn,
} from '../../support/pagopa.ts';
import {
  callNode,
  messages,
  openTestListener,
  operationNames,
  payment,
  type TestListener,
} from '../../support/pagopa-node.ts';
import { factsOfJsonSchema, factsOfRule, factsOfXsd, type JsonSchema } from '../../support/rule-facts.ts';
import { readXsd, type Xsd } from '../../support/xsd.ts';

// pagoPA's published files are checked against where they are at hand; they are no part of the project.
const folder = join(projectRoot(), '..', 'shared', 'specs', 'pagopa');
const file = (...path: readonly string[]) => join(folder, ...path);
const isThere = existsSync(folder);
if (!isThere) console.warn(`Skipped: pagoPA's specifications are not at ${folder}.`);
const describeIf = isThere ? describe : describe.skip;

describeIf("pagoPA's published specifications of its APIs", () => {
  let [checkout, ecommerce, gpd, receipts]: readonly OpenApi[] = [];
  let town: PagopaStandIn;
  let ours: OddServer;
  beforeAll(async () => {
    checkout = readOpenApi(file('pagopa-api', 'openapi', 'checkout_v1.json'));
    ecommerce = readOpenApi(
      file('pagopa-ecommerce-payment-requests-service', 'api-spec', 'v1', 'payment-requests-api.yaml'),
    );
    gpd = readOpenApi(file('pagopa-debt-position', 'openapi', 'openapi_external_v1.json'));
    receipts = readOpenApi(file('pagopa-api', 'openapi', 'biz_events.json'));
    town = await startStandIn();
    ours = await startOddServer((_request, response) => void response.writeHead(500).end());
  });
  afterAll(async () => {
    await town?.close();
    await ours?.close();
  });

  const sent = () => JSON.parse(ours.requests.at(-1)?.body ?? '');
  const client = () => {
    const { url } = ours;
    return clientOf({ checkoutUrl: url, gpdUrl: url, gpdReceiptsUrl: url, receiptsUrl: url }).pagopa;
  };
  const call = (url: string, init: RequestInit = {}) =>
    fetch(url, {
      redirect: 'manual',
      ...init,
      headers: { 'ocp-apim-subscription-key': key, 'content-type': 'application/json' },
    });
  const post = (url: string, body: unknown) => call(url, { method: 'POST', body: JSON.stringify(body) });

  it('say what the rules of the stand-in say, field by field', () => {
    const rules = [
      [checkout, 'CartRequest', cartRequest],
      [checkout, 'ProblemJson', checkoutProblem],
      [gpd, 'PaymentPositionModel', positionRequest],
      [gpd, 'PaymentPositionModelBaseResponse', positionRead],
      [gpd, 'ProblemJson', apiProblem],
      [receipts, 'CtReceiptModelResponse', receiptRead],
      [receipts, 'ProblemJson', apiProblem],
    ] as const;
    for (const [published, component, rule] of rules) {
      const facts = factsOfJsonSchema(z.toJSONSchema(rule) as JsonSchema);
      expect([component, [...facts].sort()]).toEqual([
        component,
        [...(published?.factsOf(component) ?? [])].sort(),
      ]);
    }
  });

  it('allow our carts, of one notice and of five, with and without an e-mail address', async () => {
    const five = [1, 2, 3, 4, 5].map((base) => noticeNumber(base));
    for (const cart of [
      newCart([noticeNumber(1)]),
      { ...newCart(five), email: 'claudia.rossi@example.com' },
    ]) {
      await client().createCart(cart);
      expect(ours.requests.at(-1)).toMatchObject({ method: 'POST', url: '/carts' });
      expect(checkout?.problemsOf('CartRequest', sent())).toEqual([]);
      expect(ecommerce?.problemsOf('CartRequest', sent())).toEqual([]);
    }
    expect(checkout?.problemsOf('CartRequest', {})).not.toEqual([]);
  });

  it('allow our positions, of a person and of a body', async () => {
    for (const more of [{}, { debtorKind: 'BODY', email: null } as const]) {
      await client().createPosition(newPosition(7, more));
      expect(ours.requests.at(-1)?.url).toBe(`/organizations/${creditor}/debtpositions?toPublish=true`);
      expect(gpd?.problemsOf('PaymentPositionModel', sent())).toEqual([]);
    }
    expect(gpd?.statusesOf('/organizations/{organizationfiscalcode}/debtpositions', 'post')).toContain('201');
  });

  it('have the answers that the stand-in gives for carts', async () => {
    const documented = new Set([
      ...(checkout?.statusesOf('/carts', 'post') ?? []),
      ...(ecommerce?.statusesOf('/carts', 'post') ?? []),
    ]);
    const whole = {
      paymentNotices: [
        {
          noticeNumber: noticeNumber(90),
          fiscalCode: creditor,
          amount: 1,
          companyName: 'c',
          description: 'd',
        },
      ],
      returnUrls: {
        returnOkUrl: 'https://a.it',
        returnCancelUrl: 'https://a.it',
        returnErrorUrl: 'https://a.it',
      },
    };
    const twice = { ...whole, paymentNotices: [...whole.paymentNotices, ...whole.paymentNotices] };
    const answers = [
      [302, whole],
      [400, {}],
      [422, twice],
    ] as const;
    for (const [status, body] of answers) {
      const response = await post(`${town.checkoutUrl}/carts`, body);
      expect(response.status).toBe(status);
      expect(documented).toContain(String(status));
      if (status !== 302) expect(checkout?.problemsOf('ProblemJson', await response.json())).toEqual([]);
    }
  });

  it('have the answers that the stand-in gives for positions', async () => {
    const path = '/organizations/{organizationfiscalcode}/debtpositions';
    const url = `${town.gpdUrl}/organizations/${creditor}/debtpositions`;
    await client().createPosition(newPosition(8));
    const answers = [
      [201, sent(), 'PaymentPositionModel'],
      [409, sent(), 'ProblemJson'],
      [400, {}, 'ProblemJson'],
    ] as const;
    for (const [status, body, model] of answers) {
      const response = await post(`${url}?toPublish=true`, body);
      expect(response.status).toBe(status);
      expect(gpd?.statusesOf(path, 'post')).toContain(String(status));
      expect(gpd?.problemsOf(model, await response.json())).toEqual([]);
    }
    const read = await call(`${url}/SP-8`);
    expect(gpd?.problemsOf('PaymentPositionModelBaseResponse', await read.json())).toEqual([]);
    const missing = await call(`${url}/SP-9`);
    expect(missing.status).toBe(404);
    expect(gpd?.statusesOf(`${path}/{iupd}`, 'get')).toContain('404');
    expect((await call(url.replace(creditor, '00000000000'), { method: 'POST', body: '{}' })).status).toBe(
      403,
    );
  });

  it('have the receipts that the stand-in gives, of euros with two decimals', async () => {
    const { pagopa } = clientOf(town);
    await pagopa.createPosition(newPosition(10));
    const cart = await pagopa.createCart(newCart([noticeNumber(10, 2)], 8_350));
    await payAt('checkoutUrl' in cart ? cart.checkoutUrl : '', 'pay');
    const paid = town.ledger.payments.find(({ noticeNumber: number }) => number === noticeNumber(10, 2));
    const url = `${town.receiptsUrl}/organizations/${creditor}/receipts/${paid?.receiptId}`;
    for (const address of [url, `${url}/paymentoptions/${paid?.iuv}`]) {
      const text = await (await call(address)).text();
      expect(receipts?.problemsOf('CtReceiptModelResponse', JSON.parse(text))).toEqual([]);
      expect(text).toContain('"paymentAmount":83.50');
    }
    const missing = await call(`${url}/paymentoptions/0`);
    expect(missing.status).toBe(404);
    expect(receipts?.problemsOf('ProblemJson', await missing.json())).toEqual([]);
  });
});

describeIf("pagoPA's published schema of its node", () => {
  let xsd: Xsd;
  let listener: TestListener;
  let fault: NodeFault | null = null;
  beforeAll(async () => {
    xsd = readXsd(
      file('pagopa-api', 'wsdl', 'xsd', 'paForNode.xsd'),
      file('pagopa-api', 'xsd-common', 'sac-common-types-1.0.xsd'),
    );
    const { owed } = await import('../../support/pagopa-node.ts');
    listener = await openTestListener({
      answer: async () => (fault === null ? { outcome: 'payable', debt: owed } : { outcome: 'fault', fault }),
    });
  });
  afterAll(async () => {
    await listener?.close();
  });

  it.each(Object.entries(nodeRules))('says what the rules of the stand-in say: %s', (name, rule) => {
    const ours = factsOfRule(name, rule);
    expect(ours.length).toBeGreaterThan(2);
    expect(ours.map((fact) => fact.replace('/?', '/'))).toEqual(
      factsOfXsd(xsd, name).map((fact) => fact.replace('/?', '/')),
    );
  });

  const contentOf = (message: string) => readXml(message).children[0]?.children[0] as XmlElement;

  it.each(operationNames)('has the %s that the stand-in sends', (operation) => {
    expect(xsd.problemsOf(contentOf(messages[operation]))).toEqual([]);
  });

  it.each(operationNames)('has what we answer to %s', async (operation) => {
    fault = null;
    const { content, outcome } = await callNode(listener, operation, messages[operation]);
    expect(outcome).toBe('OK');
    expect(xsd.problemsOf(content as XmlElement)).toEqual([]);
  });

  it.each(operationNames)('has what we answer when %s is refused', async (operation) => {
    fault = 'PAID';
    // The receipt came already.
    const { content, outcome } = await callNode(listener, operation, messages[operation]);
    expect(outcome).toBe('KO');
    expect(xsd.problemsOf(content as XmlElement)).toEqual([]);
  });

  it('refuses what we refuse', () => {
    const broken = [
      messages.paSendRTV2.replace(/(<idPSP>.*?<\/idPSP>)(<pspFiscalCode>.*?<\/pspFiscalCode>)/, '$2$1'),
      messages.paSendRTV2.replace(/46\.10/g, '46.1'),
      messages.paSendRTV2.replace('<outcome>OK', '<outcome>ok'),
      messages.paSendRTV2.replace(/<description>.*?<\/description>/, ''),
      messages.paSendRTV2.replace(payment.noticeNumber, '1'),
      messages.paSendRTV2.replace(/<IBAN>.*?<\/IBAN>/, ''),
    ];
    for (const message of broken) expect(xsd.problemsOf(contentOf(message))).not.toEqual([]);
  });
});

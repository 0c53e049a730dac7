import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AppError } from '../../../../core/errors.ts';
import { creditor, noticeNumber } from '../../../support/pagopa.ts';
import {
  callNode,
  messages,
  nodeSecret,
  openTestListener,
  operationNames,
  owed,
  payment,
  type TestListener,
  textIn,
} from '../../../support/pagopa-node.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const listener of opened.splice(0)) await listener.close();
});

async function listen(...options: Parameters<typeof openTestListener>): Promise<TestListener> {
  const listener = await openTestListener(...options);
  opened.push(listener);
  return listener;
}

describe('what the node asks', () => {
  it('is answered with what a notice costs, in euros', async () => {
    const listener = await listen();
    const { status, content, outcome } = await callNode(
      listener,
      'paVerifyPaymentNotice',
      messages.paVerifyPaymentNotice,
    );
    expect([status, content?.name, outcome]).toEqual([200, 'paVerifyPaymentNoticeRes', 'OK']);
    const option = ['paymentList', 'paymentOptionDescription'];
    expect(textIn(content, ...option, 'amount')).toBe('46.10');
    expect(textIn(content, ...option, 'options')).toBe('EQ');
    expect(textIn(content, ...option, 'dueDate')).toBe('2026-11-30');
    expect(textIn(content, ...option, 'allCCP')).toBe('false');
    expect(textIn(content, 'companyName')).toBe('Comune di Calvenzano');
    expect(listener.asked).toEqual([{ creditor, numeroAvviso: noticeNumber(1) }]);
  });

  it('says when money goes to a postal account', async () => {
    const listener = await listen({ config: { iban: 'IT60X0760111101000000123456' } });
    const { content } = await callNode(listener, 'paVerifyPaymentNotice', messages.paVerifyPaymentNotice);
    expect(textIn(content, 'paymentList', 'paymentOptionDescription', 'allCCP')).toBe('true');
  });

  it('is answered with what to pay, to whom, and nobody’s name', async () => {
    const listener = await listen();
    const { content, outcome, text } = await callNode(listener, 'paGetPaymentV2', messages.paGetPaymentV2);
    expect([content?.name, outcome]).toEqual(['paGetPaymentV2Response', 'OK']);
    expect(textIn(content, 'data', 'creditorReferenceId')).toBe(owed.iuv);
    expect(textIn(content, 'data', 'paymentAmount')).toBe('46.10');
    expect(textIn(content, 'data', 'transferList', 'transfer', 'transferCategory')).toBe('9/0101002IM/');
    expect(text).not.toContain('Rossi');
    expect(listener.asked).toEqual([
      { creditor, numeroAvviso: noticeNumber(1), amount: 4_610, cartId: payment.paymentNote },
    ]);
  });

  it('has a day where a debt has none', async () => {
    const listener = await listen({
      answer: async () => ({ outcome: 'payable', debt: { ...owed, dueOn: null } }),
    });
    const { content } = await callNode(listener, 'paGetPaymentV2', messages.paGetPaymentV2);
    expect(textIn(content, 'data', 'dueDate')).toBe('2099-12-31');
    const verified = await callNode(listener, 'paVerifyPaymentNotice', messages.paVerifyPaymentNotice);
    expect(textIn(verified.content, 'paymentList', 'paymentOptionDescription', 'dueDate')).toBeUndefined();
  });

  it.each([
    ['WRONG_CREDITOR', 'PAA_ID_DOMINIO_ERRATO'],
    ['UNKNOWN', 'PAA_PAGAMENTO_SCONOSCIUTO'],
    ['PAID', 'PAA_PAGAMENTO_DUPLICATO'],
    ['EXPIRED', 'PAA_PAGAMENTO_SCADUTO'],
    ['CANCELLED', 'PAA_PAGAMENTO_ANNULLATO'],
    ['AMOUNT_DIFFERS', 'PAA_ATTIVA_RPT_IMPORTO_NON_VALIDO'],
  ] as const)('of a debt that is %s is refused with %s', async (fault, code) => {
    const listener = await listen({ answer: async () => ({ outcome: 'fault', fault }) });
    for (const operation of ['paVerifyPaymentNotice', 'paGetPaymentV2'] as const) {
      const { status, outcome, faultCode, content } = await callNode(
        listener,
        operation,
        messages[operation],
      );
      expect([status, outcome, faultCode]).toEqual([200, 'KO', code]);
      expect(textIn(content, 'fault', 'id')).toBe(creditor);
    }
  });

  it('is refused for now when the legacy system does not respond', async () => {
    const listener = await listen({
      answer: async () => {
        throw new AppError('LEGACY_UNAVAILABLE', 'The legacy system does not respond.', { cause: 'SECRET' });
      },
    });
    const { faultCode, text } = await callNode(
      listener,
      'paVerifyPaymentNotice',
      messages.paVerifyPaymentNotice,
    );
    expect(faultCode).toBe('PAA_SYSTEM_ERROR');
    expect(text).not.toMatch(/legacy|SECRET/);
  });

  it('is refused for now when an answer takes too long', async () => {
    const listener = await listen({ answer: () => new Promise(() => undefined), limitMs: 50 });
    const { faultCode } = await callNode(listener, 'paGetPaymentV2', messages.paGetPaymentV2);
    expect(faultCode).toBe('PAA_SYSTEM_ERROR');
  });

  it('is refused with 415 if it is compressed, before a byte of it is read', async () => {
    const listener = await listen();
    for (const encoding of ['gzip', 'br', 'GZIP', 'deflate, gzip', 'zstd']) {
      const body = new Uint8Array(gzipSync(messages.paGetPaymentV2));
      const { status, text } = await callNode(listener, 'paGetPaymentV2', body, {
        'content-encoding': encoding,
      });
      expect([status, JSON.parse(text).errors?.[0]?.extensions?.code ?? text]).toEqual([
        415,
        'BAD_USER_INPUT',
      ]);
    }
    const plain = { 'content-encoding': 'identity' };
    const { outcome } = await callNode(listener, 'paGetPaymentV2', messages.paGetPaymentV2, plain);
    expect(outcome).toBe('OK');
  });

  it.each([
    ['blanks around an amount', '<amount>46.10<', '<amount>\n  46.10\t<'],
    ['zeros before an amount', '<amount>46.10<', '<amount>000000000046.10<'],
    ['a day with blanks', '</paymentNote>', '</paymentNote><dueDate> 2026-11-30 </dueDate>'],
    ['a day with its zone', '</paymentNote>', '</paymentNote><dueDate>2026-11-30+01:00</dueDate>'],
  ])('is read with %s, as its schema allows', async (_, from, to) => {
    const message = messages.paGetPaymentV2.replace(from, to);
    expect(message).not.toBe(messages.paGetPaymentV2);
    expect((await callNode(await listen(), 'paGetPaymentV2', message)).outcome).toBe('OK');
  });

  it.each([
    ['blanks inside a number', '<amount>46.10<', '<amount>46. 10<'],
    ['a sign', '<amount>46.10<', '<amount>+46.10<'],
    ['a no-break blank', '<amount>46.10<', '<amount>\u00a046.10<'],
    ['blanks around a text', '<noticeNumber>3', '<noticeNumber> 3'],
  ])('is no message with %s', async (_, from, to) => {
    const message = messages.paGetPaymentV2.replace(from, to);
    expect((await callNode(await listen(), 'paGetPaymentV2', message)).faultCode).toBe('PAA_SINTASSI_XSD');
  });

  it('begins nothing once it is too late, or the node is gone', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const answer = (_: unknown, signal?: AbortSignal) => {
      signals.push(signal);
      return new Promise<never>(() => undefined);
    };
    await callNode(await listen({ answer, limitMs: 50 }), 'paGetPaymentV2', messages.paGetPaymentV2);
    const patient = await listen({ answer });
    const leaving = new AbortController();
    const headers = { soapaction: 'paGetPaymentV2', 'x-node-secret': nodeSecret };
    const body = messages.paGetPaymentV2;
    const call = fetch(patient.url, { method: 'POST', headers, body, signal: leaving.signal });
    while (signals.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, false]);
    leaving.abort();
    await expect(call).rejects.toThrow();
    while (signals[1]?.aborted === false) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(signals[1]?.aborted).toBe(true);
  });
});

describe('a receipt', () => {
  it('is taken, in cents', async () => {
    const listener = await listen();
    const { content, outcome } = await callNode(listener, 'paSendRTV2', messages.paSendRTV2);
    expect([content?.name, outcome]).toEqual(['paSendRTV2Response', 'OK']);
    expect(listener.received).toEqual([
      {
        receiptId: payment.receiptId,
        creditor,
        numeroAvviso: noticeNumber(1),
        iuv: payment.iuv,
        amount: 4_610,
        paidAt: '2026-10-15T07:00:00.000Z',
        description: 'Fattura 2026/701, rata 1',
        pspName: 'Banca Dimostrativa S.p.A.',
        paymentMethod: 'creditCard',
        debtor: { codiceFiscale: 'RSSCLD84C52A794Q', name: 'Claudia Rossi' },
        payer: { codiceFiscale: 'BNCMRC82L25L400X', name: 'Marco Bianchi' },
        cartId: payment.paymentNote,
      },
    ]);
    expect(listener.logLines.join()).not.toMatch(/Rossi|Bianchi|RSSCLD|BNCMRC/);
  });

  it('that came already is told so, and is heard all the same', async () => {
    const listener = await listen();
    await callNode(listener, 'paSendRTV2', messages.paSendRTV2);
    const { outcome, faultCode } = await callNode(listener, 'paSendRTV2', messages.paSendRTV2);
    expect([outcome, faultCode]).toEqual(['KO', 'PAA_RECEIPT_DUPLICATA']);
  });

  it('that could not be kept is asked for again', async () => {
    const listener = await listen({ receive: async () => Promise.reject(new Error('The disk is full.')) });
    expect((await callNode(listener, 'paSendRTV2', messages.paSendRTV2)).faultCode).toBe('PAA_SYSTEM_ERROR');
  });

  it('of a payment that failed settles nothing', async () => {
    const listener = await listen();
    const failed = messages.paSendRTV2.replace('<outcome>OK', '<outcome>KO');
    expect((await callNode(listener, 'paSendRTV2', failed)).outcome).toBe('OK');
    expect(listener.received).toEqual([]);
    expect(listener.released).toEqual([payment.iuv]);
  });

  it.each([
    ['a number with zeros', '<idTransfer>1<', '<idTransfer>01<'],
    ['a number with blanks and a sign', '<idTransfer>1<', '<idTransfer> +1 <'],
    ['a moment with blanks', '<paymentDateTime>', '<paymentDateTime>\n'],
    ['a long fraction', '07:00:00.000Z', '07:00:00.0000000000001Z'],
    ['no moment at all', /<paymentDateTime>.*<\/transferDate>/, ''],
    [
      'the first day of all',
      /<paymentDateTime>.*<\/transferDate>/,
      '<transferDate>0001-01-01</transferDate>',
    ],
  ])('with %s is taken, as its schema allows', async (_, from, to) => {
    const listener = await listen();
    const message = messages.paSendRTV2.replace(from, to);
    expect(message).not.toBe(messages.paSendRTV2);
    expect((await callNode(listener, 'paSendRTV2', message)).outcome).toBe('OK');
    expect(listener.received).toMatchObject([{ paidAt: '2026-10-15T07:00:00.000Z' }]);
  });

  it.each(['0', '6', '-1', '1.0', '１', ''])('of the transfer %j is none', async (id) => {
    const message = messages.paSendRTV2.replace('<idTransfer>1<', `<idTransfer>${id}<`);
    expect((await callNode(await listen(), 'paSendRTV2', message)).faultCode).toBe('PAA_SINTASSI_XSD');
  });

  it.each([
    [
      'a local time of Rome',
      /<paymentDateTime>.*?</,
      '<paymentDateTime>2026-07-01T10:00:00<',
      '2026-07-01T08:00:00.000Z',
    ],
    ['a day alone', /<paymentDateTime>.*?<\/paymentDateTime>/, '', '2026-10-14T22:00:00.000Z'],
  ])('says when it was paid by %s', async (_what, found, instead, paidAt) => {
    const listener = await listen();
    await callNode(listener, 'paSendRTV2', messages.paSendRTV2.replace(found, instead));
    expect(listener.received).toMatchObject([{ paidAt }]);
  });

  it('of an anonymous payer names nobody', async () => {
    const listener = await listen();
    await callNode(
      listener,
      'paSendRTV2',
      messages.paSendRTV2.replace('BNCMRC82L25L400X', 'ANONIMO').replace('Marco Bianchi', 'ANONIMO'),
    );
    expect(listener.received).toMatchObject([{ payer: null }]);
  });

  it.each([
    ['an IUV that is not its notice’s', /<creditorReferenceId>\d+/, '<creditorReferenceId>01000000000099999'],
    ['transfers that are not its amount', '<transferAmount>46.10', '<transferAmount>46.09'],
    ['nothing paid', /46\.10/g, '0.00'],
  ])('with %s is a contradiction', async (_what, found, instead) => {
    const listener = await listen();
    const { faultCode } = await callNode(listener, 'paSendRTV2', messages.paSendRTV2.replace(found, instead));
    expect(faultCode).toBe('PAA_SEMANTICA');
    expect(listener.received).toEqual([]);
  });
});

describe('a call for somebody else', () => {
  const others = [
    ['body', /<idPA>\d+/, '<idPA>00000000000', 'PAA_ID_DOMINIO_ERRATO'],
    ['broker', /<idBrokerPA>\d+/, '<idBrokerPA>00000000000', 'PAA_ID_INTERMEDIARIO_ERRATO'],
    ['station', /_01<\/idStation>/, '_02</idStation>', 'PAA_STAZIONE_INT_ERRATA'],
  ] as const;
  it.each(operationNames.flatMap((operation) => others.map((other) => [operation, ...other] as const)))(
    '%s with another %s is refused',
    async (operation, _what, found, instead, code) => {
      const listener = await listen();
      const { outcome, faultCode } = await callNode(
        listener,
        operation,
        messages[operation].replace(found, instead),
      );
      expect([outcome, faultCode]).toEqual(['KO', code]);
      expect([listener.asked, listener.received]).toEqual([[], []]);
    },
  );

  it('asks for another body’s notice in vain', async () => {
    const listener = await listen();
    const other = messages.paVerifyPaymentNotice.replace(/<fiscalCode>\d+/, '<fiscalCode>00000000000');
    const { faultCode } = await callNode(listener, 'paVerifyPaymentNotice', other);
    expect(faultCode).toBe('PAA_ID_DOMINIO_ERRATO');
    const receipt = messages.paSendRTV2.replace(/<fiscalCode>\d+/, '<fiscalCode>00000000000');
    expect((await callNode(listener, 'paSendRTV2', receipt)).faultCode).toBe('PAA_ID_DOMINIO_ERRATO');
  });
});

describe('a message that is not what it should be', () => {
  const receipt = messages.paSendRTV2;
  it.each([
    ['nothing', ''],
    ['no XML', 'receiptId=1'],
    ['half of it', receipt.slice(0, -20)],
    ['no envelope', '<a/>'],
    [
      'an envelope of SOAP 1.2',
      receipt.replace('schemas.xmlsoap.org/soap/envelope/', 'www.w3.org/2003/05/soap-envelope'),
    ],
    ['an empty body', receipt.replace(/<soapenv:Body>.*<\/soapenv:Body>/s, '<soapenv:Body></soapenv:Body>')],
    ['two messages in one', receipt.replace(/(<soapenv:Body>)(.*)(<\/soapenv:Body>)/s, '$1$2$2$3')],
    ['another operation than its SOAPAction', messages.paVerifyPaymentNotice],
    ['another namespace', receipt.replace('pagopa-api.pagopa.gov.it/pa/', 'example.it/pa/')],
    ['a missing element', receipt.replace(/<description>.*?<\/description>/, '')],
    [
      'elements in another order',
      receipt.replace(/(<idPSP>.*?<\/idPSP>)(<pspFiscalCode>.*?<\/pspFiscalCode>)/, '$2$1'),
    ],
    ['an element too many', receipt.replace('</receipt>', '<more>1</more></receipt>')],
    ['an element twice', receipt.replace(/(<receiptId>.*?<\/receiptId>)/, '$1$1')],
    ['an element of another namespace', receipt.replace(/receiptId>/g, 'paf:receiptId>')],
    ['text between elements', receipt.replace('<receipt>', '<receipt>text')],
    ['an amount in cents', receipt.replace(/46\.10/g, '4610')],
    ['an amount of one decimal', receipt.replace(/46\.10/g, '46.1')],
    ['an amount with a comma', receipt.replace(/46\.10/g, '46,10')],
    ['an amount below nothing', receipt.replace(/46\.10/g, '-46.10')],
    ['an amount of ten digits', receipt.replace(/46\.10/g, '1000000000.00')],
    ['a notice number of 17 digits', receipt.replace(/<noticeNumber>\d/, '<noticeNumber>')],
    ['a body code of letters', receipt.replace(/<fiscalCode>\d{11}/, '<fiscalCode>ABCDEFGHILM')],
    [
      'a description of 141 characters',
      receipt.replace(/<description>.*?</, `<description>${'x'.repeat(141)}<`),
    ],
    ['an outcome that is neither', receipt.replace('<outcome>OK', '<outcome>ok')],
    ['a day that no month has', receipt.replace(/<applicationDate>.*?</, '<applicationDate>2026-02-30<')],
    ['six transfers', receipt.replace(/(<transfer>.*<\/transfer>)/s, '$1$1$1$1$1$1')],
    ['a transfer without IBAN or stamp', receipt.replace(/<IBAN>.*?<\/IBAN>/, '')],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(receipt.slice(0, 300)), Buffer.from([0xff, 0xfe])]),
    ],
  ])('%s breaks the schema', async (_what, body) => {
    const listener = await listen();
    const { status, content, outcome, faultCode } = await callNode(
      listener,
      'paSendRTV2',
      typeof body === 'string' ? body : new Uint8Array(body),
    );
    expect([status, content?.name]).toEqual([200, 'paSendRTV2Response']);
    expect([outcome, faultCode]).toEqual(['KO', 'PAA_SINTASSI_XSD']);
    expect(listener.received).toEqual([]);
  });

  it('repeats nothing of what came', async () => {
    const listener = await listen();
    const { text } = await callNode(listener, 'paSendRTV2', receipt.replace('<outcome>OK', '<outcome>Rossi'));
    expect(text).not.toContain('Rossi');
    expect(listener.logLines.join()).not.toContain('Rossi');
  });

  it.each(['paSendRT', 'paDemandPaymentNotice', '', 'toString'])(
    'of the operation "%s" is no operation of ours',
    async (operation) => {
      const listener = await listen();
      const { status, content } = await callNode(listener, operation, receipt);
      expect([status, content?.name]).toEqual([500, 'Fault']);
      expect(listener.received).toEqual([]);
    },
  );

  it('reads every optional element, and metadata', async () => {
    const listener = await listen();
    const whole = receipt
      .replace('</companyName><debtor>', '</companyName><officeName>Servizio Istruzione</officeName><debtor>')
      .replace(
        '</fullName></debtor>',
        '</fullName><streetName>Via Roma</streetName><civicNumber>1</civicNumber><postalCode>24040</postalCode><city>Calvenzano</city><stateProvinceRegion>BG</stateProvinceRegion><country>IT</country><e-mail>claudia.rossi@example.com</e-mail></debtor>',
      )
      .replace('</pspFiscalCode>', '</pspFiscalCode><pspPartitaIVA>00000000000</pspPartitaIVA>')
      .replace(
        '</fee>',
        '</fee><primaryCiIncurredFee>0.10</primaryCiIncurredFee><idBundle>b</idBundle><idCiBundle>c</idCiBundle>',
      )
      .replace(
        '</receipt>',
        '<metadata><mapEntry><key>k</key><value>v</value></mapEntry></metadata><standIn>true</standIn></receipt>',
      );
    expect((await callNode(listener, 'paSendRTV2', whole)).outcome).toBe('OK');
    expect(listener.received).toHaveLength(1);
  });
});

describe('a message that is an attack', () => {
  const inReceipt = (doctype: string, description: string) =>
    `${doctype}${messages.paSendRTV2.replace(/<description>.*?</, `<description>${description}<`)}`;
  const laughs = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
  ).join('');
  it.each([
    ['a billion laughs', inReceipt(`<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]>`, '&l9;')],
    [
      'a quadratic blow-up',
      inReceipt(`<!DOCTYPE a [<!ENTITY b "${'x'.repeat(20_000)}">]>`, '&b;'.repeat(5_000)),
    ],
    ['a file of ours', inReceipt('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '&x;')],
    ['an address of theirs', inReceipt('<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">', 'text')],
    [
      'a parameter entity',
      inReceipt('<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p"> %p;]>', 'text'),
    ],
    ['an entity that nobody declared', inReceipt('', '&xxe;')],
    ['ten thousand levels', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`],
    ['ten thousand elements', `<a>${'<b/>'.repeat(10_000)}</a>`],
    ['a thousand attributes', `<a ${Array.from({ length: 1_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`],
  ])('%s is refused', async (_what, body) => {
    const listener = await listen();
    const { faultCode, text } = await callNode(listener, 'paSendRTV2', body);
    expect(faultCode).toBe('PAA_SINTASSI_XSD');
    expect(text.length).toBeLessThan(1_000);
    expect(listener.received).toEqual([]);
  });

  it('of many bytes is not read to its end', async () => {
    const listener = await listen();
    const { status } = await callNode(listener, 'paSendRTV2', `<a>${'x'.repeat(300_000)}</a>`);
    expect(status).toBe(413);
    expect((await callNode(listener, 'paSendRTV2', messages.paSendRTV2)).outcome).toBe('OK');
  });
});

describe('who may call', () => {
  it.each([
    ['nothing', {}],
    ['another secret', { 'x-node-secret': 'm'.repeat(32) }],
    ['the beginning of the secret', { 'x-node-secret': nodeSecret.slice(0, 31) }],
    ['an empty secret', { 'x-node-secret': '' }],
  ])('with %s is nobody, and is audited', async (_what, headers) => {
    const listener = await listen();
    const response = await fetch(listener.url, {
      method: 'POST',
      headers: { soapaction: 'paSendRTV2', ...headers },
      body: messages.paSendRTV2,
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(listener.received).toEqual([]);
    expect(listener.events).toMatchObject([
      { action: 'PagopaListener.call', outcome: 'refused', actor: { kind: 'pagopa', id: null } },
    ]);
  });

  it('has any of the secrets, so that they can be changed', async () => {
    const listener = await listen({ config: { secrets: ['a'.repeat(32), nodeSecret] } });
    expect((await callNode(listener, 'paSendRTV2', messages.paSendRTV2)).outcome).toBe('OK');
  });

  it('is nobody where neither certificate nor secret is configured', async () => {
    const listener = await listen({ config: { secrets: [], tls: null } });
    expect((await callNode(listener, 'paSendRTV2', messages.paSendRTV2)).status).toBe(403);
  });

  it.each([
    ['GET', '/paForNode'],
    ['POST', '/'],
    ['POST', '/graphql'],
  ])('finds nothing at %s %s', async (method, path) => {
    const listener = await listen();
    const response = await fetch(new URL(path, listener.url), {
      method,
      headers: { 'x-node-secret': nodeSecret },
    });
    expect(response.status).toBe(404);
  });
});

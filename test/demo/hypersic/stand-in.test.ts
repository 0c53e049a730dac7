import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceNamespace } from '../../../demo/hypersic/service-definition.ts';
import { createHypersic } from '../../../legacy/hypersic/create-hypersic.ts';
import type { Legacy } from '../../../legacy/ports/legacy.ts';
import { openRegisterTown, type RegisterTown } from '../../support/register-town.ts';

let town: RegisterTown;
let legacy: Legacy;
beforeAll(async () => {
  town = await openRegisterTown();
  legacy = createHypersic(town.config);
});
afterAll(async () => {
  await legacy?.close();
  await town?.close();
});

const credentials = `<AuthenticationDetails xmlns="${serviceNamespace}"><UserName>gateway</UserName><Password>una "password" &amp; &lt;altro&gt;</Password></AuthenticationDetails>`;
const envelope = (content: string, header = credentials) =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header>${header}</soap:Header><soap:Body>${content}</soap:Body></soap:Envelope>`;
const operation = (name: string, content: string) =>
  envelope(`<${name} xmlns="${serviceNamespace}">${content}</${name}>`);

async function call(name: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(town.standIn.serviceUrl, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: `"${serviceNamespace}${name}"`,
      ...headers,
    },
  });
  const text = await response.text();
  const [, code] = /<faultcode>(.*?)<\/faultcode>/.exec(text) ?? [];
  const [, sentence] = /<faultstring>(.*?)<\/faultstring>/.exec(text) ?? [];
  return { status: response.status, code, sentence, text };
}

describe('hyperSIC’s stand-in answers a fault where the service answers one', () => {
  const search = operation('GetCorrispondente', '<codiceFiscale>X</codiceFiscale>');

  it.each([
    ['what is no XML', 'GetCorrispondente', search.replace('</soap:Body>', ''), 'unable to read request'],
    ['nothing', 'GetCorrispondente', '', 'unable to read request'],
    ['what is no envelope', 'GetCorrispondente', '<a/>', 'unable to read request'],
    ['an unknown SOAPAction', 'GetNothing', search, 'did not recognize the value of HTTP Header SOAPAction'],
    [
      'another operation than the SOAPAction',
      'GetCorrispondente1',
      search,
      'GetCorrispondente1 was expected',
    ],
    [
      'a misspelt parameter',
      'GetCorrispondente',
      search.replaceAll('codiceFiscale', 'codicefiscale'),
      'not known',
    ],
    [
      'parameters out of order',
      'GetCorrispondente',
      operation('GetCorrispondente', '<codiceFiscale/><codice/>'),
      'not at its place',
    ],
    ['elements in a text', 'GetCorrispondente', search.replace('>X<', '><a/><'), 'has elements'],
    [
      'bytes that are no base64',
      'InsertAllegatoProtocolloGenerale',
      operation('InsertAllegatoProtocolloGenerale', '<codice>1</codice><fileBytes>àà</fileBytes>'),
      'no base64',
    ],
    [
      'a DataSet without a schema',
      'InsertProtocolloGenerale',
      operation('InsertProtocolloGenerale', '<dsDati><protocolli/></dsDati>'),
      'a schema and a diffgram were expected',
    ],
    [
      'a column that the DataSet does not have',
      'InsertProtocolloGenerale',
      operation(
        'InsertProtocolloGenerale',
        '<dsDati><s:schema xmlns:s="http://www.w3.org/2001/XMLSchema"/><d:diffgram xmlns:d="urn:d"><protocolli xmlns=""><protocollo><ogetto>x</ogetto></protocollo></protocolli></d:diffgram></dsDati>',
      ),
      'ogetto is not known',
    ],
    ['a wrong password', 'GetCorrispondente', search.replace('gateway', 'other'), 'Accesso negato'],
  ])('to %s: of the client', async (_name, action, body, sentence) => {
    expect(await call(action, body)).toMatchObject({
      status: 500,
      code: 'soap:Client',
      sentence: expect.stringContaining(sentence),
    });
  });

  it('to what fails inside: of the server, and the connection stays open', async () => {
    const body = operation('GetProtocolloGenerale', '<codice>no number</codice>');
    expect(await call('GetProtocolloGenerale', body)).toMatchObject({
      status: 500,
      code: 'soap:Server',
      sentence: expect.stringContaining('Server was unable to process request. ---&gt;'),
    });
  });

  it('to a request that is too large: of the server', async () => {
    const large = operation('GetCorrispondente', `<codice>${'x'.repeat(33 * 1024 * 1024)}</codice>`);
    expect(await call('GetCorrispondente', large)).toMatchObject({
      status: 500,
      sentence: 'Maximum request length exceeded.',
    });
  });

  it('and 415 to another media type', async () => {
    const { status } = await call('GetCorrispondente', '{}', { 'content-type': 'application/json' });
    expect(status).toBe(415);
  });
});

describe('what the adapter and the stand-in say to each other', () => {
  it('is as the service describes it, every operation and both ways', async () => {
    const { messages } = town.standIn;
    const before = { checked: messages.checked, invalid: messages.invalid.length };
    const { protocolRegister } = legacy;
    const code = 'LDRMNA90A55Z330T';
    const sender = await protocolRegister.insertSender({
      codiceFiscale: code as never,
      name: 'Amina',
      email: 'a@example.it',
    });
    expect(sender.outcome).toBe('sent');
    const [key] = await protocolRegister.findSenders(code as never);
    const entry = await protocolRegister.insertEntry({
      subject: 'Iscrizione Rif. 7F3KQ2M9XA4T',
      sender: { key, name: 'Amina' } as never,
      previous: null,
    } as never);
    if (entry.outcome !== 'sent') throw new Error('An entry was expected.');
    await protocolRegister.insertAttachment(entry.value.key, {
      name: 'istanza.xml',
      bytes: Buffer.from('<a/>'),
    } as never);
    expect(await protocolRegister.attachmentNames(entry.value.key)).toEqual(['istanza.xml']);
    const found = await protocolRegister.findEntries({
      reference: '7F3KQ2M9XA4T',
      sender: key as never,
      from: '2026-10-01' as never,
      to: '2026-10-31' as never,
    });
    expect(found.map((one) => one.key)).toEqual([entry.value.key]);
    // Six calls and their answers.
    expect(messages.checked - before.checked).toBe(12);
    expect(messages.invalid.slice(before.invalid)).toEqual([]);
  });
});

import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { projectFile } from '../../../../core/project-root.ts';
import { parseCalendarDate, parseCodiceFiscale } from '../../../../core/values/index.ts';
import { operations, wsdl } from '../../../../demo/hypersic/service-definition.ts';
import { soapDate, soapInstant, usualCulture } from '../../../../legacy/hypersic/formats.ts';
import { createProtocolRegister } from '../../../../legacy/hypersic/protocol-register.adapter.ts';
import {
  entryColumns,
  recipientColumns,
  senderColumns,
  shortName,
} from '../../../../legacy/hypersic/protocol-register.mapper.ts';
import { createSoapCall } from '../../../../legacy/hypersic/wire/soap.ts';
import type { EntryKey } from '../../../../legacy/ports/keys.ts';
import type { ProtocolRegisterPort, SenderKey } from '../../../../legacy/ports/protocol-register.port.ts';

const sender = { key: 'A000000001' as SenderKey, name: 'Rossi Claudia' };
const entry = { subject: 'Iscrizione - Rif. 7F3KQ2M9XA4T', sender, previous: { number: 7, year: 2026 } };
const query = {
  reference: '7F3KQ2M9XA4T',
  sender: sender.key,
  from: parseCalendarDate('2026-10-14'),
  to: parseCalendarDate('2026-10-16'),
};
const habits = { culture: usualCulture, classification: '4.3', office: 'ISTR' };
const code = parseCodiceFiscale('RSSCLD84C52A794Q');

let answer: (request: IncomingMessage, response: ServerResponse) => void;
let sent: { readonly action: string; readonly body: string }[] = [];
let protocolRegister: ProtocolRegisterPort;
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  sent.push({ action: String(request.headers.soapaction), body: Buffer.concat(chunks).toString() });
  answer(request, response);
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => {
  const { port } = server.address() as AddressInfo;
  const call = createSoapCall({
    url: `http://127.0.0.1:${port}/`,
    user: 'gateway',
    password: 'a<b',
    // Longer than a first answer takes on a busy machine.
    timeoutMs: 1_000,
    maxAnswerBytes: 100_000,
  });
  protocolRegister = createProtocolRegister(call, habits, 1_000);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What the service sends from now on. */
function answers(text: string, status = 200): void {
  sent = [];
  answer = (_, response) => void response.writeHead(status).end(text);
}
const soap = (body: string) =>
  `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${body}</soap:Body></soap:Envelope>`;
const result = (operation: string, content: string) =>
  soap(
    `<${operation}Response xmlns="http://services.apsystems.it/"><${operation}Result>${content}</${operation}Result></${operation}Response>`,
  );
const diffgram = (rows: string) =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" id="x"/><diffgr:diffgram xmlns:diffgr="urn:schemas-microsoft-com:xml-diffgram-v1">${rows}</diffgr:diffgram>`;
const fault = (faultcode: string) =>
  soap(`<soap:Fault><faultcode>${faultcode}</faultcode><faultstring>ORA-12541</faultstring></soap:Fault>`);

describe('the protocol service, read', () => {
  const read = (text: string) => {
    answers(text);
    return protocolRegister.findSenders(code);
  };
  const rows = (...keys: string[]) =>
    keys.map((key) => `<corrispondente><codice>${key} </codice></corrispondente>`).join('');

  it('takes no row, one row and many, as a DataSet or as a string of XML', async () => {
    const set = (inner: string) => `<corrispondenti xmlns="">${inner}</corrispondenti>`;
    const text = (inner: string) => inner.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const wrapped = (inner: string) => result('GetCorrispondente', inner);
    expect(await read(wrapped(diffgram('')))).toEqual([]);
    expect(await read(wrapped(diffgram(set(rows('7')))))).toEqual(['7']);
    expect(await read(wrapped(diffgram(set(rows('7', '8')))))).toEqual(['7', '8']);
    expect(await read(wrapped(text(set(rows('7', '8')))))).toEqual(['7', '8']);
    expect(await read(wrapped(text(`<r>${diffgram(set(rows('7')))}</r>`)))).toEqual(['7']);
    expect(await read(wrapped(''))).toEqual([]);
  });

  it('says that it was refused when the answer holds errors, in the plural or the singular, or is a fault', async () => {
    const refused = { code: 'LEGACY_REJECTED', cause: { message: expect.any(String) } };
    const complaint = '<descrizione>Utente non abilitato</descrizione>';
    for (const table of [
      `<errori xmlns="">${complaint}</errori>`,
      `<errori xmlns=""><errori>${complaint}</errori></errori>`,
      `<corrispondenti xmlns=""><errore>${complaint}</errore></corrispondenti>`,
    ])
      await expect(read(result('GetCorrispondente', diffgram(table)))).rejects.toMatchObject({
        ...refused,
        cause: { message: 'Utente non abilitato' },
      });
    await expect(read(fault('soap:Server'))).rejects.toMatchObject(refused);
  });

  it('takes the rows as they are, not as they were before a change, nor remarks on them', async () => {
    const set = `<corrispondenti xmlns="">${rows('7')}</corrispondenti>`;
    const before = `<diffgr:before>${rows('5', '6')}<errori xmlns=""><descrizione>old</descrizione></errori></diffgr:before>`;
    const errors = `<diffgr:errors>${rows('4')}</diffgr:errors>`;
    for (const content of [set + before + errors, before + set, set, set + before]) {
      expect(await read(result('GetCorrispondente', diffgram(content)))).toEqual(['7']);
      const text = `<r>${diffgram(content)}</r>`.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      expect(await read(result('GetCorrispondente', text))).toEqual(['7']);
    }
    // A deleted row is there as it was only.
    expect(await read(result('GetCorrispondente', diffgram(before)))).toEqual([]);
  });

  it.each<[string, BufferEncoding | 'utf16be', string | null, string]>([
    ['in ISO-8859-1, as its declaration says', 'latin1', 'text/xml', 'ISO-8859-1'],
    ['in windows-1252, as its content type says', 'latin1', 'text/xml; charset="Windows-1252"', 'utf-8'],
    [
      'in ISO-8859-1, where the content type says nothing known',
      'latin1',
      'text/xml; charset=ansi',
      'iso-8859-1',
    ],
    ['in UTF-8, whatever .NET writes in the declaration', 'utf8', null, 'utf-16'],
    ['in UTF-8, as the content type says', 'utf8', 'text/xml;charset=UTF-8', 'iso-8859-1'],
    ['in UTF-16 with its mark', 'utf16le', null, 'utf-16'],
    ['in UTF-16 with its mark, big end first', 'utf16be', 'text/xml', 'utf-16'],
  ])('is read %s', async (_, encoding, contentType, declared) => {
    const text = result(
      'GetProtocolloGenerale',
      diffgram('<protocolli xmlns=""><allegato><nome>Attività “è” già €.pdf</nome></allegato></protocolli>'),
    ).replace('encoding="utf-8"', `encoding="${declared}"`);
    const latin = text.replace(/[“”€]/g, '');
    sent = [];
    const bytes =
      encoding === 'latin1'
        ? Buffer.from(latin, 'latin1')
        : encoding === 'utf16be'
          ? Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
          : Buffer.from(`${encoding === 'utf16le' ? '\ufeff' : ''}${text}`, encoding);
    answer = (_request, response) =>
      void response.writeHead(200, contentType === null ? {} : { 'content-type': contentType }).end(bytes);
    expect(await protocolRegister.attachmentNames('7' as EntryKey)).toEqual([
      encoding === 'latin1' ? 'Attività è già .pdf' : 'Attività “è” già €.pdf',
    ]);
  });

  it('says that the protocol register does not answer whatever else comes', async () => {
    const unavailable = { code: 'LEGACY_UNAVAILABLE' };
    const entities = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${result('GetCorrispondente', '&b;')}`;
    for (const text of [
      '',
      'no XML',
      '<html><body>Bad gateway</body></html>',
      soap('<Other/>'),
      entities,
      result('GetCorrispondente', 'x'.repeat(100_001)),
    ])
      await expect(read(text)).rejects.toMatchObject(unavailable);
    answer = (_, response) => void response.socket?.destroy();
    await expect(protocolRegister.findSenders(code)).rejects.toMatchObject(unavailable);
    answer = () => undefined;
    await expect(protocolRegister.findSenders(code)).rejects.toMatchObject(unavailable);
    // It begins to answer and never ends.
    answer = (_, response) => void response.writeHead(200).write('<');
    await expect(protocolRegister.findSenders(code)).rejects.toMatchObject(unavailable);
    answer = (_, response) => void response.writeHead(302, { location: 'http://elsewhere.example/' }).end();
    await expect(protocolRegister.findSenders(code)).rejects.toMatchObject(unavailable);
  });

  it('breaks its contract with a key or moment that cannot be read', async () => {
    const found = (row: string) =>
      answers(result('GetProtocolloGenerale1', diffgram(`<protocolli xmlns="">${row}</protocolli>`)));
    const subject = '<oggetto>Rif. 7F3KQ2M9XA4T</oggetto>';
    for (const row of [
      `<codice>x</codice><numero>7</numero><data>15/10/2026 9.00.00</data>`,
      `<codice>7</codice><numero>7</numero><data>15/10/2026 09:00:00</data>`,
      `<codice>7</codice><numero></numero><data>15/10/2026 9.00.00</data>`,
      `<codice>7</codice><numero>7</numero><data>31/02/2026 9.00.00</data>`,
    ]) {
      found(`<protocollo>${row}${subject}</protocollo>`);
      await expect(protocolRegister.findEntries(query)).rejects.toMatchObject({
        code: 'LEGACY_CONTRACT_BROKEN',
      });
    }
    found(
      `<protocollo>${subject}<codice>7</codice><numero>0012</numero><data>15/10/2026 9.00.00</data></protocollo>`,
    );
    expect(await protocolRegister.findEntries(query)).toEqual([
      { key: '7', number: 12, year: 2026, registeredAt: '2026-10-15T07:00:00.000Z' },
    ]);
    // Half an hour into the new year in Rome, and still in the old one by UTC.
    found(
      `<protocollo>${subject}<codice>8</codice><numero>1</numero><data>01/01/2027 0.30.00</data></protocollo>`,
    );
    expect(await protocolRegister.findEntries(query)).toEqual([
      { key: '8', number: 1, year: 2027, registeredAt: '2026-12-31T23:30:00.000Z' },
    ]);
  });
});

describe('the protocol service, written to', () => {
  it('is told apart: sent, rejected, and what may have happened', async () => {
    const insert = async (text: string, status?: number) => {
      answers(text, status);
      return (await protocolRegister.insertEntry(entry)).outcome;
    };
    const inserted = (row: string) =>
      result('InsertProtocolloGenerale', diffgram(`<protocolli xmlns="">${row}</protocolli>`));
    const row =
      '<codice>7</codice><numero_protocollo>12</numero_protocollo><data_protocollo>15/10/2026</data_protocollo><ora_protocollo>9.00.00</ora_protocollo>';
    expect(await insert(inserted(`<protocollo>${row}</protocollo>`))).toBe('sent');
    expect(await insert(inserted('<errori><descrizione>no</descrizione></errori>'))).toBe('rejected');
    expect(await insert(fault('soap:Client'), 500)).toBe('rejected');
    expect(await insert(fault('soap:Server'), 500)).toBe('unknown');
    expect(await insert(inserted(''))).toBe('unknown');
    expect(await insert(inserted(`<protocollo>${row.replace('9.00.00', '9 am')}</protocollo>`))).toBe(
      'unknown',
    );
    expect(await insert('<html/>', 502)).toBe('unknown');
    answer = (_, response) => void response.socket?.destroy();
    expect((await protocolRegister.insertEntry(entry)).outcome).toBe('unknown');
    answer = () => undefined;
    expect(
      (await protocolRegister.insertAttachment('7' as EntryKey, { name: 'a.pdf', bytes: Buffer.from('x') }))
        .outcome,
    ).toBe('unknown');
    answers(soap('<InsertAllegatoProtocolloGeneraleResponse xmlns="http://services.apsystems.it/" />'));
    expect(
      await protocolRegister.insertAttachment('7' as EntryKey, { name: 'a.pdf', bytes: Buffer.from('x') }),
    ).toEqual({
      outcome: 'sent',
      value: null,
    });
  });

  it('cuts a sender’s name to 100 characters, and no character in two', () => {
    expect(shortName('à'.repeat(120))).toBe('à'.repeat(100));
    // As .NET counts them, and the column does.
    expect(shortName('🏫'.repeat(120))).toBe('🏫'.repeat(50));
    expect(shortName(`a${'🏫'.repeat(120)}`)).toBe(`a${'🏫'.repeat(49)}`);
  });
});

describe('dates of the service', () => {
  it('are read and written in the culture of its machine', () => {
    const day = parseCalendarDate('2014-01-02');
    const moment = (text: string, date: string, time: string) => soapInstant(text, { date, time }, 'x');
    expect(soapDate(day, usualCulture)).toBe('02/01/2014');
    expect(soapDate(day, { date: 'M/d/yyyy', time: '' })).toBe('1/2/2014');
    expect(moment('02/01/2014 0.00.00', 'dd/MM/yyyy', 'H.mm.ss')).toBe('2014-01-01T23:00:00.000Z');
    expect(moment('02/01/2014 15.07.09', 'dd/MM/yyyy', 'h.mm.ss')).toBe('2014-01-02T14:07:09.000Z');
    expect(moment('02/19/2019 00:00:00', 'MM/dd/yyyy', 'HH:mm:ss')).toBe('2019-02-18T23:00:00.000Z');
    expect(moment('2/19/2019 12:05:00 AM', 'M/d/yyyy', 'h:mm:ss tt')).toBe('2019-02-18T23:05:00.000Z');
    expect(moment('2/19/2019 12:05:00 PM', 'M/d/yyyy', 'h:mm:ss tt')).toBe('2019-02-19T11:05:00.000Z');
    for (const text of ['', '02/01/2014', '02-01-2014 0.00.00', '99/01/2014 0.00.00', '02/01/2014 25.00.00'])
      expect(() => moment(text, 'dd/MM/yyyy', 'H.mm.ss')).toThrow('cannot be read');
  });
});

// The vendor's published files are checked against where they are at hand; they are not part of the project.
const specs = projectFile('..', 'shared', 'specs', 'hypersic-protocollo');
const published = existsSync(specs) ? describe : describe.skip;
if (!existsSync(specs)) console.warn(`Skipped: the vendor's WSDL is not at ${specs}.`);

published('envelopes against the published WSDL', () => {
  const parse = (text: string) => new DOMParser().parseFromString(text.replace(/^\uFEFF/, ''), 'text/xml');
  const file = (name: string) => parse(readFileSync(join(specs, name), 'utf8'));
  const named = (root: ReturnType<typeof parse>, name: string) =>
    [...root.getElementsByTagNameNS('http://www.w3.org/2001/XMLSchema', 'element')].find(
      (one) => one.getAttribute('name') === name,
    );
  const fields = (of: Element | undefined) =>
    [...(of?.getElementsByTagNameNS('http://www.w3.org/2001/XMLSchema', 'element') ?? [])].flatMap(
      (one) => one.getAttribute('name') ?? [],
    );

  it('name operations, parameters and their order as it does', async () => {
    const service = file('serviceprotocollo.wsdl');
    const empty = soap('');
    answers(empty);
    await protocolRegister.findSenders(code).catch(() => undefined);
    await protocolRegister.insertSender({
      codiceFiscale: code,
      name: 'Rossi Claudia',
      email: 'c@example.com',
    });
    await protocolRegister.findEntries(query).catch(() => undefined);
    await protocolRegister.insertEntry(entry);
    await protocolRegister.attachmentNames('7' as EntryKey).catch(() => undefined);
    await protocolRegister.insertAttachment('7' as EntryKey, { name: 'a.pdf', bytes: Buffer.from('x') });
    expect(sent.length).toBe(6);
    for (const { action, body } of sent) {
      const root = parse(body).documentElement;
      const [header] = [...(root?.getElementsByTagNameNS('*', 'AuthenticationDetails') ?? [])];
      expect(
        [...(header?.childNodes ?? [])].map(({ nodeName, textContent }) => [nodeName, textContent]),
      ).toEqual([
        ['UserName', 'gateway'],
        ['Password', 'a<b'],
      ]);
      const [envelope] = [...(root?.getElementsByTagNameNS('*', 'Body') ?? [])];
      const operation = envelope?.firstChild as Element;
      expect(action).toBe(`"http://services.apsystems.it/${operation.localName}"`);
      expect(operation.namespaceURI).toBe('http://services.apsystems.it/');
      const allowed = fields(named(service, operation.localName ?? ''));
      const given = [...operation.childNodes].map(({ nodeName }) => nodeName);
      expect(given.length).toBeGreaterThan(0);
      expect(given).toEqual(allowed.filter((name) => given.includes(name)));
    }
  });

  it('hold entries with the columns of its schema, in their order', () => {
    const schema = file('DsDatiProtocollo.xsd');
    expect(fields(named(schema, 'protocollo'))).toEqual([...entryColumns]);
    expect(fields(named(schema, 'mittente'))).toEqual([...senderColumns]);
    expect(fields(named(schema, 'destinatario'))).toEqual([...recipientColumns]);
  });

  it('are played by the stand-in as it describes them', () => {
    expect(readdirSync(specs)).toContain('serviceprotocollo.wsdl');
    const [theirs, ours] = [file('serviceprotocollo.wsdl'), parse(wsdl('http://localhost/x'))];
    for (const { name } of operations)
      for (const message of [name, `${name}Response`])
        expect([message, fields(named(ours, message))]).toEqual([message, fields(named(theirs, message))]);
  });
});

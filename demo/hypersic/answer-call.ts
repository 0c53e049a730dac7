import { element, type Xml, xmlDocument } from '../../core/xml/write-xml.ts';
import { dataSets } from './contract.ts';
import { type Call, soapNamespace } from './read-call.ts';
import type { Correspondent, Entry, RegisterStore } from './register-store.ts';
import { serviceNamespace } from './service-definition.ts';

export interface Effect {
  /** The call's effect on the protocol register; returns the response's body. */
  apply(): Promise<Xml>;
  readonly writes: boolean;
}

/** The service's notation of dates. */
export interface ServiceCulture {
  date(local: string): string;
  time(local: string): string;
  parseDate(text: string): string | null;
}

// [CLIENT] §2: `02/01/2014 0.00.00`.
export const italianCulture: ServiceCulture = {
  date: (local) => `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)}`,
  time: (local) => `${Number(local.slice(11, 13))}.${local.slice(14, 16)}.${local.slice(17, 19)}`,
  parseDate(text) {
    const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
    return found === null ? null : `${found[3]}-${found[2]?.padStart(2, '0')}-${found[1]?.padStart(2, '0')}`;
  },
};

/** The effect of a call; null for an operation that the stand-in lacks. */
export function effectOf(call: Call, store: RegisterStore, culture: ServiceCulture): Effect | null {
  const { operation } = call;
  switch (operation) {
    case 'GetCorrispondente':
    case 'GetCorrispondente1':
      return { writes: false, apply: () => getCorrespondents(call, store) };
    case 'InsertCorrispondente':
      return { writes: true, apply: () => insertCorrespondent(call, store) };
    case 'GetProtocolloGenerale':
    case 'GetProtocolloGenerale1':
      return { writes: false, apply: () => getEntries(call, store, culture) };
    case 'InsertProtocolloGenerale':
      return { writes: true, apply: () => insertEntry(call, store, culture) };
    case 'InsertAllegatoProtocolloGenerale':
      return { writes: true, apply: () => insertAttachment(call, store) };
    default:
      return null;
  }
}

/** A complaint in the response. Only `InsertCorrispondente` has it in the singular. */
export function inBandError(operation: string, text: string): Xml {
  const table = operation === 'InsertCorrispondente' ? 'errore' : 'errori';
  return dataSet(operation, table, [
    { name: table, columns: ['descrizione'], rows: [{ descrizione: text }] },
  ]);
}

async function getCorrespondents(call: Call, store: RegisterStore): Promise<Xml> {
  const found = await store.correspondents({
    code: call.text('codice'),
    codiceFiscale: call.text('codiceFiscale'),
  });
  const tables = [
    { name: 'corrispondente', columns: correspondentColumns, rows: found.map(toCorrespondentRow) },
  ];
  // [CLIENT] §5.4: integrators saw this response as a DataSet and as a string of XML; here several rows are a
  // string.
  if (found.length < 2 || call.operation !== 'GetCorrispondente')
    return dataSet(call.operation, 'corrispondenti', tables);
  const text = element('corrispondenti', diffgramNames, rowsOf(tables)).xml;
  return response(call.operation, [element(`${call.operation}Result`, text)]);
}

async function insertCorrespondent(call: Call, store: RegisterStore): Promise<Xml> {
  const [codiceFiscale, name] = [call.text('codiceFiscale'), call.text('descrizione')];
  if (name === null || name.length > 100)
    return inBandError(call.operation, 'La descrizione è obbligatoria, al massimo 100 caratteri.');
  const code = await store.addCorrespondent({
    codiceFiscale: codiceFiscale ?? '',
    name,
    email: call.text('eMail') ?? '',
  });
  return dataSet(call.operation, 'corrispondenti', [
    { name: 'corrispondente', columns: ['codice'], rows: [{ codice: code }] },
  ]);
}

async function getEntries(call: Call, store: RegisterStore, culture: ServiceCulture): Promise<Xml> {
  const days = ['daData', 'aData'].map((name) => call.text(name));
  if (days.some((day) => day !== null && culture.parseDate(day) === null))
    return inBandError(call.operation, 'Formato della data non valido.');
  const [from = null, to = null] = days.map((day) => (day === null ? null : culture.parseDate(day)));
  const number = (name: string) => (call.text(name) === null ? null : Number(call.text(name)));
  const entries = await store.entries({
    key: number('codice'),
    year: number('anno'),
    from,
    to,
    subject: call.text('oggetto'),
    sender: call.operation === 'GetProtocolloGenerale1' ? call.text('codiceCorrispondente') : null,
  });
  const attachments = await store.attachments(entries.map(({ key }) => key));
  return dataSet(call.operation, 'protocolli', [
    { name: 'protocollo', columns: readColumns, rows: entries.map((entry) => toEntryRow(entry, culture)) },
    {
      name: 'mittente',
      columns: ['codice_protocollo', 'codice'],
      rows: entries.map(({ key, sender }) => ({ codice_protocollo: String(key), codice: sender })),
    },
    {
      name: 'allegato',
      columns: ['codice_protocollo', 'codice', 'nome'],
      rows: attachments.map(({ entry, file, name }) => ({
        codice_protocollo: String(entry),
        codice: String(file),
        nome: name,
      })),
    },
  ]);
}

async function insertEntry(call: Call, store: RegisterStore, culture: ServiceCulture): Promise<Xml> {
  const [entry] = call.rows('protocollo');
  const [sender] = call.rows('mittente');
  if (!entry?.oggetto || !entry.tipologia)
    return inBandError(call.operation, 'Oggetto e tipologia sono obbligatori.');
  const [known] = await store.correspondents({ code: sender?.codice || '?', codiceFiscale: null });
  if (known === undefined) return inBandError(call.operation, 'Mittente non trovato.');
  const added = await store.addEntry({
    kind: entry.tipologia,
    subject: entry.oggetto,
    sender: known.code,
    previous: {
      year: Number(entry.anno_protocollo_precedente ?? 0),
      number: Number(entry.numero_protocollo_precedente ?? 0),
    },
  });
  const row = {
    codice: String(added.key),
    numero_protocollo: String(added.number),
    data_protocollo: culture.date(added.registeredAt),
    ora_protocollo: culture.time(added.registeredAt),
  };
  return dataSet(call.operation, 'protocolli', [
    { name: 'protocollo', columns: Object.keys(row), rows: [row] },
  ]);
}

async function insertAttachment(call: Call, store: RegisterStore): Promise<Xml> {
  const bytes = Buffer.from(call.text('fileBytes') ?? '', 'base64');
  await store.addAttachment(Number(call.text('codice') ?? 0), call.text('fileName') ?? '', bytes);
  // [SPEC] §5.2: empty in every case.
  return response(call.operation, []);
}

function toCorrespondentRow(sender: Correspondent): Row {
  return {
    codice: sender.code,
    descrizione: sender.name,
    codice_fiscale: sender.codiceFiscale,
    indirizzo: sender.address,
    cap: sender.postalCode,
    descrizione_comune: sender.town,
    email: sender.email,
  };
}

function toEntryRow(entry: Entry, culture: ServiceCulture): Row {
  return {
    codice: String(entry.key),
    numero: String(entry.number),
    data: `${culture.date(entry.registeredAt)} ${culture.time(entry.registeredAt)}`,
    oggetto: entry.subject,
    tipologia: 'A',
  };
}

type Row = Readonly<Record<string, string>>;
interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

const correspondentColumns = dataSets.senders.tables.corrispondente;
const readColumns = dataSets.entries.tables.protocollo;

const diffgramNames = {
  'xmlns:msdata': 'urn:schemas-microsoft-com:xml-msdata',
  'xmlns:diffgr': 'urn:schemas-microsoft-com:xml-diffgram-v1',
};

function dataSet(operation: string, name: string, tables: readonly Table[]): Xml {
  const columnsOf = ({ columns }: Table) =>
    columns.map((column) => element('xs:element', { name: column, type: 'xs:string', minOccurs: 0 }));
  const schema = element(
    'xs:schema',
    {
      id: name,
      xmlns: '',
      'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
      'xmlns:msdata': 'urn:schemas-microsoft-com:xml-msdata',
    },
    [
      element('xs:element', { name, 'msdata:IsDataSet': 'true', 'msdata:UseCurrentLocale': 'true' }, [
        element('xs:complexType', [
          element(
            'xs:choice',
            { minOccurs: 0, maxOccurs: 'unbounded' },
            tables.map((table) =>
              element('xs:element', { name: table.name }, [
                element('xs:complexType', [element('xs:sequence', columnsOf(table))]),
              ]),
            ),
          ),
        ]),
      ]),
    ],
  );
  const rows = rowsOf(tables);
  const diffgram = element(
    'diffgr:diffgram',
    diffgramNames,
    rows.length === 0 ? [] : [element(name, { xmlns: '' }, rows)],
  );
  return response(operation, [element(`${operation}Result`, [schema, diffgram])]);
}

function rowsOf(tables: readonly Table[]): readonly Xml[] {
  return tables.flatMap(({ name, columns, rows }) =>
    rows.map((row, index) =>
      element(
        name,
        { 'diffgr:id': `${name}${index + 1}`, 'msdata:rowOrder': index },
        columns.flatMap((column) => (row[column] === undefined ? [] : element(column, row[column]))),
      ),
    ),
  );
}

function response(operation: string, content: readonly Xml[]): Xml {
  return element(`${operation}Response`, { xmlns: serviceNamespace }, content);
}

export function faultOf(code: 'Client' | 'Server', text: string): Xml {
  return element('soap:Fault', [
    element('faultcode', `soap:${code}`),
    element('faultstring', text),
    element('detail', {}),
  ]);
}

export function envelopeOf(body: Xml): string {
  const names = {
    'xmlns:soap': soapNamespace,
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
  };
  return xmlDocument(element('soap:Envelope', names, [element('soap:Body', [body])]));
}

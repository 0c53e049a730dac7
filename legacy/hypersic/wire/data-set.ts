import type { Element } from '@xmldom/xmldom';
import { element, type Xml } from '../../../core/xml/write-xml.ts';
import { childrenOf, firstChild, parseXml } from './soap.ts';

// [SPEC] §5.1: results and some requests are ADO.NET DataSets: a schema, then a diffgram with the rows.

/** A row's columns. All values are text, and empty ones may be absent [SPEC §2]. */
export type DataRow = Readonly<Record<string, string>>;

export interface DataSet {
  /** The rows of a table: none, one or many. */
  rows(table: string): readonly DataRow[];
  /** The service's complaint if it returned one instead of a result; else null. */
  readonly error: string | null;
}

/** Reads an operation's result: the `…Result` of its response. */
export function readDataSet(response: Element, operation: string): DataSet {
  const result = firstChild(response, `${operation}Result`);
  const parts = childrenOf(result);
  // [CLIENT] §5.4: GetCorrispondente also returns its DataSet as a string of XML at times.
  const isText = result !== null && parts.length === 0 && result.textContent?.trim().startsWith('<');
  const root = isText ? parseXml(result.textContent ?? '').documentElement : null;
  const diffgram = root?.localName === 'diffgram' ? root : firstChild(root ?? result, 'diffgram');
  const sets = diffgram === null ? (root === null ? [] : [root]) : childrenOf(diffgram).filter(isCurrent);
  return {
    error: errorIn(sets),
    // [CLIENT] §2: a single row is an element, several are repeated elements; here both are a list.
    rows: (table) =>
      sets
        .flatMap(childrenOf)
        .filter(({ localName }) => localName === table)
        .map(toRow),
  };
}

/**
 * `diffgr:before` holds rows as they were before a change or deletion, `diffgr:errors` remarks on rows; only the rest of
 * a diffgram is its data.
 */
function isCurrent({ namespaceURI }: Element): boolean {
  return namespaceURI !== diffgramNamespace;
}

const diffgramNamespace = 'urn:schemas-microsoft-com:xml-diffgram-v1';

/**
 * [CLIENT] §5.4: errors are in-band with HTTP 200, in a table `errori` with a `descrizione`; only
 * InsertCorrispondente calls it `errore`. The table may be a DataSet of its own or stand beside others.
 */
function errorIn(sets: readonly Element[]): string | null {
  const candidates = sets.flatMap((set) => [set, ...childrenOf(set)]);
  const table = candidates.find(({ localName }) => localName === 'errori' || localName === 'errore');
  return table === undefined ? null : (table.textContent ?? '').trim() || 'no description';
}

function toRow(row: Element): DataRow {
  return Object.fromEntries(
    childrenOf(row).map(({ localName, textContent }) => [localName ?? '', (textContent ?? '').trim()]),
  );
}

/** A table of a DataSet to send: its columns in the order of the schema, and its rows. */
export interface DataTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly DataRow[];
}

/** The content of a parameter that is a DataSet. */
export function writeDataSet(name: string, tables: readonly DataTable[]): readonly Xml[] {
  return [schemaOf(name, tables), diffgramOf(name, tables)];
}

const schemaNames = {
  xmlns: '',
  'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
  'xmlns:msdata': 'urn:schemas-microsoft-com:xml-msdata',
};

export function schemaOf(name: string, tables: readonly Omit<DataTable, 'rows'>[]): Xml {
  const sequence = (columns: readonly string[]) =>
    element('xs:complexType', [
      element(
        'xs:sequence',
        {},
        columns.map((column) => element('xs:element', { name: column, type: 'xs:string', minOccurs: 0 })),
      ),
    ]);
  const choice = element(
    'xs:choice',
    { minOccurs: 0, maxOccurs: 'unbounded' },
    tables.map((table) => element('xs:element', { name: table.name }, [sequence(table.columns)])),
  );
  const marks = { name, 'msdata:IsDataSet': 'true', 'msdata:UseCurrentLocale': 'true' };
  return element('xs:schema', { id: name, ...schemaNames }, [
    element('xs:element', marks, [element('xs:complexType', [choice])]),
  ]);
}

export function diffgramOf(name: string, tables: readonly DataTable[]): Xml {
  const names = {
    'xmlns:msdata': 'urn:schemas-microsoft-com:xml-msdata',
    'xmlns:diffgr': diffgramNamespace,
  };
  const rows = tables.flatMap(({ name: table, columns, rows: given }) =>
    given.map((row, index) =>
      element(
        table,
        { 'diffgr:id': `${table}${index + 1}`, 'msdata:rowOrder': index, 'diffgr:hasChanges': 'inserted' },
        columns
          .filter((column) => row[column] !== undefined)
          .map((column) => element(column, row[column] ?? '')),
      ),
    ),
  );
  return element('diffgr:diffgram', names, rows.length === 0 ? [] : [element(name, { xmlns: '' }, rows)]);
}

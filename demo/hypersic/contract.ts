import type { Element } from '@xmldom/xmldom';
import { childNamed, childrenOf } from './dom.ts';
import { operations, serviceNamespace } from './service-definition.ts';

// The protocol service's messages, as facts of hyperSIC §5.2 and §5.3 describe them. Parameters and columns are
// optional in any number, so that the real one ignores a misspelt name in silence; here it is found.
// test/demo/hypersic/specifications.test.ts compares it with the published files where they are at hand.

export interface DataSetRule {
  readonly name: string;
  /** Tables and their columns, in the order of the wire. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
  /** Whether every column of a row is required. */
  readonly isComplete: boolean;
}

const address = ['codice', 'descrizione', 'indirizzo', 'cap', 'codice_comune', 'descrizione_comune'];
const party = ['codice_protocollo', ...address, 'e_mail'];

export const dataSets = {
  senders: {
    name: 'corrispondenti',
    tables: {
      corrispondente: [
        'codice',
        'descrizione',
        'codice_fiscale',
        'indirizzo',
        'cap',
        'codice_comune',
        'descrizione_comune',
        'email',
        'codice_ufficio',
        'descrizione_ufficio',
      ],
    },
    isComplete: false,
  },
  senderInserted: { name: 'corrispondenti', tables: { corrispondente: ['codice'] }, isComplete: true },
  entries: {
    name: 'protocolli',
    tables: {
      protocollo: [
        'codice',
        'numero',
        'data',
        'oggetto',
        'classificazione',
        'fascicolo',
        'anno_fascicolo',
        'codice_procedimento',
        'tipologia',
        'registro_emergenza',
        'numero_registro_emergenza',
        'data_registro_emergenza',
      ],
      mittente: party,
      destinatario: [...party, 'per_conoscenza', 'codice_spedizione'],
      allegato: ['codice_protocollo', 'codice', 'nome'],
    },
    isComplete: false,
  },
  entryInserted: {
    name: 'protocolli',
    tables: { protocollo: ['codice', 'numero_protocollo', 'data_protocollo', 'ora_protocollo'] },
    isComplete: true,
  },
  newEntry: {
    name: 'protocolli',
    tables: {
      protocollo: [
        'tipologia',
        'oggetto',
        'classificazione',
        'fascicolo',
        'anno_fascicolo',
        'riservato',
        'codice_procedimento',
        'numero_protocollo_precedente',
        'anno_protocollo_precedente',
        'numero_protocollo_riferimento',
        'data_protocollo_riferimento',
        'fogli_protocollo_riferimento',
        'annotazione',
      ],
      mittente: address,
      destinatario: [
        ...address,
        'per_conoscenza',
        'codice_spedizione',
        'codice_ufficio',
        'descrizione_ufficio',
        'codice_processo',
        'email',
      ],
    },
    isComplete: false,
  },
} as const satisfies Readonly<Record<string, DataSetRule>>;

const answers: Readonly<Record<string, DataSetRule>> = {
  GetCorrispondente: dataSets.senders,
  GetCorrispondente1: dataSets.senders,
  InsertCorrispondente: dataSets.senderInserted,
  GetProtocolloGenerale: dataSets.entries,
  GetProtocolloGenerale1: dataSets.entries,
  InsertProtocolloGenerale: dataSets.entryInserted,
};

/** Violations in a call, given as the element in the body; empty if it is as the service describes it. */
export function problemsOfCall(call: Element): readonly string[] {
  const operation = operations.find(({ name }) => name === call.localName);
  if (operation === undefined) return [`${call.localName} is no operation.`];
  const names = Object.keys(operation.parameters);
  const given = childrenOf(call);
  return [
    ...problemsOfOrder(
      given.map((child) => child.localName ?? ''),
      names,
      operation.name,
    ),
    ...given.flatMap((child) => {
      const place = `${operation.name}/${child.localName}`;
      if (child.namespaceURI !== serviceNamespace) return [`${place} has another namespace.`];
      switch (operation.parameters[child.localName ?? '']) {
        case 'dataSet':
          return problemsOfDataSet(child, dataSets.newEntry, place);
        case 'base64Binary':
          return isBase64(child.textContent ?? '') ? [] : [`${place} is no base64.`];
        default:
          return childrenOf(child).length === 0 ? [] : [`${place} has elements.`];
      }
    }),
  ];
}

/** Violations in a response's `…Response`. A response may hold a complaint instead of rows. */
export function problemsOfAnswer(operation: string, response: Element): readonly string[] {
  if (response.localName !== `${operation}Response` || response.namespaceURI !== serviceNamespace)
    return [`${operation}Response was expected.`];
  const rule = answers[operation];
  const [result, ...more] = childrenOf(response);
  if (rule === undefined) return result === undefined ? [] : [`${operation} answers nothing.`];
  if (result?.localName !== `${operation}Result` || more.length > 0)
    return [`${operation}Result was expected.`];
  // [CLIENT] §5.4: integrators saw the rows of several senders as a text.
  if (childrenOf(result).length === 0 && operation === 'GetCorrispondente') return [];
  const name =
    childNamed(result, 'diffgram') === null ? null : childrenOf(childNamed(result, 'diffgram'))[0]?.localName;
  if (name === 'errori' || name === 'errore') return [];
  return problemsOfDataSet(result, rule, `${operation}Result`);
}

/** A schema and a diffgram, as ADO.NET writes them. */
function problemsOfDataSet(parent: Element, rule: DataSetRule, place: string): readonly string[] {
  const [schema, diffgram, ...more] = childrenOf(parent);
  if (schema?.localName !== 'schema' || diffgram?.localName !== 'diffgram' || more.length > 0)
    return [`${place}: a schema and a diffgram were expected.`];
  const [set, ...others] = childrenOf(diffgram);
  if (set === undefined) return [];
  if (set.localName !== rule.name || set.namespaceURI || others.length > 0)
    return [`${place}: ${rule.name} was expected in the diffgram.`];
  return childrenOf(set).flatMap((row) => {
    const columns = rule.tables[row.localName ?? ''];
    const inside = `${place}/${row.localName}`;
    if (columns === undefined || row.namespaceURI) return [`${inside} is no table.`];
    const given = childrenOf(row).map(({ localName }) => localName ?? '');
    const missing = rule.isComplete ? columns.filter((column) => !given.includes(column)) : [];
    return [
      ...problemsOfOrder(given, columns, inside),
      ...missing.map((name) => `${inside}/${name} is missing.`),
    ];
  });
}

function problemsOfOrder(
  given: readonly string[],
  known: readonly string[],
  place: string,
): readonly string[] {
  let last = -1;
  return given.flatMap((name) => {
    const position = known.indexOf(name);
    if (position < 0) return [`${place}/${name} is not known.`];
    const isInOrder = position > last;
    last = position;
    return isInOrder ? [] : [`${place}/${name} is not at its place.`];
  });
}

function isBase64(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/\s+/g, ''));
}

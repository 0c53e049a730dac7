import { element, type Xml, xmlDocument } from '../../core/xml/write-xml.ts';

// The part of hyperSIC's protocol service that the stand-in plays: facts [SPEC] §5.2, in our own words.

export const serviceNamespace = 'http://services.apsystems.it/';
export const servicePath = '/wsprotocollo/serviceprotocollo.asmx';

type ParameterKind = 'string' | 'base64Binary' | 'dataSet';

export interface Operation {
  readonly name: string;
  /** In the order of the wire. */
  readonly parameters: Readonly<Record<string, ParameterKind>>;
  readonly answers: 'dataSet' | 'nothing';
}

const strings = (...names: readonly string[]): Readonly<Record<string, ParameterKind>> =>
  Object.fromEntries(names.map((name) => [name, 'string' as const]));

const correspondent = [
  'codice',
  'codiceFiscale',
  'descrizione',
  'indirizzo',
  'descrizioneComune',
  'descrizioneUfficio',
  'codiceIPA',
];
const search = ['codice', 'anno', 'daNumero', 'aNumero', 'daData', 'aData', 'tipologia', 'stato', 'oggetto'];
const filing = [
  'descrizioneCorrispondente',
  'codiceProcedimento',
  'classificazione',
  'fascicolo',
  'annoFascicolo',
];

export const operations: readonly Operation[] = [
  { name: 'GetCorrispondente', parameters: strings(...correspondent), answers: 'dataSet' },
  // The overloads are operations of their own on the wire.
  { name: 'GetCorrispondente1', parameters: strings(...correspondent, 'tipologia'), answers: 'dataSet' },
  {
    name: 'InsertCorrispondente',
    parameters: strings(
      'codiceFiscale',
      'descrizione',
      'indirizzo',
      'cap',
      'codiceComune',
      'eMail',
      'telefono',
      'fax',
      'userName',
    ),
    answers: 'dataSet',
  },
  { name: 'GetProtocolloGenerale', parameters: strings(...search, ...filing), answers: 'dataSet' },
  {
    name: 'GetProtocolloGenerale1',
    parameters: strings(...search, 'codiceCorrispondente', ...filing),
    answers: 'dataSet',
  },
  {
    name: 'InsertProtocolloGenerale',
    parameters: { dsDati: 'dataSet', userName: 'string' },
    answers: 'dataSet',
  },
  {
    name: 'InsertAllegatoProtocolloGenerale',
    parameters: { codice: 'string', fileBytes: 'base64Binary', fileName: 'string', userName: 'string' },
    answers: 'nothing',
  },
];

/** The service's WSDL for SOAP 1.1, as `?wsdl` returns it. */
export function wsdl(address: string): string {
  const named = (name: string, attributes: Record<string, string>, content: readonly Xml[] = []) =>
    element(`wsdl:${name}`, attributes, content);
  const messages = operations.flatMap(({ name }) => [
    named('message', { name: `${name}SoapIn` }, [
      named('part', { name: 'parameters', element: `tns:${name}` }),
    ]),
    named('message', { name: `${name}SoapOut` }, [
      named('part', { name: 'parameters', element: `tns:${name}Response` }),
    ]),
    named('message', { name: `${name}AuthenticationDetails` }, [
      named('part', { name: 'AuthenticationDetails', element: 'tns:AuthenticationDetails' }),
    ]),
  ]);
  const port = operations.map(({ name }) =>
    named('operation', { name }, [
      named('input', { message: `tns:${name}SoapIn` }),
      named('output', { message: `tns:${name}SoapOut` }),
    ]),
  );
  const binding = operations.map(({ name }) =>
    named('operation', { name }, [
      element('soap:operation', { soapAction: serviceNamespace + name, style: 'document' }),
      named('input', {}, [
        element('soap:body', { use: 'literal' }),
        element('soap:header', {
          message: `tns:${name}AuthenticationDetails`,
          part: 'AuthenticationDetails',
          use: 'literal',
        }),
      ]),
      named('output', {}, [element('soap:body', { use: 'literal' })]),
    ]),
  );
  return xmlDocument(
    element('wsdl:definitions', { ...namespaces, targetNamespace: serviceNamespace }, [
      named('types', {}, [
        element('s:schema', { elementFormDefault: 'qualified', targetNamespace: serviceNamespace }, [
          ...operations.flatMap(elementsOf),
          element('s:element', { name: 'AuthenticationDetails', type: 'tns:AuthenticationDetails' }),
          element('s:complexType', { name: 'AuthenticationDetails' }, [
            element(
              's:sequence',
              {},
              ['UserName', 'Password'].map((name) => optional(name, 'string')),
            ),
          ]),
        ]),
      ]),
      ...messages,
      named('portType', { name: 'ServiceProtocolloSoap' }, port),
      named('binding', { name: 'ServiceProtocolloSoap', type: 'tns:ServiceProtocolloSoap' }, [
        element('soap:binding', { transport: 'http://schemas.xmlsoap.org/soap/http' }),
        ...binding,
      ]),
      named('service', { name: 'ServiceProtocollo' }, [
        named('port', { name: 'ServiceProtocolloSoap', binding: 'tns:ServiceProtocolloSoap' }, [
          element('soap:address', { location: address }),
        ]),
      ]),
    ]),
  );
}

const namespaces = {
  'xmlns:wsdl': 'http://schemas.xmlsoap.org/wsdl/',
  'xmlns:soap': 'http://schemas.xmlsoap.org/wsdl/soap/',
  'xmlns:s': 'http://www.w3.org/2001/XMLSchema',
  'xmlns:tns': serviceNamespace,
};

function elementsOf({ name, parameters, answers }: Operation): readonly Xml[] {
  const asked = Object.entries(parameters).map(([parameter, kind]) => optional(parameter, kind));
  const result = answers === 'nothing' ? [] : [element('s:sequence', [optional(`${name}Result`, 'dataSet')])];
  return [
    element('s:element', { name }, [element('s:complexType', [element('s:sequence', asked)])]),
    element('s:element', { name: `${name}Response` }, [element('s:complexType', result)]),
  ];
}

/** Every parameter is optional, so a misspelt one is ignored silently. */
function optional(name: string, kind: ParameterKind): Xml {
  const occurs = { minOccurs: 0, maxOccurs: 1, name };
  if (kind !== 'dataSet') return element('s:element', { ...occurs, type: `s:${kind}` });
  const anything = element('s:sequence', [element('s:element', { ref: 's:schema' }), element('s:any', {})]);
  return element('s:element', occurs, [element('s:complexType', [anything])]);
}

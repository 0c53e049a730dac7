import fc from 'fast-check';
import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  typeFromAST,
} from 'graphql';

/** A registered operation with variables that are valid, nearly valid or invalid. */
export function registeredOperations(
  schema: GraphQLSchema,
  documents: readonly string[],
): fc.Arbitrary<{ readonly query: string; readonly variables: Record<string, unknown> }> {
  return fc.constantFrom(...documents).chain((query) => {
    const [operation] = parse(query).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const definitions =
      operation !== undefined && 'variableDefinitions' in operation ? operation.variableDefinitions : [];
    const values = Object.fromEntries(
      (definitions ?? []).flatMap(({ variable, type }) => {
        const inputType = typeFromAST(schema, type as never);
        return isInputType(inputType) ? [[variable.name.value, valueFor(inputType, 0)] as const] : [];
      }),
    );
    return fc.record(values, { requiredKeys: [] }).map((variables) => ({ query, variables }));
  });
}

const nasty = fc.constantFrom<unknown>(
  ...[
    null,
    true,
    -1,
    0,
    1.5,
    2 ** 31,
    2 ** 53,
    1e308,
    '',
    ' ',
    '\u0000',
    '\ud800',
    'a\u0000b',
    '\ufeff',
    '\u202e',
  ],
  ...["' OR 1=1 --", '%', '_', '\\', '%00', '../../etc/passwd', '{{7*7}}', '<script>', '🂡'.repeat(100)],
  ...[
    'x; Did you mean '.repeat(5_000),
    ' '.repeat(60_000),
    '0'.repeat(50_000),
    'a@'.repeat(20_000),
    '<br'.repeat(20_000),
  ],
  ...[[], {}, [[]], [null], { __proto__: null, constructor: 1 }, 'VRDMRA80A01H501U', '2026-02-30'],
);

/** Values of each scalar, its limits included. */
const samples: Readonly<Record<string, readonly unknown[]>> = {
  Date: ['2026-10-15', '0001-01-01', '0999-12-31', '1582-10-10', '2000-02-29', '9999-12-31', '2100-02-29'],
  DateTime: ['2026-10-15T07:00:00.000Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59+14:00'],
  YearMonth: ['2026-10', '0001-01', '0999-12', '9999-12', '2026-13'],
  SchoolYear: ['2026/2027', '0001/0002', '0999/1000', '9998/9999', '9999/10000', '2026/2028'],
  EuroCents: [0, 1, 101_42, 99_999_999_99, Number.MAX_SAFE_INTEGER, -1],
  CodiceFiscale: ['RSSCLD84C52A794Q', 'rsscld84c52a794q', '12345678903', '00000000000'],
  PartitaIva: ['12345678903', '00000000000'],
  Iuv: ['000000000000000', '01234567890123456', '1'.repeat(17)],
  NumeroAvviso: ['001000000000000000', '3'.repeat(18), '0010 0000 0000 0000 00'],
  EmailAddress: ['a@example.it', 'a@b', 'a@example.it.', `${'a'.repeat(300)}@example.it`],
  Url: ['https://example.it/', 'javascript:alert(1)', 'http://127.0.0.1:1/', 'file:///etc/passwd', '//x'],
  Int: [-1, 0, 1, 20, 100, 101, 2 ** 31 - 1, -(2 ** 31)],
  Float: [-1, 0.5, 1e300],
  Boolean: [true, false],
  String: ['', 'mensa', "carta d'identità", 'x'.repeat(20_000), '\u0001', 'Ø ı İ ß'],
  ID: ['', 'x', 'RSSCLD84C52A794Q', 'Q2hpbGQ6MQ', '9'.repeat(400), 7],
};

const deepest = 4;

function valueFor(type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> {
  const fitting = fittingValue(getNullableType(type), depth);
  const nullable = isNonNullType(type) ? fitting : fc.option(fitting, { freq: 6 });
  return fc.oneof({ weight: 6, arbitrary: nullable }, { weight: 1, arbitrary: nasty });
}

function fittingValue(type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> {
  if (isListType(type)) return fc.array(valueFor(type.ofType, depth + 1), { maxLength: 3 });
  if (isEnumType(type))
    return fc.constantFrom<unknown>(...type.getValues().map(({ name }) => name), 'NO_SUCH');
  if (!isInputObjectType(type))
    return fc.constantFrom<unknown>(...(samples[(type as { name: string }).name] ?? ['x']));
  if (depth > deepest) return fc.constant({});
  const fields = Object.values(type.getFields());
  return fc.record(
    Object.fromEntries(fields.map((field) => [field.name, valueFor(field.type, depth + 1)])),
    // Required fields are present, so that requests reach the checks behind them.
    { requiredKeys: fields.filter((field) => isNonNullType(field.type)).map(({ name }) => name) },
  );
}

const methods = [
  ...['GET', 'GET', 'GET', 'POST', 'POST', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'PATCH'],
  ...['TRACE', 'PROPFIND', 'get', 'QUERY'],
] as const;
const hello = encodeURIComponent('{ me { id } }');
const paths = [
  ...[
    '/graphql',
    '/graphql',
    '/graphql',
    '/graphql',
    '/graphql/',
    '/graphql/x',
    '/GRAPHQL',
    '//graphql',
    '/%67raphql',
  ],
  ...[
    'http://other.test/graphql',
    'http://other.test:1/documents/anagrafe/A/a.pdf',
    '//other.test/documents/anagrafe/A/b',
  ],
  ...[
    '/documents/anagrafe/A/a.pdf',
    '/documents/anagrafe/../../graphql',
    '/documents/%2e%2e/%2e%2e/graphql',
    '/documents/',
  ],
  ...[
    '/documents/constructor/A/a.pdf',
    `/documents/payments/${'A'.repeat(4_000)}/a.pdf`,
    '/documents/anagrafe/%ff/%zz',
  ],
  ...[
    '/uploads/practices/A',
    '/uploads/practices/../../graphql',
    '/uploads/__proto__/A',
    '/uploads/practices/A?x=1',
  ],
  ...[
    '/health/live',
    '/health/ready',
    '/health/../graphql',
    '/schema.graphql',
    '/',
    '/graphiql/constructor',
    '*',
    '/%',
  ],
] as const;
const parameter = fc.constantFrom(
  ...[
    `query=${hello}`,
    `query=${hello}`,
    `query=${hello}`,
    'query=',
    'query',
    `query[]=${hello}`,
    `query[a]=${hello}`,
  ],
  ...[
    `QUERY=${hello}`,
    'variables=%7B%7D',
    'variables=%5B%5D',
    'variables={"a":1,"a":2}',
    'variables=7',
    'variables=%00',
  ],
  ...[
    'operationName=A',
    'operationName=',
    'extensions=%7B%7D',
    'extensions={"persistedQuery":7}',
    'documentId=x',
  ],
  ...[
    `documentId=${'f'.repeat(64)}`,
    'a'.repeat(900),
    '&'.repeat(1_001),
    '%',
    '%zz',
    '%ff=%fe',
    '__proto__[a]=1',
    ';',
    '#',
    '=',
  ],
);
const target = fc
  .tuple(fc.constantFrom(...paths), fc.array(parameter, { maxLength: 5 }))
  .map(([path, parameters]) => (parameters.length === 0 ? path : `${path}?${parameters.join('&')}`));

const headerLine = fc.constantFrom(
  ...[
    'content-type: application/json',
    'content-type: application/json',
    'content-type: application/json; charset=utf-16le',
  ],
  ...[
    'content-type: text/plain',
    'content-type: application/json; charset=',
    'content-type: ;',
    'content-type: a/b; c="',
  ],
  ...[
    'content-encoding: zstd',
    'content-encoding: gzip',
    'content-encoding: gzip, br',
    'content-encoding: identity',
  ],
  ...[
    'apollo-require-preflight: 1',
    'apollo-require-preflight: 1',
    'apollo-require-preflight:',
    'x-apollo-operation-name: x',
  ],
  ...[
    'accept: application/json',
    'accept: application/graphql-response+json',
    'accept: text/html',
    `accept: ${'a/b,'.repeat(500)}`,
  ],
  ...[
    'authorization: Bearer',
    'authorization: Bearer a.b.c',
    'x-request-id: 12345678',
    'x-request-id: <b>',
    'host: other.test',
  ],
  ...[
    'x-forwarded-for: 1.2.3.4, ::1',
    'transfer-encoding: identity',
    'expect: 100-continue',
    'range: bytes=0-',
    'origin: null',
  ],
  ...[
    'connection: close',
    'connection: upgrade',
    'upgrade: h2c',
    'cookie: a=b',
    'x-subgraph-secret: guess',
    'accept-language: en;q=NaN',
  ],
);

const member = fc.tuple(
  fc.constantFrom(
    'query',
    '\\u0071uery',
    'variables',
    'operationName',
    'extensions',
    'documentId',
    '__proto__',
    'a',
    '',
  ),
  fc.constantFrom(
    '"{ me { id } }"',
    '"{ me"',
    '{}',
    '{"a":1,"a":2}',
    'null',
    '7',
    '"\\u0000"',
    '"\\ud800"',
    '[]',
    '1e999',
  ),
);
const json = fc.array(member, { maxLength: 5 }).map((members) => {
  const text = members.map(([name, value]) => `"${name}":${value}`).join();
  return `{${text}}`;
});
const body = fc
  .tuple(
    json,
    fc.constantFrom<BufferEncoding>('utf8', 'utf8', 'utf8', 'utf8', 'utf16le', 'latin1'),
    fc.boolean(),
  )
  .map(([text, encoding, hasMark]) =>
    Buffer.concat([Buffer.from(hasMark ? '\ufeff' : ''), Buffer.from(text, encoding)]),
  );

/** The bytes of a whole request: request line, query string, repeated headers, and a body in some character set. */
export const rawRequests: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom(...methods),
    target,
    fc.array(headerLine, { maxLength: 5 }),
    body,
    fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/1.1 x'),
  )
  .map(([method, path, headers, bytes, version]) => {
    const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
    const lines = [`${method} ${path} ${version}`, 'host: gateway.test', ...headers];
    if (hasBody) lines.push(`content-length: ${bytes.length}`);
    const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    return hasBody ? Buffer.concat([head, bytes]) : head;
  });

import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import {
  InvalidValue,
  parseCalendarDate,
  parseCodiceFiscale,
  parseInstant,
  parseIuv,
  parseNumeroAvviso,
  parsePartitaIva,
  parseSchoolYear,
  parseYearMonth,
} from '../../core/values/index.ts';

// Check digits are verified on input; output passes what the register holds.

export const DateScalar = textScalar(
  'Date',
  'A calendar date without a time zone. Shape: `2021-01-15`.',
  parseCalendarDate,
);
export const DateTimeScalar = textScalar(
  'DateTime',
  'A moment as in RFC 3339, with an offset. Shape: `2026-10-15T07:00:00.000Z`.',
  parseInstant,
);
export const YearMonthScalar = textScalar(
  'YearMonth',
  'A month of a year. Shape: `2020-09`.',
  parseYearMonth,
);
export const SchoolYearScalar = textScalar(
  'SchoolYear',
  'A school year, from 1 September to 31 August. Shape: `2026/2027`.',
  parseSchoolYear,
);
export const CodiceFiscaleScalar = textScalar(
  'CodiceFiscale',
  'An Italian tax code: 16 characters of a person (omocodia accepted) or 11 digits of a body or company. The check character is verified on input.',
  parseCodiceFiscale,
);
export const PartitaIvaScalar = textScalar(
  'PartitaIva',
  'An Italian VAT number. Shape: 11 digits, the last a check digit that is verified on input.',
  parsePartitaIva,
);
export const IuvScalar = textScalar(
  'Iuv',
  'Identificativo univoco di versamento, by which pagoPA knows a payment. Shape: 15 or 17 digits.',
  parseIuv,
);
export const NumeroAvvisoScalar = textScalar(
  'NumeroAvviso',
  'The number of a payment notice. Shape: 18 digits; check digits (modulo 93) are verified on input.',
  parseNumeroAvviso,
);
export const EmailAddressScalar = textScalar(
  'EmailAddress',
  'An e-mail address as the register holds it.',
  (text) => {
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) throw new InvalidValue('An e-mail address was expected.');
    return text;
  },
);
export const UrlScalar = textScalar('Url', 'An absolute address. Shape: `https://…`.', (text) => {
  if (!URL.canParse(text)) throw new InvalidValue('An absolute address was expected.');
  return text;
});

export const EuroCentsScalar = new GraphQLScalarType({
  name: 'EuroCents',
  description:
    'Money in integer euro cents: 101,42 EUR is 10142. Never a fraction. At most 9,007,199,254,740,991.',
  specifiedByURL: specification('eurocents'),
  serialize: (value) => value,
  parseValue: (value) =>
    Number.isSafeInteger(value) ? value : refuse('A whole number of euro cents was expected.'),
  parseLiteral: (node) =>
    node.kind === Kind.INT && Number.isSafeInteger(Number(node.value))
      ? Number(node.value)
      : refuse('A whole number of euro cents was expected.'),
});

export const scalars = [
  DateScalar,
  DateTimeScalar,
  YearMonthScalar,
  SchoolYearScalar,
  EuroCentsScalar,
  CodiceFiscaleScalar,
  PartitaIvaScalar,
  IuvScalar,
  NumeroAvvisoScalar,
  EmailAddressScalar,
  UrlScalar,
] as const;

function textScalar(name: string, description: string, parse: (text: string) => string): GraphQLScalarType {
  const read = (value: unknown): string => {
    if (typeof value !== 'string') return refuse(`${name} is given as a text.`);
    try {
      return parse(value);
    } catch (error) {
      return refuse(error instanceof Error ? error.message : 'The value is not valid.');
    }
  };
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL: specification(name.toLowerCase()),
    serialize: (value) => value,
    parseValue: read,
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined),
  });
}

function specification(anchor: string): string {
  return `https://github.com/comune-calvenzano/school-services-gateway/blob/main/docs/scalars.md#${anchor}`;
}

function refuse(message: string): never {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

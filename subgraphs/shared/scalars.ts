import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';
import { type ScalarName, scalarInputs } from '../../core/scalars.ts';

// Check digits are verified on input; output passes recorded values unchanged.

export const DateScalar = scalar('Date', 'A calendar date without a time zone. Shape: `2021-01-15`.');
export const DateTimeScalar = scalar(
  'DateTime',
  'A moment as in RFC 3339, with an offset. Shape: `2026-10-15T07:00:00.000Z`.',
);
export const YearMonthScalar = scalar('YearMonth', 'A month of a year. Shape: `2020-09`.');
export const SchoolYearScalar = scalar(
  'SchoolYear',
  'A school year, from 1 September to 31 August. Shape: `2026/2027`.',
);
export const CodiceFiscaleScalar = scalar(
  'CodiceFiscale',
  'An Italian tax code: 16 characters of a person (omocodia accepted) or 11 digits of an organisation. The check character is verified on input.',
);
export const PartitaIvaScalar = scalar(
  'PartitaIva',
  'An Italian VAT number. Shape: 11 digits, the last a check digit that is verified on input.',
);
export const IuvScalar = scalar(
  'Iuv',
  'Identificativo univoco di versamento, by which pagoPA knows a payment. Shape: 15 or 17 digits.',
);
export const NumeroAvvisoScalar = scalar(
  'NumeroAvviso',
  'The number of a payment notice. Shape: 18 digits; check digits (modulo 93) are verified on input.',
);
export const EmailAddressScalar = scalar('EmailAddress', 'An e-mail address as recorded.');
export const UrlScalar = scalar('Url', 'An absolute address. Shape: `https://…`.');
export const EuroCentsScalar = scalar(
  'EuroCents',
  'Money in integer euro cents: 101,42 EUR is 10142. Never a fraction. At most 9,007,199,254,740,991.',
);

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

function scalar(name: ScalarName, description: string): GraphQLScalarType {
  const read: (value: unknown) => unknown = scalarInputs[name];
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL: `https://github.com/comune-calvenzano/school-services-gateway/blob/main/docs/scalars.md#${name.toLowerCase()}`,
    serialize: (value) => value,
    parseValue: read,
    parseLiteral: (node) => read(valueFromASTUntyped(node)),
  });
}

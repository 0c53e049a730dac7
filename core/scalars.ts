import { GraphQLError } from 'graphql';
import {
  InvalidValue,
  parseCalendarDate,
  parseCodiceFiscale,
  parseEmailAddress,
  parseInstant,
  parseIuv,
  parseNumeroAvviso,
  parsePartitaIva,
  parseSchoolYear,
  parseYearMonth,
} from './values/index.ts';

/**
 * How the graph's scalars are read, by name: at the gateway, so that a bad value is refused before anything is
 * planned, and in the subgraphs, which trust nobody. Errors: GraphQLError, BAD_USER_INPUT, without the value.
 */
export const scalarInputs = {
  Date: text('Date', parseCalendarDate),
  DateTime: text('DateTime', parseInstant),
  YearMonth: text('YearMonth', parseYearMonth),
  SchoolYear: text('SchoolYear', parseSchoolYear),
  CodiceFiscale: text('CodiceFiscale', parseCodiceFiscale),
  PartitaIva: text('PartitaIva', parsePartitaIva),
  Iuv: text('Iuv', parseIuv),
  NumeroAvviso: text('NumeroAvviso', parseNumeroAvviso),
  EmailAddress: text('EmailAddress', parseEmailAddress),
  Url: text('Url', parseUrl),
  EuroCents: (value: unknown): number =>
    Number.isSafeInteger(value) ? (value as number) : refuse('A whole number of euro cents was expected.'),
} as const satisfies Readonly<Record<string, (value: unknown) => string | number>>;

export type ScalarName = keyof typeof scalarInputs;

function text(name: string, parse: (text: string) => string): (value: unknown) => string {
  return (value) => {
    if (typeof value !== 'string') return refuse(`${name} is given as a text.`);
    try {
      return parse(value);
    } catch (error) {
      return refuse(error instanceof InvalidValue ? error.message : `${name} is not valid.`);
    }
  };
}

function parseUrl(address: string): string {
  if (!URL.canParse(address)) throw new InvalidValue('An absolute address was expected.');
  return address;
}

function refuse(message: string): never {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

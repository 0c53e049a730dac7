import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** One value of each scalar of the calendar. */
export type Calendar = Readonly<Record<'Date' | 'DateTime' | 'YearMonth' | 'SchoolYear', string>>;

const names: readonly string[] = ['Date', 'DateTime', 'YearMonth', 'SchoolYear'] satisfies (keyof Calendar)[];

const ofScalar = (calendar: Calendar, name: string) => calendar[name as keyof Calendar];

/** The day, its month and its school year. A day of the last autumn has no school year that can be written. */
export function calendarOf(day: string): Calendar {
  const first = Math.min(Number(day.slice(0, 4)), 9998);
  const year = (number: number) => String(number).padStart(4, '0');
  return {
    Date: day,
    DateTime: `${day}T12:00:00Z`,
    YearMonth: day.slice(0, 7),
    SchoolYear: `${year(first)}/${year(first + 1)}`,
  };
}

/** Every argument, and field of an input, that takes a value of the calendar: `Child.attendance(month)`. */
export function calendarInputs(schema: GraphQLSchema): readonly string[] {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  return types
    .flatMap((type) => {
      if (isInputObjectType(type))
        return Object.values(type.getFields())
          .filter((field) => names.includes(getNamedType(field.type).name))
          .map((field) => `${type.name}.${field.name}`);
      return fieldsOf(type).flatMap((field) =>
        field.args
          .filter((argument) => names.includes(getNamedType(argument.type).name))
          .map((argument) => `${type.name}.${field.name}(${argument.name})`),
      );
    })
    .sort();
}

/** The fields of a type that take a value of the calendar, asked with values between two days, with all their leaves. */
export function calendarFields(
  schema: GraphQLSchema,
  typeName: string,
  from: Calendar,
  to: Calendar,
): readonly string[] {
  return fieldsOf(schema.getType(typeName)).flatMap((field) => {
    const given = field.args.flatMap((argument) => {
      const literal = literalOf(argument.type, argument.name, from, to);
      return literal === null ? [] : `${argument.name}: ${literal}`;
    });
    if (given.length === 0) return [];
    return `${field.name}(${given.join(', ')})${selectionOf(getNamedType(field.type), 3)}`;
  });
}

/** Null for what has nothing to do with the calendar. */
function literalOf(type: GraphQLInputType, name: string, from: Calendar, to: Calendar): string | null {
  if (isNonNullType(type)) return literalOf(type.ofType, name, from, to);
  if (isListType(type)) return literalOf(type.ofType, name, from, to);
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).flatMap((field) => {
      const literal = literalOf(field.type, field.name, from, to);
      return literal === null ? [] : `${field.name}: ${literal}`;
    });
    return fields.length === 0 ? null : `{ ${fields.join(', ')} }`;
  }
  if (!names.includes(type.name)) return null;
  return JSON.stringify(ofScalar(name.endsWith('To') ? to : from, type.name));
}

function selectionOf(type: GraphQLNamedType, depth: number): string {
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).filter(({ args }) => args.length === 0);
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type))).map(({ name }) => name);
  const within = fields
    .filter((field) => depth > 1 && ['edges', 'node'].includes(field.name))
    .map((field) => `${field.name}${selectionOf(getNamedType(field.type), depth - 1)}`);
  return ` { __typename ${[...leaves, ...within].join(' ')} }`;
}

function fieldsOf(type: GraphQLNamedType | undefined): readonly GraphQLField<unknown, unknown>[] {
  return isObjectType(type) ? Object.values(type.getFields()) : [];
}

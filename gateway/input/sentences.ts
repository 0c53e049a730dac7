import {
  type GraphQLError,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
} from 'graphql';

const maxNameLength = 100;

/**
 * The expected input, for a value that does not fit: one sentence for literals and variables, without the value.
 *
 * `error` is graphql-js's own, which repeats the value. Our scalars have sentences of their own; missing and
 * unknown members of an object are named.
 */
export function sentenceFor(type: GraphQLInputType, isNull: boolean, error: GraphQLError): string {
  if (isNull && isNonNullType(type)) return 'A value is required, and null was given.';
  if (error.extensions.code === 'BAD_USER_INPUT') return error.message;
  const named = getNamedType(type);
  if (isInputObjectType(named)) return objectSentence(named.name, error.message);
  if (isEnumType(named)) return `One of the values of ${named.name} was expected.`;
  return sentences[named.name] ?? `A value of the type ${named.name} was expected.`;
}

const sentences: Readonly<Record<string, string>> = {
  Int: 'A whole number of 32 bits was expected.',
  Float: 'A number was expected.',
  String: 'A text was expected.',
  Boolean: 'true or false was expected.',
  ID: 'An ID was expected: a text or a whole number.',
};

/**
 * graphql-js's sentences about fields of input objects: they begin with the field's name, which the client may
 * have invented.
 */
const aboutField =
  /^Field "(?:\w{1,99}\.)?(\w{1,99})" (?:of required type "([^"]{1,99})" was not provided|(is not defined by type)|must be non-null)/;

function objectSentence(typeName: string, message: string): string {
  const [found, field, required, isUnknown] = aboutField.exec(message.slice(0, 4 * maxNameLength)) ?? [];
  if (/exactly one key|Exactly one key/.test(message.slice(0, 4 * maxNameLength)))
    return `Exactly one field of ${typeName} was expected.`;
  if (found === undefined) return `An object of the type ${typeName} was expected.`;
  if (required !== undefined) return `The field "${field}" of ${typeName} is required.`;
  if (isUnknown !== undefined) return `${typeName} has no field "${field}".`;
  return `The field "${field}" of ${typeName} must not be null.`;
}

/** For texts that our databases and the legacy systems cannot store. */
export const textSentence =
  'The text has a character that is not accepted: U+0000, or half of a surrogate pair.';

/** Whether a text can be stored: Postgres refuses NUL, and JSON with half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

export const longIdSentence = 'An ID that is a long number is given as a text.';
export const longNumberSentence = 'A number of this size is not accepted.';

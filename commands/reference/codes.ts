import { type GraphQLSchema, isObjectType } from 'graphql';
import { errorCodes } from '../../core/errors.ts';
import type { Example, Outcome } from './read-examples.ts';

/** A code of an error or a refusal: the places whose descriptions name it, and an example that was answered with it. */
export interface Code {
  readonly code: string;
  readonly isError: boolean;
  readonly places: readonly string[];
  readonly example: { readonly name: string; readonly message: string } | null;
}

/** All codes: those of errors, and those that descriptions of the schema list. Sorted by name. */
export function collectCodes(
  schema: GraphQLSchema,
  examples: readonly Example[],
  outcomes: Readonly<Record<string, Outcome>>,
): readonly Code[] {
  const places = new Map<string, string[]>(errorCodes.map((code) => [code, []]));
  for (const [place, description] of descriptionsOf(schema))
    for (const code of new Set(codesIn(description))) {
      const known = places.get(code) ?? [];
      known.push(place);
      places.set(code, known);
    }
  const answered = new Map<string, NonNullable<Code['example']>>();
  for (const { name } of examples)
    for (const { code, message } of codesAnswered(outcomes[name]?.body))
      if (!answered.has(code)) answered.set(code, { name, message });
  const isError = (code: string) => (errorCodes as readonly string[]).includes(code);
  return [...places].sort().map(([code, named]) => ({
    code,
    isError: isError(code),
    places: named,
    example: answered.get(code) ?? null,
  }));
}

/** Codes with their sentences anywhere in an answer. */
export function codesAnswered(
  value: unknown,
): readonly { readonly code: string; readonly message: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const { code, message, extensions } = value as Readonly<Record<string, unknown>>;
  const own = code ?? (extensions as { readonly code?: unknown } | undefined)?.code;
  const found = typeof own === 'string' && typeof message === 'string' ? [{ code: own, message }] : [];
  return [...found, ...Object.values(value).flatMap(codesAnswered)];
}

/** Codes stand after `Code:`, `codes` or `Errors:`, in capitals. */
function codesIn(description: string): readonly string[] {
  let start = 0;
  for (const sentence of description.split('.')) {
    const at = sentence.search(/\b(?:codes?|errors)\b/i);
    if (at !== -1 && sentence.includes(':', at))
      return (description.slice(start + at).match(/\b[A-Z]{2,}(?:_[A-Z]+)*\b/g) ?? []).filter(isCode);
    start += sentence.length + 1;
  }
  return [];
}

/** Words in capitals that are no codes. */
const isCode = (word: string) => word.length > 3 && !/^(INVIA|IBAN|SEPA|GDPR|HTTP)$/.test(word);

function descriptionsOf(schema: GraphQLSchema): readonly (readonly [string, string])[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return [];
    const own = [[type.name, type.description ?? ''] as const];
    if (!isObjectType(type)) return own;
    const fields = Object.values(type.getFields());
    return [
      ...own,
      ...fields.map(({ name, description }) => [`${type.name}.${name}`, description ?? ''] as const),
    ];
  });
}

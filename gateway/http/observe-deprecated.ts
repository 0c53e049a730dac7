import {
  type DocumentNode,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  NoDeprecatedCustomRule,
  validate,
} from 'graphql';
import { type Caller, clientOf } from '../../core/identity/caller.ts';
import type { Telemetry } from '../../core/telemetry/telemetry.ts';

/** Counts operations that still use deprecated members of the schema, by client; at no cost where nothing is deprecated. */
export function observeDeprecated(
  schema: GraphQLSchema,
  telemetry: Telemetry,
): (document: DocumentNode, caller: Caller) => void {
  if (!telemetry.isOn || !hasDeprecated(schema)) return () => undefined;
  const known = new WeakMap<DocumentNode, readonly string[]>();
  return (document, caller) => {
    const found = known.get(document) ?? deprecatedIn(schema, document);
    known.set(document, found);
    for (const member of found) telemetry.deprecated(member, clientOf(caller) ?? '');
  };
}

/** Shape: `Citizen.phone`, as graphql-js's messages name it. */
function deprecatedIn(schema: GraphQLSchema, document: DocumentNode): readonly string[] {
  const sentences = validate(schema, document, [NoDeprecatedCustomRule]).map(({ message }) => message);
  return [...new Set(sentences.map((sentence) => /\b\w+(?:\.\w+)+/.exec(sentence)?.[0] ?? sentence))];
}

function hasDeprecated(schema: GraphQLSchema): boolean {
  const isDeprecated = (member: { readonly deprecationReason?: string | null | undefined }) =>
    typeof member.deprecationReason === 'string';
  return Object.values(schema.getTypeMap()).some((type) => {
    if (type.name.startsWith('__')) return false;
    if ('getValues' in type) return type.getValues().some(isDeprecated);
    if (isInputObjectType(type)) return Object.values(type.getFields()).some(isDeprecated);
    if (!isObjectType(type) && !isInterfaceType(type)) return false;
    return Object.values(type.getFields()).some(
      (field) => isDeprecated(field) || field.args.some(isDeprecated),
    );
  });
}

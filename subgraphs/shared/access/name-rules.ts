import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  visit,
} from 'graphql';
import type { AccessMap, AccessRuleName } from './rules.ts';

const roots: ReadonlySet<string> = new Set(['Query', 'Mutation']);

/** The rule of a field: its own, or its type's. Errors: Error if there is neither. */
export function ruleOf(access: AccessMap, type: string, field: string): AccessRuleName {
  const rule = access[`${type}.${field}`] ?? (roots.has(type) ? undefined : access[type]);
  if (rule === undefined)
    throw new Error(`${type}.${field} has no access rule: name one in the access.ts of its subgraph.`);
  return rule;
}

/**
 * Writes `@access` to every type and field that a map names. Errors: Error for a name that the schema does not
 * have.
 */
export function nameRules(document: DocumentNode, access: AccessMap): DocumentNode {
  const unused = new Set(Object.keys(access));
  const directivesOf = (name: string): readonly ConstDirectiveNode[] => {
    unused.delete(name);
    const rule = access[name];
    return rule === undefined ? [] : [directive(rule)];
  };
  const named = visit(document, {
    ObjectTypeDefinition(type): ObjectTypeDefinitionNode {
      const typeName = type.name.value;
      const fields = type.fields?.map((field) => {
        ruleOf(access, typeName, field.name.value);
        const own = directivesOf(`${typeName}.${field.name.value}`);
        return { ...field, directives: [...(field.directives ?? []), ...own] };
      });
      const directives = [...(type.directives ?? []), ...directivesOf(typeName)];
      return { ...type, directives, ...(fields ? { fields } : {}) };
    },
  });
  if (unused.size > 0)
    throw new Error(`Access rules for what the schema has not: ${[...unused].join(', ')}.`);
  return named;
}

/** Composition drops it: it documents the subgraph's own schema. */
export const accessDirective =
  '"""Who may see or do this: docs/access.md has the rules."""\ndirective @access(rule: String!) on OBJECT | FIELD_DEFINITION\n\n';

function directive(rule: AccessRuleName): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'access' },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'rule' },
        value: { kind: Kind.STRING, value: rule },
      },
    ],
  };
}

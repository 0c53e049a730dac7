import { readdir, readFile } from 'node:fs/promises';
import { type ConstDirectiveNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';
import { projectFile } from '../../core/project-root.ts';
import type { AccessRuleName } from '../../subgraphs/shared/access/rules.ts';

/** The rules of a type or a field, by `Type` or `Type.field`. A type may have another rule in each subgraph. */
export type AccessByPlace = ReadonlyMap<string, ReadonlySet<AccessRuleName>>;

/** Reads `@access` from the subgraphs' schemas in `schema/`. A field without one has its type's. */
export async function readAccess(): Promise<AccessByPlace> {
  const found = new Map<string, Set<AccessRuleName>>();
  const add = (place: string, rule: AccessRuleName) => {
    const known = found.get(place) ?? new Set();
    found.set(place, known.add(rule));
  };
  for (const text of await subgraphSchemas())
    for (const definition of parse(text).definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION)
        continue;
      const ofType = ruleOf(definition.directives);
      if (ofType !== null) add(definition.name.value, ofType);
      for (const field of (definition as ObjectTypeDefinitionNode).fields ?? []) {
        const rule = ruleOf(field.directives) ?? ofType;
        if (rule !== null) add(`${definition.name.value}.${field.name.value}`, rule);
      }
    }
  return found;
}

async function subgraphSchemas(): Promise<readonly string[]> {
  const names = (await readdir(projectFile('schema'))).filter((name) => name.endsWith('.graphql')).sort();
  const own = names.filter((name) => name !== 'api.graphql' && name !== 'supergraph.graphql');
  return Promise.all(own.map((name) => readFile(projectFile('schema', name), 'utf8')));
}

function ruleOf(directives: readonly ConstDirectiveNode[] = []): AccessRuleName | null {
  const value = directives.find(({ name }) => name.value === 'access')?.arguments?.[0]?.value;
  return value?.kind === Kind.STRING ? (value.value as AccessRuleName) : null;
}

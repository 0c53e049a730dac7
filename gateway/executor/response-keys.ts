import { Kind, parse, type SelectionNode } from 'graphql';

/** An operation's response keys: those of its root, or those of one `_entities` field for any type. */
export function fieldsOf(operation: string, entitiesAlias: string | null): string[] {
  const document = parse(operation, { noLocation: true });
  const fragments = new Map(
    document.definitions.flatMap((d) =>
      d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d.selectionSet.selections] as const] : [],
    ),
  );
  const keys = (
    selections: readonly SelectionNode[],
  ): { key: string; selections: readonly SelectionNode[] }[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return keys(selection.selectionSet.selections);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return keys(fragments.get(selection.name.value) ?? []);
      return [
        {
          key: selection.alias?.value ?? selection.name.value,
          selections: selection.selectionSet?.selections ?? [],
        },
      ];
    });
  const root = document.definitions.flatMap((d) =>
    d.kind === Kind.OPERATION_DEFINITION ? keys(d.selectionSet.selections) : [],
  );
  if (entitiesAlias === null) return root.map(({ key }) => key);
  return root
    .filter(({ key }) => key === entitiesAlias)
    .flatMap(({ selections }) => keys(selections).map(({ key }) => key));
}

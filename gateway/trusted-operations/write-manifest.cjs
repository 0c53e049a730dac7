// A plugin of graphql-codegen: writes the documents as Apollo's persisted-query-manifest, which Apollo's tools for
// web, Kotlin and iOS write too. `npm run codegen` makes schema/documents.json with it.
const { createHash } = require('node:crypto');
const { Kind, print } = require('graphql');

module.exports = {
  plugin(_schema, files) {
    const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations: entriesOf(files) };
    return `${JSON.stringify(manifest, null, 2)}\n`;
  },
  entriesOf,
};

/** One entry an operation, by name. */
function entriesOf(files) {
  const definitions = files.flatMap(({ document }) => document?.definitions ?? []);
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    .map((operation) => toEntry(operation, fragments))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function toEntry(operation, fragments) {
  const body = print({ kind: Kind.DOCUMENT, definitions: [operation, ...usedBy(operation, fragments)] });
  const id = createHash('sha256').update(body).digest('hex');
  return { id, name: operation.name.value, type: operation.operation, body };
}

/** The fragments that an operation spreads, those within them included, in the order in which they come up. */
function usedBy(operation, fragments) {
  const used = new Set();
  const look = (node) => {
    for (const selection of node.selectionSet?.selections ?? []) {
      const named = fragments.find(({ name }) => name.value === selection.name?.value);
      if (selection.kind === Kind.FRAGMENT_SPREAD && named !== undefined && !used.has(named)) {
        used.add(named);
        look(named);
      }
      look(selection);
    }
  };
  look(operation);
  return used;
}

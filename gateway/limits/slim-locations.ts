import type { ASTNode, DocumentNode, Location } from 'graphql';

/**
 * Reduces each node's location to its start and end, in place.
 *
 * The parser's own locations hold every token of the document, several times the size of the rest. Errors need
 * only start and end.
 */
export function slimLocations(document: DocumentNode): DocumentNode {
  slim(document);
  return document;
}

function slim(node: ASTNode): void {
  if (node.loc !== undefined) {
    const { start, end, source } = node.loc;
    (node as { loc?: unknown }).loc = { start, end, source } satisfies Pick<
      Location,
      'start' | 'end' | 'source'
    >;
  }
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) value.forEach(slim);
    else if (typeof value === 'object' && value !== null && 'kind' in value) slim(value as ASTNode);
  }
}

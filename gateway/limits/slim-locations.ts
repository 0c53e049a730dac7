import type { ASTNode, DocumentNode, Location } from 'graphql';

/**
 * Keeps of each node's location where it starts and ends, in place.
 *
 * The parser's own hold every token of the document: several times the size of the rest. Errors need no more than this.
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

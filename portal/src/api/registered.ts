import type { TypedDocumentNode } from '@urql/core';

/**
 * An operation that the server knows by the hash of its text: no text is sent, nor is one part of the page.
 *
 * Shape of the hash: `sha256:` and 64 hexadecimal digits.
 */
export function registered<Data, Variables extends Record<string, unknown>>(
  documentId: string,
): TypedDocumentNode<Data, Variables> {
  return { kind: 'Document', definitions: [], documentId } as TypedDocumentNode<Data, Variables>;
}

import { gql } from '@urql/core';
import type { Keyed } from './idempotency.ts';

/**
 * A typed operation: one of this package, or a `TypedDocumentNode` of graphql-codegen. Declared here, so that programs need
 * no types of the package graphql.
 */
export interface Operation<Data, Variables> extends Keyed {
  readonly __apiType?: ((variables: Variables) => Data) | undefined;
}

/** An operation from its text. It is parsed when the package is loaded, once. */
export function operation<Data, Variables>(text: string, keyed: Keyed = {}): Operation<Data, Variables> {
  return Object.assign(gql(text), keyed) as Operation<Data, Variables>;
}

/**
 * An operation that the server knows by the hash of its text: no text is sent.
 *
 * Shape of the hash: `sha256:` and 64 hexadecimal digits.
 */
export function registered<Data, Variables>(
  documentId: string,
  keyed: Keyed = {},
): Operation<Data, Variables> {
  return { kind: 'Document', definitions: [], documentId, ...keyed } as Operation<Data, Variables>;
}

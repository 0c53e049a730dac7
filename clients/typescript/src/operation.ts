import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { gql } from '@urql/core';
import type { Keyed } from './idempotency.ts';

/** An operation from its text. It is parsed when the package is loaded, once. */
export function operation<Data, Variables extends AnyVariables>(
  text: string,
  keyed: Keyed = {},
): TypedDocumentNode<Data, Variables> & Keyed {
  return Object.assign(gql<Data, Variables>(text), keyed);
}

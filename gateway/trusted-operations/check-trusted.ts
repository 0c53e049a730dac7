import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind } from 'graphql';
import { validateDocument } from '../input/validate-document.ts';
import { checkOperation } from '../limits/check-operation.ts';
import { compileCost } from '../limits/cost.ts';
import { maxObjects } from '../limits/limits.ts';

/**
 * A document that may be trusted: valid, and within the limits of every other one. It is validated here and never
 * again.
 *
 * Errors: GraphQLError with the first fault.
 */
export function checkTrusted(source: string, schema: GraphQLSchema): DocumentNode {
  const document = checkOperation(source);
  const [error] = validateDocument(schema, document);
  if (error !== undefined) throw error;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    // With the sizes that the document itself states: sizes in variables are checked in each request.
    if (compileCost(schema, definition, document)({}) > maxObjects)
      throw new GraphQLError(`The operation may bring more than ${maxObjects} objects, by its page sizes.`);
  }
  return document;
}

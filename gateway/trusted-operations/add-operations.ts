import { GraphQLError, type GraphQLSchema } from 'graphql';
import { checkTrusted } from './check-trusted.ts';
import { hashOf } from './hash-of.ts';
import { nameOf, withDatabase } from './registered-operations.ts';
import { insertOperations } from './trusted-document.store.ts';

export interface Added {
  readonly added: number;
  /** Already registered: adding again changes nothing. */
  readonly known: number;
}

/**
 * Registers a client's operations with all gateways of this database: they accept them within two seconds, without a
 * restart.
 *
 * All or none. Errors: Error that names each document that is invalid or exceeds a limit, and the reason.
 */
export async function addOperations(
  databaseUrl: string,
  schema: GraphQLSchema,
  documents: readonly string[],
  { source, client }: { readonly source: string; readonly client: string },
): Promise<Added> {
  const problems = documents.flatMap((document, index) => problemOf(document, index, schema));
  if (problems.length > 0) throw new Error(`No document was added:\n${problems.join('\n')}`);
  return withDatabase(databaseUrl, async (connection) => {
    const hashes = documents.map((document) => hashOf(document));
    const { rowCount } = await connection.query(insertOperations, [hashes, documents, source, client]);
    const added = rowCount ?? 0;
    return { added, known: documents.length - added };
  });
}

function problemOf(document: string, index: number, schema: GraphQLSchema): string[] {
  try {
    checkTrusted(document, schema);
    return [];
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return [`  - ${nameOf(document) ?? `number ${index + 1}`}: ${error.message}`];
  }
}

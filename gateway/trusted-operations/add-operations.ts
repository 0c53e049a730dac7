import { GraphQLError, type GraphQLSchema } from 'graphql';
import pg from 'pg';
import { databaseProblem } from '../../core/database-problem.ts';
import { checkTrusted, hashOf } from './check-trusted.ts';

export interface Added {
  readonly added: number;
  /** Already registered: adding again changes nothing. */
  readonly known: number;
}

/**
 * Registers documents with all gateways of this database: they accept them within two seconds, without a restart.
 *
 * All or none. Errors: Error that names each document that is invalid or exceeds a limit, and the reason.
 */
export async function addOperations(
  databaseUrl: string,
  schema: GraphQLSchema,
  documents: readonly string[],
  source: string,
): Promise<Added> {
  const problems = documents.flatMap((document, index) => problemOf(document, index, schema));
  if (problems.length > 0) throw new Error(`No document was added:\n${problems.join('\n')}`);
  const client = new pg.Client({ connectionString: databaseUrl, query_timeout: 30_000 });
  await client.connect().catch((error: unknown) => {
    throw databaseProblem('DATABASE_URL', databaseUrl, error);
  });
  try {
    const { rowCount } = await client.query(
      `INSERT INTO trusted_document (hash, body, source)
       SELECT hash, body, $3 FROM unnest($1::text[], $2::text[]) AS given (hash, body)
       ON CONFLICT (hash) DO NOTHING`,
      [documents.map(hashOf), documents, source],
    );
    const added = rowCount ?? 0;
    return { added, known: documents.length - added };
  } finally {
    await client.end();
  }
}

function problemOf(document: string, index: number, schema: GraphQLSchema): string[] {
  try {
    checkTrusted(document, schema);
    return [];
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [, name = `number ${index + 1}`] = /\b(?:query|mutation)\s+(\w+)/.exec(document) ?? [];
    return [`  - ${name}: ${error.message}`];
  }
}

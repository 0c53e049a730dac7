import type pg from 'pg';
import type { DataSource, EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { batchStatements } from './batch-statements.ts';

// TypeORM cannot prepare statements: it builds the same SQL for each read, and the server plans it again. These
// reads are sent to TypeORM's own pool under a name.

export interface Prepared {
  /** Always stands for the same text. */
  readonly name: string;
  readonly text: string;
}

const readersOf = new WeakMap<DataSource, ReturnType<typeof batchStatements>>();

/**
 * Reads by a statement that the server parses and plans once per session; reads of one turn are sent together, and again
 * if their session breaks: the statement may not write.
 *
 * Within a transaction it is an ordinary statement on that transaction's session.
 */
export async function readPrepared<Row>(
  database: DataSource | EntityManager,
  { name, text }: Prepared,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  if (!('driver' in database)) return database.query(text, [...values]);
  database.logger.logQuery(text, [...values]);
  const read = readersOf.get(database) ?? batchStatements(poolOf(database));
  readersOf.set(database, read);
  return (await read({ name, text, values })).rows as Row[];
}

function poolOf({ driver }: DataSource): pg.Pool {
  return (driver as unknown as { readonly master: pg.Pool }).master;
}

const statements = new WeakMap<DataSource, Map<EntityTarget<ObjectLiteral>, Prepared>>();

/**
 * The rows of an entity with a value in one column, as objects with its properties, plus `more` SQL expressions by
 * name.
 */
export async function findPrepared<Entity extends ObjectLiteral>(
  database: DataSource,
  entity: EntityTarget<ObjectLiteral>,
  column: string,
  value: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly Entity[]> {
  const known = statements.get(database) ?? new Map<EntityTarget<ObjectLiteral>, Prepared>();
  statements.set(database, known);
  const statement = known.get(entity) ?? describe(database, entity, column, more);
  known.set(entity, statement);
  return readPrepared<Entity>(database, statement, [value]);
}

function describe(
  database: DataSource,
  entity: EntityTarget<ObjectLiteral>,
  column: string,
  more: Readonly<Record<string, string>>,
): Prepared {
  const { columns, tableName } = database.getMetadata(entity);
  const wanted = [
    ...columns.map(({ databaseName, propertyName }) => `"${databaseName}" AS "${propertyName}"`),
    ...Object.entries(more).map(([name, sql]) => `${sql} AS "${name}"`),
  ];
  const key = columns.find(({ propertyName }) => propertyName === column)?.databaseName;
  const text = `SELECT ${wanted.join(', ')} FROM "${tableName}" WHERE "${key}" = $1`;
  return { name: `${tableName}_by_${key}`, text };
}

import { DataSource, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';

export type Select = SelectQueryBuilder<ObjectLiteral>;

/** A named statement: the server parses and plans it once for each connection. */
export interface Statement<Row, Parameter extends string> {
  readonly name: string;
  readonly text: string;
  /** The parameter at each position of the text. */
  readonly positions: readonly Parameter[];
  /** Never set: it carries the rows' TypeScript type. */
  readonly rows?: Row;
}

/** Never connected: it only generates SQL for the database's kind. */
const writer = new DataSource({ type: 'postgres' });

/** All statements: the readiness check tries each of them against the tables. */
export const allStatements: Statement<unknown, string>[] = [];

/**
 * Generates a statement with TypeORM's query builder, once: TypeORM cannot prepare statements, and the text never
 * changes.
 */
export function defineStatement<Row>() {
  return <Parameter extends string>(
    name: string,
    parameters: readonly Parameter[],
    build: (select: Select) => Select,
  ): Statement<Row, Parameter> => {
    const select = build(writer.createQueryBuilder() as Select);
    // Each parameter's name stands in for its value, which reveals its positions.
    select.setParameters(Object.fromEntries(parameters.map((parameter) => [parameter, parameter])));
    const [text, positions] = select.getQueryAndParameters();
    const missing = parameters.filter((parameter) => !positions.includes(parameter));
    if (missing.length > 0) throw new Error(`${name} does not use ${missing.join(', ')}.`);
    const statement = { name, text, positions: positions as Parameter[] };
    allStatements.push(statement);
    return statement;
  };
}

/** The text of a part, for a derived table. Its parameters belong to the whole statement. */
export function subquery(build: (select: Select) => Select): string {
  return `(${build(writer.createQueryBuilder() as Select).getQuery()})`;
}

/** `f`, [`ANNO_FATT`] selects `"f"."ANNO_FATT" AS "ANNO_FATT"`; a pair [`DESCR`, `SCUOLA`] renames. */
export function withColumns(
  select: Select,
  alias: string,
  columns: readonly (string | readonly [string, string])[],
): Select {
  for (const column of columns) {
    const [name, as] = typeof column === 'string' ? [column, column] : column;
    select.addSelect(`"${alias}"."${name}"`, as);
  }
  return select;
}

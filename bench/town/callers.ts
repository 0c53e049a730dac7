import pg from 'pg';
import type { Issuer } from './issuer.ts';

export interface Caller {
  readonly children: number;
  /** The legacy system's key of one of them. */
  readonly childKey: string;
  readonly authorization: string;
}

interface Person {
  readonly childKey: string;
  readonly code: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly children: number;
}

/** Signed-in mothers of a loaded town, the same ones each time. */
export async function callersOf(
  legacyUrl: string,
  issuer: Issuer,
  count: number,
): Promise<readonly Caller[]> {
  const { rows } = await query<Person>(
    legacyUrl,
    `SELECT TRIM(g."COD_FISC") AS code, g."NOME" AS "firstName", g."COGNOME" AS "lastName",
       COUNT(DISTINCT d."COD_ALUN")::int AS children, TRIM(MIN(d."COD_ALUN")) AS "childKey"
     FROM "AN_SOGG" g JOIN "SDI_DOMANDE" d ON d."COD_RICH" = g."COD_SOGG"
     WHERE g."COD_SOGG" LIKE 'G%' GROUP BY 1, 2, 3, g."COD_SOGG" ORDER BY md5(g."COD_SOGG") LIMIT $1`,
    [count],
  );
  return signIn(rows, issuer);
}

/** The same for certain people. */
export async function callersByCode(
  legacyUrl: string,
  issuer: Issuer,
  codes: readonly string[],
): Promise<readonly Caller[]> {
  const { rows } = await query<Person>(
    legacyUrl,
    `SELECT TRIM("COD_FISC") AS code, "NOME" AS "firstName", "COGNOME" AS "lastName", 1 AS children, '' AS "childKey"
     FROM "AN_SOGG" WHERE "COD_FISC" = ANY($1::bpchar[]) ORDER BY "COD_SOGG"`,
    [codes],
  );
  return signIn(rows, issuer);
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string, values: readonly unknown[]) {
  const client = new pg.Client(url);
  await client.connect();
  return client.query<Row>(text, [...values]).finally(() => client.end());
}

function signIn(people: readonly Person[], issuer: Issuer): Promise<readonly Caller[]> {
  return Promise.all(
    people.map(async (person) => ({
      children: person.children,
      childKey: person.childKey,
      authorization: `Bearer ${await issuer.tokenOf(person)}`,
    })),
  );
}

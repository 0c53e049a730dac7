import pg from 'pg';
import { type DemoBusiness, type DemoPerson, people, trattoria } from './people.ts';

/** The people who can sign in with a code: the town's, and the parents of loaded children. */
export async function findResident(
  legacyUrl: string,
  code: string,
): Promise<DemoPerson | DemoBusiness | null> {
  if (code === trattoria.partitaIva) return trattoria;
  const known = people.find(({ codiceFiscale }) => codiceFiscale === code);
  if (known !== undefined) return known.canSignIn ? known : null;
  const client = new pg.Client(legacyUrl);
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT "NOME", "COGNOME", "DATA_NASC"::text FROM "AN_SOGG" WHERE "COD_FISC" = $1 AND "COD_SOGG" LIKE 'G%'`,
      [code],
    );
    return rows[0] === undefined ? null : toPerson(code, rows[0]);
  } finally {
    await client.end();
  }
}

function toPerson(
  codiceFiscale: string,
  row: { readonly NOME: string; readonly COGNOME: string; readonly DATA_NASC: string },
): DemoPerson {
  return {
    codiceFiscale,
    firstName: row.NOME,
    lastName: row.COGNOME,
    birthDate: row.DATA_NASC,
    birthPlace: 'Bergamo',
    sex: 'F',
    email: null,
    phone: null,
    canSignIn: true,
  };
}

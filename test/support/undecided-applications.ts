import pg from 'pg';
import { amina, claudia, creditorCode, giulia, marco, paolo, trattoria } from '../../demo/town/people.ts';
import { insertRows, type Row } from '../../demo/town/rows.ts';
import { keys } from '../../demo/town/subjects.ts';
import { legacyTownCopy } from './databases.ts';

/** The demo town with applications that open nothing, or only for some days: everybody's, for everybody's children. */
export async function townWithUndecidedApplications(): Promise<string> {
  const url = await legacyTownCopy();
  const client = new pg.Client(url);
  await client.connect();
  await insertRows(client, 'SDI_DOMANDE', applications);
  await insertRows(client, 'SDI_FATT', applications.map(toInvoice));
  await insertRows(client, 'SDI_FATT_RATE', applications.map(toInstalment));
  await insertRows(client, 'PAG_POSIZ', applications.map(toDebt));
  // Two of Claudia's debts were paid by others, who meet the payment and not the debt.
  for (const [payer, which] of [
    [marco.codiceFiscale, 'min'],
    [trattoria.partitaIva, 'max'],
  ])
    await client.query(
      `UPDATE "PAG_RICEV" SET "COD_PAG" = $1 WHERE "ID_POS" = (SELECT ${which}(r."ID_POS") FROM "PAG_RICEV" r
       JOIN "PAG_POSIZ" p ON p."ID_POS" = r."ID_POS" WHERE trim(p."COD_DEB") = $2)`,
      [payer, claudia.codiceFiscale],
    );
  await client.end();
  return url;
}

const application = (NUM_DOM: number, COD_RICH: string, COD_ALUN: string, more: Row): Row => ({
  ANNO_DOM: 2026,
  NUM_DOM,
  COD_ALUN,
  COD_RICH,
  ANNO_SCOL: '2025/2026',
  COD_SERV: 'MENSA',
  COD_SCU: 'PRI1',
  CLASSE: '1A',
  STATO: 'P',
  DATA_INI: null,
  DATA_FIN: null,
  MOD_PAG: 'P',
  DIETA: '',
  BANCA_APP: '',
  COD_PRAT: 0,
  ...more,
});

const applications: readonly Row[] = [
  // Strangers who know a child's codice fiscale: undecided, rejected, and codes that nobody knows.
  application(901, keys.paolo, keys.luca, {}),
  application(902, keys.paolo, keys.sofia, { STATO: 'R' }),
  application(903, keys.paolo, keys.tommaso, { STATO: 'X' }),
  application(904, keys.giulia, keys.yasmine, { STATO: '' }),
  // Of the household: each sees their own, which opens nothing more.
  application(905, keys.marco, keys.luca, {}),
  application(906, keys.claudia, keys.sofia, { COD_SERV: 'TRASP', STATO: 'X' }),
  application(907, keys.claudia, keys.sofia, { STATO: 'R' }),
  // Accepted, for some days of one school year: suspended, ended, ended nobody knows when, and without dates.
  application(908, keys.giulia, keys.luca, { STATO: 'S', DATA_INI: '2026-02-02', DATA_FIN: '2026-02-06' }),
  application(909, keys.amina, keys.luca, { STATO: 'C', DATA_FIN: '2025-10-10' }),
  application(910, keys.amina, keys.sofia, { STATO: 'C' }),
  application(911, keys.amina, keys.tommaso, { STATO: 'A', DATA_INI: '2026-05-04' }),
  // A year that cannot be read covers no day, and takes no other application with it.
  application(912, keys.amina, keys.luca, { STATO: 'R', ANNO_SCOL: '20252026' }),
];

const codes: Readonly<Record<string, string>> = {
  [keys.amina]: amina.codiceFiscale,
  [keys.claudia]: claudia.codiceFiscale,
  [keys.giulia]: giulia.codiceFiscale,
  [keys.marco]: marco.codiceFiscale,
  [keys.paolo]: paolo.codiceFiscale,
};

const keyOf = ({ NUM_DOM }: Row) => ({ ANNO_FATT: 2026, NUM_FATT: 90_000 + Number(NUM_DOM) });

function toInvoice(row: Row): Row {
  const { ANNO_DOM, NUM_DOM, COD_ALUN, COD_RICH } = row;
  return {
    ...keyOf(row),
    DATA_FATT: '2026-03-02',
    COD_ALUN,
    COD_INTE: COD_RICH,
    ANNO_DOM,
    NUM_DOM,
    PER_DA: '202602',
    PER_A: '202602',
    IMPORTO: '10.00',
    BANCA_APP: '',
  };
}

function toInstalment(row: Row): Row {
  return {
    ...keyOf(row),
    NUM_RATA: 1,
    IMPORTO: '10.00',
    PAGATO: '0.00',
    DATA_SCAD: '2026-04-01',
    MESSA_RUOLO: 0,
    COD_IUV: '',
    MOD_PAG: 'P',
    STATO_SDD: 'I',
  };
}

/** What the applicant owes is theirs, and names a child that they may not see. */
function toDebt(row: Row): Row {
  const code = codes[String(row.COD_RICH)];
  const iuv = `010000009000${row.NUM_DOM}45`;
  return {
    ...keyOf(row),
    NUM_RATA: 1,
    ID_POS: 9_000_000 + Number(row.NUM_DOM),
    CF_ENTE: creditorCode,
    COD_IUV: iuv,
    COD_AVVISO: `3${iuv}`,
    COD_DEB: code,
    CAUSALE: 'Mensa scolastica',
    IMPORTO: '10.00',
    DATA_SCAD: '2026-04-01',
    STATO: 'AP',
    COD_ALUN: row.COD_ALUN,
  };
}

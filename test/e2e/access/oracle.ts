import pg from 'pg';
import { createId } from '../../../core/ids.ts';

// What each person may see, read from the tables by somebody who has never seen a resolver: plain SQL, one rule a
// statement, as docs/access.md words them.

/** Ids by type of entity. */
export type Visible = Readonly<Record<string, ReadonlySet<string>>>;

export const ownedTypes = [
  'Child',
  'Practice',
  'Protocollo',
  'Enrolment',
  'Invoice',
  'Instalment',
  'Debt',
  'Payment',
] as const;

// Applications of which the office has decided that they are: nobody else's open anything.
const accepted = `d."STATO" IN ('A', 'S', 'C')`;
const minor = `s."DATA_NASC" > $2::date - interval '18 years'`;

const questions: Readonly<Record<(typeof ownedTypes)[number], string>> = {
  Child: `
    SELECT trim(s."COD_SOGG") AS a FROM "AN_SOGG" s, "AN_SOGG" me
    WHERE me."COD_FISC" = $1 AND me."TIPO_SOGG" = 'F' AND s."COD_SOGG" <> me."COD_SOGG" AND (
      (me."COD_FAM" <> '' AND s."COD_FAM" = me."COD_FAM" AND ${minor})
      OR EXISTS (SELECT 1 FROM "SDI_DOMANDE" d
        WHERE d."COD_ALUN" = s."COD_SOGG" AND d."COD_RICH" = me."COD_SOGG" AND ${accepted}))`,
  Practice: `
    SELECT 'L' AS a, p."COD_PRAT" AS b FROM "PRAT_ISTANZE" p JOIN "AN_SOGG" me ON me."COD_SOGG" = p."COD_RICH"
    WHERE me."COD_FISC" = $1`,
  Protocollo: `
    SELECT g."COD_PROT" AS a FROM "PROT_GEN" g JOIN "AN_SOGG" me ON me."COD_SOGG" = g."COD_MITT" WHERE me."COD_FISC" = $1`,
  Enrolment: `
    SELECT d."ANNO_DOM" AS a, d."NUM_DOM" AS b FROM "SDI_DOMANDE" d JOIN "AN_SOGG" me ON me."COD_SOGG" = d."COD_RICH"
    JOIN "AN_SOGG" s ON s."COD_SOGG" = d."COD_ALUN"
    WHERE me."COD_FISC" = $1 AND (${accepted}
      OR (d."STATO" <> 'R' AND me."COD_FAM" <> '' AND s."COD_FAM" = me."COD_FAM"))`,
  Invoice: `
    SELECT f."ANNO_FATT" AS a, f."NUM_FATT" AS b FROM "SDI_FATT" f
    JOIN "SDI_DOMANDE" d ON d."ANNO_DOM" = f."ANNO_DOM" AND d."NUM_DOM" = f."NUM_DOM"
    JOIN "AN_SOGG" me ON me."COD_SOGG" = d."COD_RICH" WHERE me."COD_FISC" = $1 AND ${accepted}`,
  Instalment: `
    SELECT r."ANNO_FATT" AS a, r."NUM_FATT" AS b, r."NUM_RATA" AS c FROM "SDI_FATT_RATE" r
    JOIN "SDI_FATT" f ON f."ANNO_FATT" = r."ANNO_FATT" AND f."NUM_FATT" = r."NUM_FATT"
    JOIN "SDI_DOMANDE" d ON d."ANNO_DOM" = f."ANNO_DOM" AND d."NUM_DOM" = f."NUM_DOM"
    JOIN "AN_SOGG" me ON me."COD_SOGG" = d."COD_RICH" WHERE me."COD_FISC" = $1 AND ${accepted}`,
  Debt: `SELECT p."ID_POS" AS a FROM "PAG_POSIZ" p WHERE trim(p."COD_DEB") = $1`,
  Payment: `
    SELECT r."ID_RICEV" AS a FROM "PAG_RICEV" r JOIN "PAG_POSIZ" p ON p."ID_POS" = r."ID_POS"
    WHERE trim(p."COD_DEB") = $1 OR trim(r."COD_PAG") = $1`,
};

/** The days of attendance that a person may see, by child: days of their own accepted enrolments, of each its period. */
export async function daysVisibleTo(
  legacyUrl: string,
  code: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const days: Record<string, string[]> = {};
  await asReader(legacyUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT DISTINCT trim(p."COD_ALUN") AS child, p."DATA_PRES"::text AS day FROM "SDI_PRES" p
       JOIN "SDI_DOMANDE" d ON d."COD_ALUN" = p."COD_ALUN" AND d."COD_SERV" = p."COD_SERV"
       JOIN "AN_SOGG" me ON me."COD_SOGG" = d."COD_RICH"
       WHERE me."COD_FISC" = $1 AND ${accepted}
         AND p."DATA_PRES" BETWEEN (left(d."ANNO_SCOL", 4) || '-09-01')::date AND (right(d."ANNO_SCOL", 4) || '-08-31')::date
         AND p."DATA_PRES" >= COALESCE(d."DATA_INI", '-infinity')
         AND p."DATA_PRES" <= COALESCE(d."DATA_FIN", CASE d."STATO" WHEN 'C' THEN '-infinity' ELSE 'infinity' END::date)
       ORDER BY day`,
      [code],
    );
    for (const { child, day } of rows) {
      days[child] ??= [];
      days[child]?.push(day);
    }
  });
  return days;
}

/** What the person with a code may see; nothing for who has none. */
export async function visibleTo(
  urls: { readonly legacyUrl: string; readonly ownUrl: string },
  code: string | null,
  today: string,
): Promise<Visible> {
  if (code === null) return Object.fromEntries(ownedTypes.map((type) => [type, new Set<string>()]));
  const sets: Record<string, Set<string>> = {};
  await asReader(urls.legacyUrl, async (client) => {
    for (const type of ownedTypes) {
      const text = questions[type];
      const { rows } = await client.query(text, text.includes('$2') ? [code, today] : [code]);
      sets[type] = new Set(rows.map((row) => createId(type, ...(Object.values(row) as (string | number)[]))));
    }
  });
  await asReader(urls.ownUrl, async (client) => {
    const { rows } = await client.query('SELECT id FROM practice WHERE applicant = $1', [code]);
    for (const { id } of rows) sets.Practice?.add(createId('Practice', 'O', id));
  });
  return sets;
}

/** How a person is related to every object of a type, by id: the words of `test/support/rule-claims.ts`. */
export type Relations = Readonly<Record<string, ReadonlyMap<string, string>>>;

const ofChild = `(me."COD_FAM" <> '' AND s."COD_FAM" = me."COD_FAM") AS household`;
const filed = `d."COD_RICH" = me."COD_SOGG" AS applicant`;
const billed = `"SDI_FATT" f JOIN "SDI_DOMANDE" d ON d."ANNO_DOM" = f."ANNO_DOM" AND d."NUM_DOM" = f."NUM_DOM"
  JOIN "AN_SOGG" s ON s."COD_SOGG" = d."COD_ALUN" JOIN "AN_SOGG" me ON me."COD_FISC" = $1`;

/** One share, with all scopes. */
export interface Shared {
  readonly giver: string;
  readonly recipient: string;
  readonly child: string;
}

const relationQuestions = (shared: Pick<Shared, 'giver' | 'child'>): Readonly<Record<string, string>> => ({
  Child: `
    SELECT trim(s."COD_SOGG") AS a, s."COD_FISC" = '${shared.child}' AS recipient, ${ofChild},
      EXISTS (SELECT 1 FROM "SDI_DOMANDE" d WHERE d."COD_ALUN" = s."COD_SOGG" AND d."COD_RICH" = me."COD_SOGG" AND ${accepted}) AS applicant
    FROM "AN_SOGG" s JOIN "AN_SOGG" me ON me."COD_FISC" = $1 WHERE s."COD_SOGG" <> me."COD_SOGG"`,
  Enrolment: `
    SELECT d."ANNO_DOM" AS a, d."NUM_DOM" AS b, ${ofChild}, ${filed}, ${filedByGiver(shared)} AND ${accepted} AS recipient
    FROM "SDI_DOMANDE" d JOIN "AN_SOGG" s ON s."COD_SOGG" = d."COD_ALUN" JOIN "AN_SOGG" me ON me."COD_FISC" = $1`,
  Invoice: `SELECT f."ANNO_FATT" AS a, f."NUM_FATT" AS b, ${ofChild}, ${filed}, ${filedByGiver(shared)} AS recipient FROM ${billed} WHERE ${accepted}`,
  Instalment: `
    SELECT r."ANNO_FATT" AS a, r."NUM_FATT" AS b, r."NUM_RATA" AS c, ${ofChild}, ${filed}, ${filedByGiver(shared)} AS recipient FROM ${billed}
    JOIN "SDI_FATT_RATE" r ON f."ANNO_FATT" = r."ANNO_FATT" AND f."NUM_FATT" = r."NUM_FATT" WHERE ${accepted}`,
  Debt: `
    SELECT p."ID_POS" AS a, trim(p."COD_DEB") = $1 AS debtor, COALESCE(trim(r."COD_PAG") = $1, false) AS payer,
      trim(p."COD_DEB") = '${shared.giver}' AND EXISTS (SELECT 1 FROM ${billed}
        WHERE f."ANNO_FATT" = p."ANNO_FATT" AND f."NUM_FATT" = p."NUM_FATT" AND ${filedByGiver(shared)}) AS recipient
    FROM "PAG_POSIZ" p LEFT JOIN "PAG_RICEV" r ON r."ID_POS" = p."ID_POS"`,
  Payment: `
    SELECT r."ID_RICEV" AS a, trim(p."COD_DEB") = $1 AS debtor, COALESCE(trim(r."COD_PAG") = $1, false) AS payer
    FROM "PAG_RICEV" r JOIN "PAG_POSIZ" p ON p."ID_POS" = r."ID_POS"`,
});

const filedByGiver = ({ giver, child }: Pick<Shared, 'giver' | 'child'>) =>
  `s."COD_FISC" = '${child}' AND d."COD_RICH" = (SELECT "COD_SOGG" FROM "AN_SOGG" WHERE "COD_FISC" = '${giver}')`;

export async function relationsOf(legacyUrl: string, code: string, shared: Shared): Promise<Relations> {
  const relations: Record<string, ReadonlyMap<string, string>> = {};
  await asReader(legacyUrl, async (client) => {
    for (const [type, text] of Object.entries(relationQuestions(shared))) {
      const { rows } = await client.query(text, [code]);
      relations[type] = new Map(
        rows.map(({ a, b, c, household, applicant, debtor, payer, recipient }) => {
          const key = [a, b, c].filter((part) => part !== undefined);
          const isRecipient = recipient === true && code === shared.recipient;
          const roles = { household, applicant, debtor, payer: payer && !debtor, recipient: isRecipient };
          const held = Object.entries(roles).flatMap(([role, holds]) => (holds === true ? [role] : []));
          return [createId(type, ...key), held.join(' and ') || 'none'] as const;
        }),
      );
    }
  });
  return relations;
}

async function asReader(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await work(client).finally(() => client.end());
}

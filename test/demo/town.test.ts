import { beforeAll, describe, expect, it } from '@jest/globals';
import { frozenClock } from '../../core/clock.ts';
import { checkLetterOf } from '../../core/values/index.ts';
import { loadChildren } from '../../demo/town/load-children.ts';
import { seedLegacy } from '../../demo/town/seed.ts';
import { askDatabase } from '../support/ask-database.ts';
import { legacyTown, legacyTownCopy, testClock } from '../support/databases.ts';

/** Every row of every table, as one text a table. */
async function contentOf(url: string): Promise<Record<string, unknown>> {
  const tables = await askDatabase(
    url,
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const content: Record<string, unknown> = {};
  for (const { tablename } of tables) {
    const sql = `SELECT COUNT(*)::int AS rows, MD5(STRING_AGG(t::text, '|' ORDER BY t::text)) AS hash FROM "${tablename}" t`;
    content[String(tablename)] = (await askDatabase(url, sql))[0];
  }
  return content;
}

describe("the demo town's legacy tables", () => {
  let url: string;
  beforeAll(async () => {
    url = await legacyTown();
  });

  it("holds the guide's invoice", async () => {
    const rows = await askDatabase(
      url,
      `SELECT f."DATA_FATT"::text, "PER_DA", "PER_A", t.*, t."DATA_SCAD"::text AS scad FROM "SDI_FATT" f JOIN "SDI_FATT_RATE" t USING ("ANNO_FATT", "NUM_FATT") WHERE "ANNO_FATT" = 2020 AND "NUM_FATT" = 684`,
    );
    expect(rows).toMatchObject([
      {
        DATA_FATT: '2020-12-18',
        PER_DA: '202009',
        PER_A: '202010',
        NUM_RATA: 1,
        IMPORTO: '101.42',
        PAGATO: '101.42',
        scad: '2021-01-15',
        MESSA_RUOLO: -1,
        COD_IUV: '',
      },
    ]);
  });

  it.each([
    ['lines', 'SDI_FATT_RIGHE'],
    ['rate', 'SDI_FATT_RATE'],
  ])('adds up: %s and invoices', async (_, table) => {
    const sql = `SELECT f."ANNO_FATT", f."NUM_FATT" FROM "SDI_FATT" f LEFT JOIN "${table}" l USING ("ANNO_FATT", "NUM_FATT") GROUP BY f."ANNO_FATT", f."NUM_FATT", f."IMPORTO" HAVING COALESCE(SUM(l."IMPORTO"), 0) <> f."IMPORTO"`;
    expect(await askDatabase(url, sql)).toEqual([]);
  });

  it('has a position with the same IUV for each rata that has one, and a receipt for each paid position', async () => {
    expect(
      await askDatabase(
        url,
        `SELECT 1 FROM "SDI_FATT_RATE" t LEFT JOIN "PAG_POSIZ" p ON p."COD_IUV" = t."COD_IUV" WHERE t."COD_IUV" <> '' AND p."ID_POS" IS NULL`,
      ),
    ).toEqual([]);
    expect(
      await askDatabase(
        url,
        `SELECT 1 FROM "PAG_POSIZ" p LEFT JOIN "PAG_RICEV" r USING ("ID_POS") WHERE (p."STATO" = 'PA') <> (r."ID_RICEV" IS NOT NULL)`,
      ),
    ).toEqual([]);
  });

  it.each(['2026-10-15', '2027-01-20', '2027-03-20', '2027-05-25', '2027-07-08', '2027-08-31'])(
    'leaves Luca and Sofia something due, overdue and partly paid on %s',
    async (day) => {
      const copy = await legacyTownCopy();
      await seedLegacy(copy, frozenClock(`${day}T09:00`));
      const rows = await askDatabase(
        copy,
        `SELECT TRIM("COD_ALUN") AS child, COUNT(*) FILTER (WHERE "PAGATO" = 0 AND "DATA_SCAD" >= '${day}')::int AS due, COUNT(*) FILTER (WHERE "PAGATO" < t."IMPORTO" AND "DATA_SCAD" < '${day}')::int AS overdue, COUNT(*) FILTER (WHERE "PAGATO" > 0 AND "PAGATO" < t."IMPORTO")::int AS partly FROM "SDI_FATT_RATE" t JOIN "SDI_FATT" f USING ("ANNO_FATT", "NUM_FATT") WHERE "COD_IUV" <> '' AND "COD_ALUN" IN ('A000000003', 'A000000002', 'A000000004') GROUP BY 1 ORDER BY 1`,
      );
      expect(rows).toHaveLength(2);
      for (const row of rows) {
        expect(row.due).toBeGreaterThan(0);
        expect(row.overdue).toBeGreaterThan(0);
        expect(row.partly).toBeGreaterThan(0);
      }
    },
  );

  it("has Giulia's last direct debit returned and nothing of hers payable by notice", async () => {
    const [last] = await askDatabase(
      url,
      `SELECT "STATO_SDD" FROM "SDI_FATT_RATE" t JOIN "SDI_FATT" f USING ("ANNO_FATT", "NUM_FATT") WHERE f."COD_ALUN" = 'A000000006' AND "DATA_SCAD" < '2026-10-15' ORDER BY "DATA_SCAD" DESC LIMIT 1`,
    );
    expect(last).toEqual({ STATO_SDD: 'I' });
    expect(await askDatabase(url, `SELECT 1 FROM "PAG_POSIZ" WHERE "COD_DEB" = 'FRRGLI88S43F205Z'`)).toEqual(
      [],
    );
  });

  it('changes nothing when it is made again', async () => {
    const copy = await legacyTownCopy();
    await seedLegacy(copy, testClock);
    expect(await contentOf(copy)).toEqual(await contentOf(url));
  });

  it('only adds what a new year brings', async () => {
    const copy = await legacyTownCopy();
    await seedLegacy(copy, frozenClock('2027-10-15T09:00'));
    const invoices = `SELECT f::text AS row FROM "SDI_FATT" f UNION ALL SELECT t::text FROM "SDI_FATT_RATE" t`;
    const before = (await askDatabase(url, invoices)).map(({ row }) => row);
    const after = (await askDatabase(copy, invoices)).map(({ row }) => row);
    expect(after.length).toBeGreaterThan(before.length);
    expect(after).toEqual(expect.arrayContaining(before));
    const [current] = await askDatabase(
      copy,
      `SELECT "COD_SCU", "STATO" FROM "SDI_DOMANDE" WHERE "COD_ALUN" = 'A000000004' AND "ANNO_SCOL" = '2027/2028'`,
    );
    expect(current).toEqual({ COD_SCU: 'PRI1  ', STATO: 'A' });
  });

  it('is loaded with children once, however often', async () => {
    const copy = await legacyTownCopy();
    await loadChildren(copy, 300, testClock);
    const once = await contentOf(copy);
    await loadChildren(copy, 300, testClock);
    expect(await contentOf(copy)).toEqual(once);
    expect(once).toMatchObject({
      AN_SOGG: { rows: 610 },
      SDI_FATT: { rows: expect.any(Number) },
    });
    const codes = await askDatabase(copy, `SELECT "COD_FISC" FROM "AN_SOGG" WHERE "COD_SOGG" LIKE 'G%'`);
    expect(new Set(codes.map(({ COD_FISC }) => COD_FISC)).size).toBe(300);
    for (const { COD_FISC } of codes) expect(checkLetterOf(String(COD_FISC))).toBe(String(COD_FISC)[15]);
    const invalid = `SELECT 1 FROM "PAG_POSIZ" WHERE MOD(CAST(SUBSTRING("COD_AVVISO", 1, 16) AS numeric), 93) <> CAST(SUBSTRING("COD_AVVISO", 17) AS numeric)`;
    expect(await askDatabase(copy, invalid)).toEqual([]);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { claudia } from '../../../demo/town/people.ts';
import { legacyTownCopy } from '../../support/databases.ts';
import { type Answer, openTestTown, type TestTown, transports } from '../open-test-town.ts';

let towns: TestTown[] = [];
afterEach(async () => {
  await Promise.all(towns.map((town) => town.close()));
  towns = [];
});

type Json = Record<string, unknown>;

const query = `{
  me { birthDate household { firstName birthDate }
    children { firstName birthDate schoolAccess(schoolYear: "2020/2021")
      enrolments { schoolYear startsOn endsOn }
      invoices(first: 100) { totalCount edges { node { number period { from }
        lines { description amount } instalments { id dueOn messaARuolo debt { amount } } } } }
      attendance(month: "2026-05") { presences days { date status } } }
    debts { description amount dueOn receipt { paidAt } }
    payments(first: 100) { totalCount edges { node { description } } }
    practices(first: 100) { totalCount edges { node { title channel history { at status } protocollo { number } } } }
    protocolli(first: 100) { totalCount edges { node { number registeredAt } } } }
  paymentKinds(first: 100) { edges { node { id name fields { code required } } } }
  serviceAreas { title services { title requiresSignIn } }
}`;

async function answerOf(town: TestTown): Promise<Answer<Json>> {
  const authorization = `Bearer ${await town.tokenOf(claudia.codiceFiscale)}`;
  return (await (await town.post({ query }, { authorization })).json()) as Answer<Json>;
}

async function change(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of statements) expect((await client.query(statement)).rowCount).toBeGreaterThan(0);
  await client.end();
}

/** Rows that are broken, one a table, and where the answer says so. */
const broken: readonly (readonly [statement: string, column: string, paths: readonly string[]])[] = [
  [
    `UPDATE "AN_SOGG" SET "DATA_NASC" = 'infinity' WHERE "COD_SOGG" = 'A000000003'`,
    'AN_SOGG.DATA_NASC',
    ['me.children.*.birthDate', 'me.household'],
  ],
  [
    `UPDATE "SDI_DOMANDE" SET "ANNO_SCOL" = '20/21' WHERE "ANNO_DOM" = 2021 AND "COD_ALUN" = 'A000000003'`,
    'SDI_DOMANDE.ANNO_SCOL',
    ['me.children.*.enrolments'],
  ],
  [
    `UPDATE "SDI_DOMANDE" SET "DATA_FIN" = 'infinity' WHERE "ANNO_DOM" = 2026 AND "COD_ALUN" = 'A000000004'`,
    'SDI_DOMANDE.DATA_FIN',
    ['me.children.*.enrolments.*.endsOn'],
  ],
  [
    `UPDATE "SDI_FATT" SET "PER_DA" = '' WHERE "ANNO_FATT" = 2020 AND "NUM_FATT" = 684`,
    'SDI_FATT.PER_DA',
    ['me.children.*.invoices'],
  ],
  [
    `UPDATE "SDI_FATT_RATE" SET "MESSA_RUOLO" = 7 WHERE ("ANNO_FATT", "NUM_FATT", "NUM_RATA") IN (
       SELECT "ANNO_FATT", "NUM_FATT", 1 FROM "SDI_FATT" WHERE "COD_ALUN" = 'A000000003' ORDER BY "DATA_FATT" DESC LIMIT 1)`,
    'SDI_FATT_RATE.MESSA_RUOLO',
    ['me.children.*.invoices.edges.*.node.instalments'],
  ],
  [
    `UPDATE "SDI_FATT_RIGHE" SET "IMPORTO" = 'NaN' WHERE ("ANNO_FATT", "NUM_FATT", "NUM_RIGA") IN (
       SELECT "ANNO_FATT", "NUM_FATT", 1 FROM "SDI_FATT" WHERE "COD_ALUN" = 'A000000004' ORDER BY "DATA_FATT" DESC LIMIT 1)`,
    'SDI_FATT_RIGHE.IMPORTO',
    ['me.children.*.invoices.edges.*.node.lines'],
  ],
  [
    `UPDATE "SDI_PRES" SET "STATO" = 'Z' WHERE "COD_ALUN" = 'A000000003' AND "DATA_PRES" = '2026-05-04'`,
    'SDI_PRES.STATO',
    ['me.children.*.attendance'],
  ],
  [
    `UPDATE "PAG_POSIZ" SET "DATA_SCAD" = '0044-03-15 BC' WHERE "ID_POS" = (
       SELECT MAX("ID_POS") FROM "PAG_POSIZ" WHERE "COD_DEB" = '${claudia.codiceFiscale}')`,
    'PAG_POSIZ.DATA_SCAD',
    ['me.debts.*.dueOn'],
  ],
  [
    `UPDATE "PRAT_ISTANZE" SET "CANALE" = 'X' WHERE "COD_PRAT" = 2023151`,
    'PRAT_ISTANZE.CANALE',
    ['me.practices'],
  ],
  [
    `UPDATE "PRAT_EVENTI" SET "DATA_ORA" = 'infinity' WHERE "COD_PRAT" = 2025161 AND "PROGR" = 2`,
    'PRAT_EVENTI.DATA_ORA',
    ['me.practices.edges.*.node.history'],
  ],
  [
    `UPDATE "PROT_GEN" SET "DATA_REG" = 'infinity' WHERE "COD_PROT" = 2024102`,
    'PROT_GEN.DATA_REG',
    ['me.protocolli', 'me.practices.edges.*.node.protocollo'],
  ],
  [
    `UPDATE "PAG_TIPI_CAMPI" SET "OBBLIGO" = 9 WHERE "COD_TIPO" = 'MENSA' AND "PROGR" = 1`,
    'PAG_TIPI_CAMPI.OBBLIGO',
    ['paymentKinds'],
  ],
  [
    `UPDATE "PORT_VOCI" SET "RICH_LOGIN" = 9 WHERE ("COD_AREA", "COD_VOCE") IN (SELECT "COD_AREA", "COD_VOCE" FROM "PORT_VOCI" WHERE "UTENZA" = 'C' LIMIT 1)`,
    'PORT_VOCI.RICH_LOGIN',
    ['serviceAreas'],
  ],
];

/** How many objects and values an answer has, nulls left out. */
function sizeOf(value: unknown): number {
  if (value === null) return 0;
  if (typeof value !== 'object') return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + sizeOf(inner), 1);
}

describe.each(transports)('rows that break the contract, %s', (transport) => {
  it('cost their own field or row, which the answer says, and are logged by table and column', async () => {
    const legacyUrl = await legacyTownCopy();
    const town = await openTestTown(transport, { legacyUrl });
    towns.push(town);
    const whole = await answerOf(town);
    expect(whole.errors).toBeUndefined();
    const url = await legacyTownCopy();
    await change(
      url,
      broken.map(([statement]) => statement),
    );
    const other = await openTestTown(transport, { legacyUrl: url });
    towns.push(other);
    const answer = await answerOf(other);
    const told = (answer.errors ?? []).map(({ path, extensions: { code } }) => [path?.join('.'), code]);
    const expected = broken
      .flatMap(([, , paths]) => paths)
      .map((path) => [
        expect.stringMatching(new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '\\d+')}$`)),
        'LEGACY_CONTRACT_BROKEN',
      ]);
    expect(told).toEqual(expect.arrayContaining(expected));
    expect(told).toHaveLength(expected.length);
    // Nothing but the rows: of an answer of thousands of values at most what some rows hold.
    const lost = sizeOf(whole.data) - sizeOf(answer.data);
    expect([lost > broken.length, lost < 40 * broken.length]).toEqual([true, true]);
    const lines = other.logLines
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === 'legacy.unreadable');
    expect(new Set(lines.map(({ table, column }) => `${table}.${column}`))).toEqual(
      new Set(broken.map(([, column]) => column)),
    );
    for (const line of lines) expect(line).toMatchObject({ level: 'error', requestId: expect.any(String) });
    // A line a column for each part of the answer, however many rows.
    expect(lines.length).toBeLessThan(3 * broken.length);
    expect(JSON.stringify(lines)).not.toMatch(/infinity|NaN|20\/21/);
  }, 300_000);

  it('are no errors when all that is missing is a name', async () => {
    const legacyUrl = await legacyTownCopy();
    await change(legacyUrl, [
      `UPDATE "AN_SOGG" SET "NOME" = '' WHERE "COD_SOGG" IN ('A000000001', 'A000000003')`,
      `UPDATE "AN_SOGG" SET "COGNOME" = '' WHERE "COD_SOGG" IN ('A000000002', 'A000000004')`,
      `UPDATE "SDI_FATT_RIGHE" SET "DESCR" = ''`,
      `UPDATE "PAG_TIPI" SET "DESCR" = '' WHERE "COD_TIPO" = 'MENSA'`,
      `UPDATE "PRAT_ISTANZE" SET "OGGETTO" = ''`,
      `UPDATE "PROT_GEN" SET "OGGETTO" = ''`,
      `UPDATE "TAB_ENTE" SET "DESCR" = ''`,
    ]);
    const town = await openTestTown(transport, { legacyUrl });
    towns.push(town);
    const { data, errors } = await answerOf(town);
    expect(errors).toBeUndefined();
    expect(data?.me).toMatchObject({
      household: [{ firstName: 'Marco' }, { firstName: '' }, { firstName: 'Sofia' }],
      children: [{ firstName: '' }, { firstName: 'Sofia' }],
    });
    expect(town.logLines.filter((line) => line.includes('legacy.'))).toEqual([]);
  });
});

describe('an object that may be among the unreadable rows', () => {
  it('is an error, and not the false answer that there is nothing', async () => {
    const legacyUrl = await legacyTownCopy();
    await change(legacyUrl, [
      `UPDATE "PAG_POSIZ" SET "IMPORTO" = 'NaN' WHERE "COD_DEB" = '${claudia.codiceFiscale}' AND "NUM_FATT" > 0`,
      `UPDATE "SDI_DOMANDE" SET "ANNO_SCOL" = '?' WHERE "COD_ALUN" = 'A000000003'`,
    ]);
    const town = await openTestTown('in-process', { legacyUrl });
    towns.push(town);
    const authorization = `Bearer ${await town.tokenOf(claudia.codiceFiscale)}`;
    const ask = async (text: string) =>
      (await (await town.post({ query: text }, { authorization })).json()) as Answer<Json>;
    const access = await ask('{ me { children { firstName schoolAccess } } }');
    expect(access.data).toEqual({
      me: {
        children: [
          { firstName: 'Luca', schoolAccess: null },
          { firstName: 'Sofia', schoolAccess: 'APPLICANT' },
        ],
      },
    });
    expect(access.errors?.map(({ path }) => path)).toEqual([['me', 'children', 0, 'schoolAccess']]);
    const debts = await ask(
      '{ me { debts { amount } instalments(first: 5) { edges { node { debt { amount } } } } } }',
    );
    const codes = new Set(debts.errors?.map(({ extensions }) => extensions.code));
    expect([codes, debts.errors?.some(({ path }) => path?.join('.') === 'me.debts')]).toEqual([
      new Set(['LEGACY_CONTRACT_BROKEN']),
      true,
    ]);
    expect(debts.errors?.some(({ path }) => path?.at(-1) === 'debt')).toBe(true);
    const one = await ask('{ debt(id: "bm9uc2Vuc2U") { amount } }');
    expect([one.data, one.errors?.[0]?.extensions.code]).toEqual([{ debt: null }, 'LEGACY_CONTRACT_BROKEN']);
  });

  it('is paged past: a page that holds nothing else ends where it ended', async () => {
    const legacyUrl = await legacyTownCopy();
    await change(legacyUrl, [
      `UPDATE "SDI_FATT" SET "PER_DA" = 'x' WHERE ("ANNO_FATT", "NUM_FATT") IN (
         SELECT "ANNO_FATT", "NUM_FATT" FROM "SDI_FATT" WHERE "COD_ALUN" = 'A000000003' ORDER BY "DATA_FATT" DESC LIMIT 3)`,
    ]);
    const town = await openTestTown('in-process', { legacyUrl });
    towns.push(town);
    const authorization = `Bearer ${await town.tokenOf(claudia.codiceFiscale)}`;
    type Page = {
      edges: { node: { number: number } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
    const seen: number[] = [];
    let [after, turns, total]: [string | null, number, number] = [null, 0, 0];
    for (let more = true; more && turns < 200; turns++) {
      const text = `query ($after: String) { me { invoices(first: 1, after: $after) { totalCount edges { node { number } } pageInfo { hasNextPage endCursor } } } }`;
      const response = await town.post({ query: text, variables: { after } }, { authorization });
      const { data } = (await response.json()) as Answer<{ me: { invoices: Page & { totalCount: number } } }>;
      const page = data?.me.invoices;
      seen.push(...(page?.edges ?? []).map(({ node }) => node.number));
      total = page?.totalCount ?? 0;
      after = page?.pageInfo.endCursor ?? null;
      more = page?.pageInfo.hasNextPage ?? false;
    }
    expect([turns, seen.length]).toEqual([total, total - 3]);
  });
});

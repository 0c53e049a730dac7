import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { ZipFile } from 'yazl';
import { parseCodiceFiscale, parseEuroCents } from '../../../core/values/index.ts';
import { head } from '../../../legacy/hypersic/av20/columns.ts';
import { formatRow } from '../../../legacy/hypersic/av20/row.ts';
import { openLegacy } from '../../../legacy/open-legacy.ts';
import type { Legacy } from '../../../legacy/ports/legacy.ts';
import type { DebtRecord } from '../../../legacy/ports/payments.port.ts';
import type { ReconciliationRow } from '../../../legacy/ports/reconciliation.port.ts';
import { exportReconciliation } from '../../../subgraphs/payments/reconciliation/export-reconciliation.action.ts';
import {
  importReconciliation,
  type ReconciliationServices,
} from '../../../subgraphs/payments/reconciliation/import-reconciliation.action.ts';
import { describeReport } from '../../../subgraphs/payments/reconciliation/import-report.ts';
import {
  createSettlements,
  type NewSettlement,
} from '../../../subgraphs/shared/settlements/settlement.store.ts';
import { legacyTown, testClock } from '../../support/databases.ts';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.ts';
import { claudia } from '../../support/people.ts';
import { anyRow, bodyCode, fileName, paidRow, writeLines, writeRows } from '../../support/reconciliation.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const opened: (() => Promise<unknown>)[] = [];
const inUse: MigratedDatabase[] = [];
let legacy: Legacy;
let debts: readonly DebtRecord[];
const statements: string[] = [];

beforeAll(async () => {
  const url = await legacyTown();
  legacy = openLegacy({ vendor: 'hypersic', url, observe: (name) => void statements.push(name) });
  debts = (await legacy.payments.debtsOf([claudia.codiceFiscale], []))[0] ?? [];
  opened.push(() => legacy.close());
});
const giveBack = () => Promise.all(inUse.splice(0).map((own) => own.giveBack()));
afterEach(giveBack);
afterAll(() => Promise.all(opened.map((close) => close())));

async function openServices(): Promise<ReconciliationServices & Record<'database' | 'owner', DataSource>> {
  const own = await openMigratedDatabase();
  inUse.push(own);
  const { service: database, owner } = own;
  return { legacy, settlements: createSettlements(database), clock: testClock, database, owner };
}

/** All that was recorded, but for when and in which order. */
async function recorded({ settlements }: ReconciliationServices): Promise<readonly ReconciliationRow[]> {
  const rows: ReconciliationRow[] = [];
  for await (const row of settlements.paidBetween(parseCodiceFiscale(bodyCode), null, null)) rows.push(row);
  return rows;
}
const sorted = (rows: readonly ReconciliationRow[]) => rows.toSorted((a, b) => a.iuv.localeCompare(b.iuv));
const payable = () => debts.filter(({ status }) => status === 'PAYABLE');

describe('importing a reconciliation file', () => {
  it('tells each row apart, and records what was paid', async () => {
    const services = await openServices();
    const [first, second] = payable() as [DebtRecord, DebtRecord];
    const path = await writeLines([
      formatRow(paidRow(first.iuv, first.amount)),
      formatRow(paidRow(second.iuv, second.amount - 1)),
      formatRow(paidRow('999999999999999', 500)),
      'not;a;row',
      formatRow(paidRow(first.iuv, first.amount)),
      formatRow(paidRow(first.iuv, first.amount)).replace(/;2026-10-12PROVA-0001;/, ';;'),
    ]);
    const [report] = await importReconciliation(services, path);
    expect(report).toEqual({
      fileName: basename(path),
      read: 6,
      counts: {
        matched: 1,
        alreadyKnown: 1,
        unknownIuv: 1,
        amountDiffers: 1,
        notReconciled: 0,
        malformed: 2,
      },
      remarks: [
        { line: 3, outcome: 'amountDiffers', problem: null },
        { line: 4, outcome: 'unknownIuv', problem: null },
        { line: 5, outcome: 'malformed', problem: '51 columns were expected and 3 came' },
        { line: 7, outcome: 'malformed', problem: 'CodiceFlussoRiversamento is empty' },
      ],
      unlisted: 0,
    });
    expect(report && describeReport(report)).toContain('line 5: 51 columns were expected and 3 came');
    expect(sorted(await recorded(services))).toEqual(
      sorted([
        paidRow(first.iuv, first.amount),
        paidRow(second.iuv, second.amount - 1),
        paidRow('999999999999999', 500),
      ]),
    );
  });

  it('is read back by creditor and day, a receipt only until its reconciliation is there', async () => {
    const { settlements } = await openServices();
    const [body, other] = [parseCodiceFiscale(bodyCode), parseCodiceFiscale('03123450169')];
    const paid = (iuv: string, more: object = {}): NewSettlement => ({
      ...{ creditor: body, iuv, debtor: null, amount: parseEuroCents(100), source: 'RECEIPT', evidence: 'R' },
      ...{ paidOn: '2026-10-12' as never, record: { iuv } as never },
      ...more,
    });
    const many = Array.from({ length: 2_000 }, (_, n) => paid(`many ${n}`, { paidOn: '2026-10-01' }));
    await settlements.record(
      [
        ...many,
        paid('a'),
        paid('b', { paidOn: '2026-10-13' }),
        paid('a', { creditor: other, source: 'RECONCILIATION' }),
        paid('c', { creditor: other }),
        paid('d'),
        paid('d', { source: 'RECONCILIATION', evidence: 'F', record: { iuv: 'd reconciled' } as never }),
      ],
      new Date(),
    );
    const between = async (from: string | null, to: string | null) => {
      const iuvs: string[] = [];
      for await (const { iuv } of settlements.paidBetween(body, from as never, to as never)) iuvs.push(iuv);
      return iuvs;
    };
    expect(await between('2026-10-12', '2026-10-12')).toEqual(['a', 'd reconciled']);
    expect(await between('2026-10-12', null)).toEqual(['a', 'b', 'd reconciled']);
    expect(await between('2026-10-14', null)).toEqual([]);
    expect(await between(null, '2026-09-30')).toEqual([]);
    expect(await between(null, '2026-10-01')).toEqual(many.map(({ iuv }) => iuv));
  });

  it('asks the legacy system once a batch of a thousand rows', async () => {
    const services = await openServices();
    const rows = Array.from({ length: 2_500 }, (_, index) =>
      paidRow(String(100_000_000_000_000 + index), 100),
    );
    statements.length = 0;
    await importReconciliation(services, await writeRows(rows));
    expect(statements.filter((name) => name === 'positions_by_iuv')).toHaveLength(3);
    expect(statements).toHaveLength(4);
  });

  it('twice changes nothing, whatever the file is called', async () => {
    const services = await openServices();
    const rows = payable().map(({ iuv, amount }) => paidRow(iuv, amount));
    const again = await writeRows(rows, fileName('002'));
    await importReconciliation(services, await writeRows(rows));
    const before = await recorded(services);
    const [report] = await importReconciliation(services, again);
    expect(report?.counts).toMatchObject({ matched: 0, alreadyKnown: rows.length });
    expect(await recorded(services)).toEqual(before);
  });

  it('tells again what is to be checked of rows that an interrupted run recorded', async () => {
    const services = await openServices();
    const [{ iuv, amount }] = payable() as [DebtRecord];
    const path = await writeRows([paidRow(iuv, amount), paidRow('999999999999999', 500)]);
    await importReconciliation(services, path);
    const [report] = await importReconciliation(services, path);
    expect(report?.counts).toMatchObject({ alreadyKnown: 2, unknownIuv: 0 });
    expect(report?.remarks).toEqual([
      {
        line: 3,
        outcome: 'alreadyKnown',
        problem: 'already known; unknown IUV (kept as an orphan)',
      },
    ]);
  });

  it('is never stopped by a row, whatever its bytes are', async () => {
    const services = await openServices();
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        '100',
        '302000000000000000',
        '31/12/0000',
        '01/01/0001',
        '\0',
        'CAP',
        '9'.repeat(15),
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: 'grapheme-ascii', minLength: 3_000, maxLength: 3_000 }),
    );
    const good = formatRow(paidRow('302000000000099', 100)).split(';');
    const line = fc
      .dictionary(fc.integer({ min: 0, max: head.length }).map(String), cell, { maxKeys: 4 })
      .map((odd) => Array.from({ length: head.length }, (_, index) => odd[index] ?? good[index]).join(';'));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), async (lines) => {
        const last = formatRow(paidRow('302000000000098', 100, { notes: 'the row after them' }));
        const [report] = await importReconciliation(services, await writeLines([...lines, last]));
        const { read = 0, counts } = report ?? {};
        expect(Number(counts?.unknownIuv) + Number(counts?.alreadyKnown)).toBeGreaterThan(0);
        expect(read).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
    expect((await recorded(services)).some(({ notes }) => notes === 'the row after them')).toBe(true);
  });

  it('by two at once records each row once', async () => {
    const services = await openServices();
    const rows = Array.from({ length: 3_000 }, (_, index) =>
      paidRow(String(100_000_000_000_000 + index), 100),
    );
    const path = await writeRows(rows);
    const reports = await Promise.all([
      importReconciliation(services, path),
      importReconciliation(services, path),
    ]);
    expect(reports.flat().reduce((sum, { counts }) => sum + counts.unknownIuv, 0)).toBe(3_000);
    expect(await recorded(services)).toHaveLength(3_000);
  });

  it.each([0, 1, 2])('cut off after %i batches and run again ends in the same state', async (batches) => {
    const [whole, cut] = await Promise.all([openServices(), openServices()]);
    const rows = Array.from({ length: 2_300 }, (_, index) =>
      paidRow(String(100_000_000_000_000 + index), 1 + index),
    );
    const path = await writeRows(rows);
    await importReconciliation(whole, path);
    let left = batches;
    const dying = Object.create(cut.database) as DataSource;
    dying.transaction = ((work: (manager: unknown) => Promise<unknown>) =>
      cut.database.transaction(async (manager) => {
        const answer = await work(manager);
        if (left-- === 0) throw new Error('killed');
        return answer;
      })) as never;
    await expect(importReconciliation({ ...cut, database: dying }, path)).rejects.toThrow('killed');
    expect(await recorded(cut)).toHaveLength(batches * 1_000);
    const [report] = await importReconciliation(cut, path);
    expect(report?.counts).toMatchObject({
      alreadyKnown: batches * 1_000,
      unknownIuv: 2_300 - batches * 1_000,
    });
    expect(await recorded(cut)).toEqual(await recorded(whole));
  });

  it('of what was not reconciled yet records nothing', async () => {
    const services = await openServices();
    const open = { paidOn: null, paidAmount: null, pspName: null, flowId: null, flowDate: null };
    const path = await writeRows([paidRow('302000000000000', 1, open)], fileName('999'));
    const [report] = await importReconciliation(services, path);
    expect([report?.counts.notReconciled, await recorded(services)]).toEqual([1, []]);
  });

  it("reads both files of GovPay's zip", async () => {
    const services = await openServices();
    const [{ iuv, amount }] = payable() as [DebtRecord];
    const open = { paidOn: null, paidAmount: null, pspName: null, flowId: null, flowDate: null };
    const files = [
      await writeRows([paidRow(iuv, amount)]),
      await writeRows([paidRow('302000000000000', 1, open)], fileName('999')),
    ];
    const reports = await importReconciliation(services, await zipped(files));
    expect(reports.map(({ read, counts }) => [read, counts.matched, counts.notReconciled])).toEqual([
      [1, 1, 0],
      [1, 0, 1],
    ]);
  });

  it('refuses a zip whole of which one file has a wrong name', async () => {
    const services = await openServices();
    const files = [await writeRows([paidRow('302000000000000', 1)]), await writeRows([], 'appunti.csv')];
    await expect(importReconciliation(services, await zipped(files))).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    expect(await recorded(services)).toEqual([]);
  });

  it.each([
    ['a name that is none', 'pagamenti.csv', `${head.join(';')}\n`, 'was expected'],
    [
      'another body',
      'RENDICONTAZIONE_AV20_00166560425_20191115_001.csv',
      `${head.join(';')}\n`,
      'another body',
    ],
    [
      'a first line without a column',
      fileName(),
      `${head.slice(0, -1).join(';')}\n`,
      'Column 51 of the first line',
    ],
    ['a first line with other columns', fileName(), 'IUV;Importo\n', 'Column 1 of the first line'],
    ['no line at all', fileName(), '', 'The file is empty'],
    [
      'a zip that was cut short',
      `GOVPAY_${bodyCode}_20261015_0301_1.zip`,
      'PK\x03\x04',
      'a zip was expected',
    ],
    ['a zip that is none', `GOVPAY_${bodyCode}_20261015_0300_1.zip`, 'no zip', 'a zip was expected'],
    ['a zip of another name', 'rendiconto.zip', 'no zip', 'was expected'],
  ])('refuses a file with %s whole, with the reason', async (_, name, text, reason) => {
    const services = await openServices();
    const path = join(await temporaryFolder('av20'), name);
    await writeFile(path, text);
    await expect(importReconciliation(services, path)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(reason),
    });
    expect(await recorded(services)).toEqual([]);
  });

  it('refuses a folder that has the name of a file', async () => {
    const path = join(await temporaryFolder('av20'), fileName());
    await mkdir(path);
    await expect(importReconciliation(await openServices(), path)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('refuses a file that is not there', async () => {
    await expect(importReconciliation(await openServices(), `/nowhere/${fileName()}`)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});

describe('a file as a partner writes it', () => {
  // 30 empty cells of quotas follow the 21 columns; two of the first row are filled.
  const file = [
    head.join(';'),
    `MENSA;Mensa scolastica;;RSSCLD84C52A794Q;Claudia Rossi;2026/731;01/09/2026;Mensa;4615;1;301000000000073139;01000000000073139;30/11/2026;12/10/2026;4615;Banca di prova;;IT60X0542811101000000123456;2026-10-12PROVA-0001;13/10/2026;;CAP;2026/1200;4000;ACC;2026/7;615${';'.repeat(24)}`,
    // One payment that came twice on one day: two flows are two payments.
    `MENSA;;;;;;;;;;;01000000000073139;;12/10/2026;4615;;;;2026-10-12PROVA-0002;13/10/2026;${';'.repeat(30)}`,
    `MENSA;;;;;;;;;;;01000000000000005;;12/10/2026;005;;;;2026-10-12PROVA-0001;;${';'.repeat(30)}`,
    '',
  ].join('\r\n');

  it('is read to the cent and kept by IUV and flow', async () => {
    const services = await openServices();
    const path = join(await temporaryFolder('av20'), fileName());
    await writeFile(path, file);
    const [report] = await importReconciliation(services, path);
    expect(report).toMatchObject({ read: 3, counts: { unknownIuv: 3, alreadyKnown: 0, malformed: 0 } });
    expect(
      await services.database.query(
        'SELECT iuv, amount, evidence, paid_on::text FROM settlement ORDER BY id',
      ),
    ).toEqual([
      {
        iuv: '01000000000073139',
        amount: '4615',
        evidence: '2026-10-12PROVA-0001',
        paid_on: '2026-10-12',
      },
      {
        iuv: '01000000000073139',
        amount: '4615',
        evidence: '2026-10-12PROVA-0002',
        paid_on: '2026-10-12',
      },
      { iuv: '01000000000000005', amount: '5', evidence: '2026-10-12PROVA-0001', paid_on: '2026-10-12' },
    ]);
    const [first] = await recorded(services);
    expect(first).toEqual({
      serviceCode: 'MENSA',
      serviceDescription: 'Mensa scolastica',
      debtorReference: null,
      debtor: 'RSSCLD84C52A794Q',
      debtorName: 'Claudia Rossi',
      debtReference: '2026/731',
      issuedOn: '2026-09-01',
      description: 'Mensa',
      debtAmount: 4615,
      instalmentReference: '1',
      numeroAvviso: '301000000000073139',
      iuv: '01000000000073139',
      dueOn: '2026-11-30',
      paidOn: '2026-10-12',
      paidAmount: 4615,
      pspName: 'Banca di prova',
      paymentMethod: null,
      iban: 'IT60X0542811101000000123456',
      flowId: '2026-10-12PROVA-0001',
      flowDate: '2026-10-13',
      notes: null,
      quotas: [
        { level: 'CAP', code: '2026/1200', amount: 4000 },
        { level: 'ACC', code: '2026/7', amount: 615 },
      ],
    });
  });

  it('is written letter for letter as it was read', async () => {
    const services = await openServices();
    const path = join(await temporaryFolder('av20'), fileName());
    await writeFile(path, file);
    await importReconciliation(services, path);
    const folder = await temporaryFolder('av20');
    const written = await exportReconciliation(services, { folder, from: null, to: null });
    expect(await readFile(written.path, 'utf8')).toBe(file);
  });

  it('of another creditor’s IUV is no match', async () => {
    const services = await openServices();
    const [{ iuv, amount }] = payable() as [DebtRecord];
    const theirs = {
      ...services,
      legacy: {
        ...legacy,
        payments: {
          ...legacy.payments,
          debtsByIuv: async (iuvs: readonly never[]) =>
            (await legacy.payments.debtsByIuv(iuvs, [])).map((debt) =>
              debt === null ? null : { ...debt, creditor: parseCodiceFiscale('03123450169') },
            ),
        },
      },
    };
    const [report] = await importReconciliation(theirs, await writeRows([paidRow(iuv, amount)]));
    expect(report?.counts).toMatchObject({ matched: 0, unknownIuv: 1 });
  });
});

describe('exporting what was settled', () => {
  it('and importing it elsewhere is the identity', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyRow, { selector: ({ iuv, flowId }) => `${iuv} ${flowId}`, maxLength: 20 }),
        async (rows) => {
          const [from, to] = await Promise.all([openServices(), openServices()]);
          await importReconciliation(from, await writeRows(rows));
          const folder = await temporaryFolder('av20');
          const { path, rows: count } = await exportReconciliation(from, { folder, from: null, to: null });
          await importReconciliation(to, path);
          expect([count, await readdir(folder)]).toEqual([rows.length, [basename(path)]]);
          expect(await recorded(to)).toEqual(rows);
          await giveBack();
        },
      ),
      { numRuns: 15 },
    );
  });

  it("takes the day's next progressive and never another file's place", async () => {
    const services = await openServices();
    const folder = dirname(await writeRows([]));
    const paths = await Promise.all(
      [1, 2].map(() => exportReconciliation(services, { folder, from: null, to: null })),
    );
    expect(paths.map(({ path }) => basename(path)).sort()).toEqual([fileName('002'), fileName('003')]);
    expect(await readFile(join(folder, fileName('002')), 'utf8')).toBe(`${head.join(';')}\r\n`);
  });

  it('keeps to the days of payment that were asked for', async () => {
    const services = await openServices();
    const days = ['2026-10-01', '2026-10-02', '2026-10-03'] as ReconciliationRow['paidOn'][];
    const rows = days.map((paidOn, index) => paidRow(String(100_000_000_000_000 + index), 100, { paidOn }));
    await importReconciliation(services, await writeRows(rows));
    const folder = await temporaryFolder('av20');
    const second = days[1] ?? null;
    expect(await exportReconciliation(services, { folder, from: second, to: second })).toMatchObject({
      rows: 1,
    });
  });

  it('reports a payment once that came as a receipt first and from a partner later', async () => {
    const services = await openServices();
    const row = paidRow('100000000000077', 4_200);
    const receipt = { ...row, flowId: null, flowDate: null };
    const settlement = {
      creditor: parseCodiceFiscale(bodyCode),
      iuv: row.iuv,
      debtor: null,
      amount: parseEuroCents(4_200),
      paidOn: row.paidOn,
      source: 'RECEIPT',
      evidence: 'receipt-1',
      record: receipt,
    } as const;
    await services.settlements.record([settlement], testClock.now());
    await importReconciliation(services, await writeRows([row]));
    const folder = await temporaryFolder('av20');
    const { path, rows } = await exportReconciliation(services, { folder, from: null, to: null });
    expect(rows).toBe(1);
    expect(await readFile(path, 'utf8')).toContain(row.flowId);
  });

  it('refuses a folder that is none', async () => {
    const wanted = { folder: '/nowhere', from: null, to: null };
    await expect(exportReconciliation(await openServices(), wanted)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});

describe('the settlements table', () => {
  it.each(['UPDATE settlement SET amount = 1', 'DELETE FROM settlement', 'TRUNCATE settlement CASCADE'])(
    'refuses %s',
    async (text) => {
      const { owner } = await openServices();
      await expect(owner.query(text)).rejects.toThrow('never changed or removed');
    },
  );
});

async function zipped(files: readonly string[]): Promise<string> {
  const path = join(await temporaryFolder('av20'), `GOVPAY_${bodyCode}_20261015_0300_1.zip`);
  const zip = new ZipFile();
  for (const file of files) zip.addFile(file, basename(file));
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

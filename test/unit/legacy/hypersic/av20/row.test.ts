import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ZipFile } from 'yazl';
import { entriesOf } from '../../../../../legacy/hypersic/av20/archive.ts';
import {
  columns,
  head,
  maxQuotas,
  maxTextLength,
  quotaCodeLength,
} from '../../../../../legacy/hypersic/av20/columns.ts';
import { isOpenFile, parseFileName, toFileName } from '../../../../../legacy/hypersic/av20/file-name.ts';
import { decode, linesOf, maxLineBytes } from '../../../../../legacy/hypersic/av20/lines.ts';
import { formatRow, parseRow } from '../../../../../legacy/hypersic/av20/row.ts';
import type { ReconciliationRow } from '../../../../../legacy/ports/reconciliation.port.ts';
import { anyRow } from '../../../../support/reconciliation.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const cells = (given: Readonly<Record<string, string>>) => head.map((name) => given[name] ?? '').join(';');
const least = {
  CodiceServizio: 'MENSA',
  CodiceIUV: '302000000000000152',
  ImportoPagato: '050',
  CodiceFlussoRiversamento: '2026-10-01BANCA-1',
};

describe('a row of an AV20 file', () => {
  it('has columns of the lengths of the specification, and those that may not be empty', () => {
    // [SPEC] AV20 v2.3 §6.2.
    expect(columns.map(({ maxLength }) => maxLength)).toEqual([
      10, 120, 20, 16, 70, 30, 10, 100, 15, 30, 35, 35, 10, 10, 15, 120, 100, 27, 60, 10, 255,
    ]);
    const required = (kind: string) =>
      columns.filter((column) => column.required === kind).map(({ name }) => name);
    expect(required('always')).toEqual(['CodiceServizio', 'CodiceIUV']);
    expect(required('unless open')).toEqual(['ImportoPagato', 'CodiceFlussoRiversamento']);
    expect([maxTextLength, maxQuotas, quotaCodeLength]).toEqual([255, 10, 35]);
  });

  it('has the 51 columns of the specification', () => {
    expect([head.length, head[11], head[21], head[50]]).toEqual([
      51,
      'CodiceIUV',
      'LivelloContabile1',
      'QuotaContabile10',
    ]);
  });

  it('is this one, with every cell, read and written', () => {
    const written = [
      ...['MENSA', 'Mensa scolastica', 'U-17', 'RSSCLD84C52A794Q', 'Claudia Rossi', '2026/684', '01/09/2026'],
      ...['Mensa di ottobre', '10142', '1', '302000000000000152', '02000000000000152', '15/10/2026'],
      ...['12/10/2026', '005', 'Banca di prova', 'Carta', 'IT60X0542811101000000123456'],
      ...['2026-10-12PROVA-0001', '13/10/2026', 'rata 1', 'CAP', '2026/1', '004', 'ACC', '2026/2', '001'],
      ...Array.from<string>({ length: 24 }).fill(''),
    ].join(';');
    const row = parseRow(written, false);
    expect(row).toEqual({
      serviceCode: 'MENSA',
      serviceDescription: 'Mensa scolastica',
      debtorReference: 'U-17',
      debtor: 'RSSCLD84C52A794Q',
      debtorName: 'Claudia Rossi',
      debtReference: '2026/684',
      issuedOn: '2026-09-01',
      description: 'Mensa di ottobre',
      debtAmount: 10142,
      instalmentReference: '1',
      numeroAvviso: '302000000000000152',
      iuv: '02000000000000152',
      dueOn: '2026-10-15',
      paidOn: '2026-10-12',
      paidAmount: 5,
      pspName: 'Banca di prova',
      paymentMethod: 'Carta',
      iban: 'IT60X0542811101000000123456',
      flowId: '2026-10-12PROVA-0001',
      flowDate: '2026-10-13',
      notes: 'rata 1',
      quotas: [
        { level: 'CAP', code: '2026/1', amount: 4 },
        { level: 'ACC', code: '2026/2', amount: 1 },
      ],
    });
    expect(formatRow(row)).toBe(written);
  });

  it('has texts of these lengths, and no more quotas than ten, each with a code of 35 characters', () => {
    const lengths = columns.map(({ maxLength }) => maxLength);
    expect(lengths.join(' ')).toBe('10 120 20 16 70 30 10 100 15 30 35 35 10 10 15 120 100 27 60 10 255');
    const quota = { level: 'CAP' as const, code: 'x'.repeat(40), amount: 1 as never };
    const row = { ...parseRow(cells(least), false), quotas: new Array(11).fill(quota) };
    const { quotas } = parseRow(formatRow(row), false);
    expect(quotas).toEqual(new Array(10).fill({ ...quota, code: 'x'.repeat(35) }));
    const long = { LivelloContabile1: 'ACC', CodificaContabile1: 'x'.repeat(255), QuotaContabile1: '1' };
    expect(parseRow(cells({ ...least, ...long }), false).quotas[0]?.code).toHaveLength(255);
  });

  it('reads cents with leading zeros, Italian dates, and empty cells as nothing', () => {
    const row = parseRow(cells({ ...least, DataPagamento: '01/10/2026', DescrizioneServizio: '  ' }), false);
    expect(row).toMatchObject({ paidAmount: 50, paidOn: '2026-10-01', serviceDescription: null, quotas: [] });
  });

  it('reads descriptions longer than the specification allows: GovPay cuts at 123 instead of 120', () => {
    const row = parseRow(cells({ ...least, DescrizioneServizio: 'x'.repeat(123) }), false);
    expect(row.serviceDescription).toHaveLength(123);
  });

  it.each([
    [{ CodiceServizio: '' }, 'CodiceServizio is empty'],
    [{ CodiceIUV: '' }, 'CodiceIUV is empty'],
    [{ CodiceIUV: '12A' }, 'CodiceIUV: at most 35 digits were expected'],
    [{ CodiceIUV: '1'.repeat(36) }, 'CodiceIUV: at most 35 digits were expected'],
    [{ ImportoPagato: '1'.repeat(16) }, 'ImportoPagato: whole cents without a separator were expected'],
    [{ CodificaContabile1: 'x' }, 'LivelloContabile1: CAP or ACC was expected'],
    [{ QuotaContabile1: '1' }, 'LivelloContabile1: CAP or ACC was expected'],
    [
      { LivelloContabile1: 'ACC', CodificaContabile1: 'x'.repeat(256), QuotaContabile1: '1' },
      'CodificaContabile1: at most 255 characters were expected',
    ],
    [{ ImportoPagato: '' }, 'ImportoPagato is empty'],
    [{ ImportoPagato: '1,50' }, 'ImportoPagato: whole cents without a separator were expected'],
    [{ ImportoPagato: '-150' }, 'ImportoPagato: whole cents without a separator were expected'],
    [{ ImportoPagato: '000' }, 'ImportoPagato: an amount above 0 was expected'],
    [{ CodiceFlussoRiversamento: '' }, 'CodiceFlussoRiversamento is empty'],
    [{ DataPagamento: '2026-10-01' }, 'DataPagamento: a date GG/MM/AAAA was expected'],
    [{ DataScadenza: '01/01/0000' }, 'DataScadenza: a date GG/MM/AAAA was expected'],
    [{ DataScadenza: '31/02/2026' }, 'DataScadenza: a date GG/MM/AAAA was expected'],
    [{ LivelloContabile1: 'XYZ' }, 'LivelloContabile1: CAP or ACC was expected'],
    [{ LivelloContabile2: 'CAP', QuotaContabile2: '100' }, 'CodificaContabile2 is empty'],
    [
      { LivelloContabile1: 'ACC', CodificaContabile1: '2019/921001' },
      'QuotaContabile1: whole cents without a separator were expected',
    ],
  ])('with %p is malformed: %s', (given, reason) => {
    expect(() => parseRow(cells({ ...least, ...given }), false)).toThrow(reason);
  });

  it('loses a NUL, and is malformed with a text that no column can hold', () => {
    const read = (name: string) => parseRow(cells({ ...least, NominativoDebitore: name }), false).debtorName;
    expect(read('Ros\0si')).toBe('Rossi');
    expect(read('x'.repeat(255))).toHaveLength(255);
    expect(() => read('x'.repeat(256))).toThrow('NominativoDebitore: at most 255 characters were expected');
  });

  it('with another number of cells is malformed', () => {
    expect(() => parseRow(`${cells(least)};`, false)).toThrow('51 columns were expected and 52 came');
  });

  it('of what was not reconciled yet has neither amount nor flow', () => {
    const open = { CodiceServizio: 'MENSA', CodiceIUV: '302000000000000152' };
    expect(parseRow(cells(open), true)).toMatchObject({ paidAmount: null, flowId: null });
  });

  it('loses what separates and what is too long when it is written', () => {
    const row: ReconciliationRow = {
      ...parseRow(cells(least), false),
      description: 'mensa; "ottobre"\r\n',
      debtorName: 'x'.repeat(80),
    };
    const read = parseRow(formatRow(row), false);
    expect([read.description, read.debtorName]).toEqual(['mensa "ottobre"', 'x'.repeat(70)]);
  });

  it('is read as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        expect(parseRow(formatRow(row), false)).toEqual(row);
      }),
      { numRuns: 500 },
    );
  });

  it('has a place for every field', () => {
    expect(new Set(columns.map(({ field }) => field)).size).toBe(21);
  });
});

describe('an archive', () => {
  it('is read file by file, and refused if it is no zip', async () => {
    const folder = await temporaryFolder('av20');
    const path = join(folder, 'two.zip');
    const write = async (names: readonly string[]) => {
      const zip = new ZipFile();
      for (const name of names) zip.addBuffer(Buffer.from(`in ${name}`), name);
      zip.end();
      await pipeline(zip.outputStream, createWriteStream(path));
    };
    await write(['first.csv', 'second.csv']);
    const entries = await entriesOf(path);
    expect(entries.map(({ name }) => name)).toEqual(['first.csv', 'second.csv']);
    for (const { name, open } of entries) {
      const chunks: Buffer[] = [];
      for await (const chunk of await open()) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).toBe(`in ${name}`);
    }
    // Another file of the same name meanwhile.
    await write(['first.csv']);
    await expect(entries[1]?.open()).rejects.toThrow('The entry is gone.');
    await writeFile(path, 'no zip');
    await expect(entriesOf(path)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('the name of an AV20 file', () => {
  it('is that of its body, day and progressive', () => {
    const name = 'RENDICONTAZIONE_AV20_00300120169_20261015_001.csv';
    expect(parseFileName(name)).toEqual({ creditor: '00300120169', date: '2026-10-15', sequence: 1 });
    expect(toFileName(parseFileName(name))).toBe(name);
    expect([1, 998, 999].map((sequence) => isOpenFile({ sequence }))).toEqual([false, false, true]);
  });

  it.each([
    'rendicontazione_AV20_00300120169_20261015_001.csv',
    'RENDICONTAZIONE_AV21_00300120169_20261015_001.csv',
    'RENDICONTAZIONE_AV20_00300120168_20261015_001.csv',
    'RENDICONTAZIONE_AV20_00300120169_20261315_001.csv',
    'RENDICONTAZIONE_AV20_00300120169_20261015_000.csv',
    'RENDICONTAZIONE_AV20_00300120169_20261015_1.csv',
    'RENDICONTAZIONE_AV20_00300120169_20261015_001.txt',
  ])('%s is refused', (name) => {
    expect(() => parseFileName(name)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });
});

describe('the lines of a file', () => {
  const cut = async (chunks: readonly Buffer[]) => {
    const lines: (string | null)[] = [];
    const bytes = (async function* () {
      yield* chunks;
    })();
    for await (const line of linesOf(bytes)) lines.push(line === null ? null : decode(line));
    return lines;
  };

  it('are the same wherever the bytes are cut', async () => {
    const text = Buffer.from('uno\r\ndue è\n\ntre');
    for (let at = 0; at <= text.length; at++)
      expect(await cut([text.subarray(0, at), text.subarray(at)])).toEqual(['uno', 'due è', '', 'tre']);
  });

  it('that are too long are one that cannot be read, and the next is whole', async () => {
    const long = Buffer.alloc(maxLineBytes + 1, 'x');
    expect(await cut([long, long, Buffer.from('\nkurz\n')])).toEqual([null, 'kurz']);
    expect(await cut([long, Buffer.from('\nkurz')])).toEqual([null, 'kurz']);
    expect(await cut([Buffer.from('kurz\n'), long])).toEqual(['kurz', null]);
  });

  it('have at most 65,536 bytes, wherever they are cut', async () => {
    const longest = Buffer.alloc(65_536, 'x');
    const more = Buffer.from('x\nkurz\n');
    for (const at of [0, 1, 65_536]) {
      const parts = [longest.subarray(0, at), longest.subarray(at)];
      expect(await cut([...parts, Buffer.from('\n')])).toEqual([longest.toString()]);
      expect(await cut(parts)).toEqual([longest.toString()]);
      expect(await cut([...parts, more])).toEqual([null, 'kurz']);
    }
    expect(await cut([Buffer.concat([longest, more])])).toEqual([null, 'kurz']);
  });

  it('that are no UTF-8 are Windows-1252', async () => {
    expect(await cut([Buffer.from([0x63, 0x69, 0x74, 0x74, 0xe0, 0x0a])])).toEqual(['città']);
  });
});

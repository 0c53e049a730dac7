import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { orThrow } from '../../core/unreadable.ts';
import { parseCalendarDate, parseCodiceFiscale, parseYearMonth } from '../../core/values/index.ts';
import { claudia } from '../../demo/town/people.ts';
import { insertRows } from '../../demo/town/rows.ts';
import { keys } from '../../demo/town/subjects.ts';
import { folded, foldedText } from '../../legacy/hypersic/wire/dialect.ts';
import { openLegacy } from '../../legacy/open-legacy.ts';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import { legacyTownCopy } from '../support/databases.ts';
import { alone, nothingHidden } from '../support/people.ts';

const today = parseCalendarDate('2026-10-15');
const basis = { today, settled: [] };
const applicant = parseCodiceFiscale(claudia.codiceFiscale);

/** Up to six rate of up to 10,000 euros, each paid in no part, some part, all, or more than all. */
const rate = fc.array(
  fc.record({
    cents: fc.integer({ min: 0, max: 1_000_000 }),
    paid: fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 0, max: 1.2, noNaN: true })),
  }),
  { minLength: 1, maxLength: 6 },
);
const euros = (cents: number) => (cents / 100).toFixed(2);

let client: pg.Client;
let legacy: Legacy;
let number = 50_000;
beforeAll(async () => {
  const url = await legacyTownCopy();
  client = new pg.Client(url);
  await client.connect();
  legacy = openLegacy({ vendor: 'hypersic', url });
});
afterAll(async () => {
  await legacy.close();
  await client.end();
});

describe('the sums of invoices', () => {
  it('are those of their instalments, whatever the legacy system holds', async () => {
    await fc.assert(
      fc.asyncProperty(rate, async (random) => {
        const key = { year: 2026, number: ++number };
        const rows = random.map(({ cents, paid }, index) => ({
          ANNO_FATT: key.year,
          NUM_FATT: key.number,
          NUM_RATA: index + 1,
          IMPORTO: euros(cents),
          PAGATO: euros(Math.round(cents * paid)),
          DATA_SCAD: '2026-12-01',
        }));
        await insertRows(client, 'SDI_FATT', [
          {
            ANNO_FATT: key.year,
            NUM_FATT: key.number,
            DATA_FATT: '2026-01-01',
            COD_ALUN: keys.luca,
            COD_INTE: keys.claudia,
            ANNO_DOM: 2025,
            NUM_DOM: 101,
            PER_DA: '202601',
            PER_A: '202601',
            // The legacy system's own amount may differ: the rates decide.
            IMPORTO: '1.00',
          },
        ]);
        await insertRows(client, 'SDI_FATT_RATE', rows);
        const [[found = null], [instalments = []]] = await Promise.all([
          legacy.schoolBilling.invoices(alone(applicant), [key], basis),
          legacy.schoolBilling.instalmentsByInvoice(alone(applicant), [key], basis),
        ]);
        const invoice = orThrow(found);
        const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
        expect(invoice?.amount).toBe(sum(instalments.map(({ amount }) => amount)));
        expect(invoice?.paid).toBe(sum(instalments.map(({ paid }) => paid)));
        expect(instalments.map(({ amount }) => amount)).toEqual(random.map(({ cents }) => cents));
        for (const { amount, paid, status } of instalments) {
          expect(status).toBe(paid >= amount ? 'PAID' : paid > 0 ? 'PARTIALLY_PAID' : 'DUE');
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('an application that the office rejected', () => {
  it('opens neither its invoices nor its enrolment', async () => {
    const { schoolBilling } = legacy;
    const everything = { issuedFrom: null, issuedTo: null, status: null, schoolYear: null };
    const shown = async () => {
      const page = { first: 100, after: null };
      const { rows } = await schoolBilling.invoicesOf(alone(applicant), null, everything, page, basis);
      const { rows: found } = await client.query(
        `SELECT "ANNO_FATT", "NUM_FATT" FROM "SDI_FATT" WHERE "ANNO_DOM" = 2020 AND "COD_ALUN" = $1`,
        [keys.luca],
      );
      const billed = found.map((row) => ({ year: row.ANNO_FATT, number: row.NUM_FATT }));
      const byKey = await schoolBilling.invoices(alone(applicant), billed, basis);
      const [record] = await schoolBilling.recordsByChild(alone(applicant), [keys.luca as never]);
      return {
        billed: billed.length,
        byKey: byKey.filter((invoice) => orThrow(invoice) !== null).length,
        listed: rows.filter((invoice) =>
          billed.some((one) => one.number === invoice.key.number && one.year === invoice.key.year),
        ).length,
        enrolled: record?.enrolments.filter(({ schoolYear }) => schoolYear === '2020/2021').length,
      };
    };
    const { billed } = await shown();
    expect(billed).toBeGreaterThan(0);
    expect(await shown()).toEqual({ billed, byKey: billed, listed: billed, enrolled: 1 });
    const change = `UPDATE "SDI_DOMANDE" SET "STATO" = $1 WHERE "ANNO_DOM" = 2020 AND "COD_ALUN" = $2`;
    await client.query(change, ['R', keys.luca]);
    expect(await shown()).toEqual({ billed, byKey: 0, listed: 0, enrolled: 0 });
    await client.query(change, ['A', keys.luca]);
  });
});

describe('an enrolment without a last day', () => {
  it('has days until its school year ends, and not those of the next', async () => {
    await client.query(`UPDATE "SDI_DOMANDE" SET "STATO" = 'A', "DATA_FIN" = NULL WHERE "COD_ALUN" = $1`, [
      keys.luca,
    ]);
    const days = ['2027-08-31', '2027-09-01'];
    await insertRows(
      client,
      'SDI_PRES',
      days.map((DATA_PRES) => ({ COD_ALUN: keys.luca, DATA_PRES, COD_SERV: 'MENSA', STATO: 'P' })),
    );
    const wanted = ['2027-08', '2027-09'].map((month) => ({
      childKey: keys.luca as never,
      month: parseYearMonth(month),
    }));
    const months = await legacy.schoolBilling.attendance(alone(applicant), wanted);
    expect(months.map((month) => month.map(({ date }) => date))).toEqual([['2027-08-31'], []]);
  });
});

describe('the status of an entry', () => {
  it('is that of the practice that the office made of it, whatever the entry says', async () => {
    await client.query(`UPDATE "PROT_GEN" SET "STATO" = 'RT'`);
    const { practices } = legacy;
    const [own = []] = await practices.practicesOf([applicant], nothingHidden);
    const statuses = new Map(own.map((practice) => [practice.entryKey, orThrow(practice).status]));
    expect(new Set(statuses.values())).toEqual(new Set(['ACCEPTED', 'REGISTERED', 'REJECTED']));
    for (const practice of own) expect(practice.protocollo?.status).toBe(practice.status);
    const keys = [...statuses.keys()].filter((key) => key !== null);
    const byKey = await practices.protocolli(applicant, keys, nothingHidden);
    expect(byKey.map((entry) => orThrow(entry)?.status)).toEqual(keys.map((key) => statuses.get(key)));
    const [page] = await practices.protocolliOf(
      [applicant],
      { year: null, number: null, hidden: nothingHidden },
      { first: 100, after: null },
    );
    const listed = page?.rows.filter(({ key }) => statuses.has(key)) ?? [];
    expect(listed).toHaveLength(keys.length);
    for (const { key, status } of listed) expect(status).toBe(statuses.get(key));
  });
});

describe('a search for kinds of payment', () => {
  const names = [
    "Carta d'identità elettronica",
    "DIRITTI CARTA D'IDENTITA'",
    'Carta d’identita\u0300 per stranieri',
    'Attivita` sportive',
    'Mensa  scolastica\u00a0estiva',
    'Straße und Plätze',
    'Łódź e città gemellate',
    'Sconto 50% (a_b!)',
  ];
  const found = async (search: string) => {
    const page = await legacy.payments.paymentKinds(search, { first: 100, after: null });
    return page.rows.map(({ name }) => name).filter((name) => names.includes(name));
  };
  beforeAll(async () => {
    const rows = names.map((DESCR, index) => ({ COD_TIPO: `X${index}`, DESCR, ATTIVO: -1 }));
    await client.query(`DELETE FROM "PAG_TIPI" WHERE "DESCR" = $1`, [names[0]]);
    await insertRows(client, 'PAG_TIPI', rows);
  });

  it.each([
    ["carta d'identità", [0, 1, 2]],
    ['carta d’identità', [0, 1, 2]],
    ['CARTA D`IDENTITA', [0, 1, 2]],
    ['carta d´identita\u0300', [0, 1, 2]],
    ["Carta dʼidentita'", [0, 1, 2]],
    ["carta d'identita' per", [2]],
    ['attività', [3]],
    ["ATTIVITA' SPORTIVE", [3]],
    ['mensa scolastica\u2009estiva', [4]],
    ['mensa   scolastica estiva', [4]],
    ['strasse und platze', [5]],
    ['STRASSE UND PLÄTZE', [5]],
    ['straße', [5]],
    ['Citta gemellate', [6]],
    ['50%', [7]],
    ['A_B!', [7]],
    ['5_%', []],
    ['carta%elettronica', []],
  ])('for %j finds what a reader means', async (search, expected) => {
    expect((await found(search)).toSorted()).toEqual(expected.map((index) => names[index]).toSorted());
  });

  it('spells names and terms alike, whatever their letters', async () => {
    const letters = [
      ...'aAzZ09 \t\n%_!',
      ...'\u00a0\u2009\u200b\ufeff\u00ad',
      ..."'`´‘’‚‛ʹʻʼʽʾʿˈˊˋ′‵＇｀ꞌ՚׳",
      ...Array.from({ length: 0x250 - 0xc0 }, (_, index) => String.fromCodePoint(0xc0 + index)),
      ...Array.from({ length: 0x370 - 0x300 }, (_, index) => String.fromCodePoint(0x300 + index)),
      ...Array.from({ length: 0x1f00 - 0x1e00 }, (_, index) => String.fromCodePoint(0x1e00 + index)),
      ...'άέήίόύώΐΰабвгёйЁЙﬁﬂªº①Ⅷ',
      // Its capital came with Unicode 16, which not every database knows.
    ].filter((letter) => letter !== 'ƛ');
    const texts = [
      ...letters.map((letter) => `x${letter}y`),
      ...fc.sample(fc.string({ unit: fc.constantFrom(...letters), maxLength: 30 }), 500),
    ];
    const { rows } = await client.query<{ spelled: string }>(
      `SELECT ${folded('t')} AS spelled FROM unnest($1::text[]) WITH ORDINALITY AS u(t, n) ORDER BY n`,
      [texts],
    );
    const differing = texts.filter((text, index) => rows[index]?.spelled !== foldedText(text));
    expect(differing).toEqual([]);
  });
});

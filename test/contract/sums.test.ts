import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { orThrow } from '../../core/unreadable.ts';
import { parseCalendarDate, parseCodiceFiscale } from '../../core/values/index.ts';
import { claudia } from '../../demo/town/people.ts';
import { insertRows } from '../../demo/town/rows.ts';
import { keys } from '../../demo/town/subjects.ts';
import { openLegacy } from '../../legacy/open-legacy.ts';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import { legacyTownCopy } from '../support/databases.ts';

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

describe('the sums of invoices', () => {
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

  it('are those of their instalments, whatever the register holds', async () => {
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
            // What the register itself says it costs may differ: the rate decide.
            IMPORTO: '1.00',
          },
        ]);
        await insertRows(client, 'SDI_FATT_RATE', rows);
        const [[found = null], [instalments = []]] = await Promise.all([
          legacy.schoolBilling.invoices(applicant, [key], basis),
          legacy.schoolBilling.instalmentsByInvoice(applicant, [key], basis),
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

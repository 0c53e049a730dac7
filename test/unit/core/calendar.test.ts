import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantToRomeLocal, isCalendarDate, romeDateOf, toInstant } from '../../../core/values/index.ts';

describe('days and clocks by arithmetic', () => {
  it('are days of the calendar when a Date says so, and only then', () => {
    const number = (most: number, digits: number) =>
      fc.nat(most).map((value) => String(value).padStart(digits, '0'));
    const shaped = fc
      .tuple(number(9_999, 4), number(13, 2), number(32, 2))
      .map((parts) => parts.join('-'))
      .filter((text) => !text.startsWith('0000'));
    fc.assert(
      fc.property(shaped, (text) => {
        const day = new Date(`${text}T00:00:00Z`);
        const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
        expect(isCalendarDate(text)).toBe(isDay);
      }),
      { numRuns: 5_000 },
    );
    expect(isCalendarDate('0000-01-01')).toBe(false);
  });

  it("are Rome's at any moment of a hundred years", () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Rome',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const moment = fc.date({
      min: new Date('1950-01-01'),
      max: new Date('2050-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, (date) => {
        expect(instantToRomeLocal(toInstant(date))).toBe(format.format(date));
        expect(romeDateOf(date)).toBe(format.format(date).slice(0, 10));
      }),
      { numRuns: 2_000 },
    );
  });
});

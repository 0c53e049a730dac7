import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addCents,
  addDays,
  euroCentsFromDecimal,
  firstDayOf,
  formatEuro,
  InvalidValue,
  isCalendarDate,
  isIuv,
  isPartitaIva,
  isSchoolYear,
  isYearMonth,
  lastDayOf,
  nextDay,
  parseCalendarDate,
  parseEuroCents,
  parseInstant,
  romeDateOf,
  romeLocalToInstant,
  schoolYearOf,
  type YearMonth,
  yearsBetween,
} from '../../../core/values/index.ts';

const day = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays(parseCalendarDate('1950-01-01'), days));

describe('euro cents', () => {
  it('come back from their decimal form', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
        const text = `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
        expect(euroCentsFromDecimal(text)).toBe(cents === 0 ? 0 : cents);
      }),
    );
  });

  it.each([
    ['101.42', 10142],
    ['0.05', 5],
    ['7', 700],
    ['-7', -700],
    ['3.5', 350],
    ['-3.5', -350],
    [' 12.3 ', 1230],
    ['-0.00', 0],
    ['0', 0],
    ['9999999999999.99', 999_999_999_999_999],
  ])('of %j are %i', (text, cents) => {
    expect(euroCentsFromDecimal(text)).toBe(cents);
  });

  it('are written as the portal does', () => {
    const written = [10142, 0, 5, 123450, -350, 100000000].map((cents) => formatEuro(parseEuroCents(cents)));
    expect(written).toEqual(['101,42', '0,00', '0,05', '1.234,50', '-3,50', '1.000.000,00']);
  });

  it('add up', () => {
    expect(addCents(parseEuroCents(1), parseEuroCents(2), parseEuroCents(3))).toBe(6);
  });

  it.each(['101,42', '1.234', '', '1e3', '--1', 'NaN'])('are not read from %p', (text) => {
    expect(() => euroCentsFromDecimal(text)).toThrow(InvalidValue);
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('are not %p', (value) => {
    expect(() => parseEuroCents(value)).toThrow(InvalidValue);
  });
});

describe('a calendar date', () => {
  it.each(['2021-02-29', '2021-13-01', '2021-1-1', '2021-04-31', ' 2021-01-01', '15/01/2021'])(
    'is not %p',
    (text) => {
      expect(isCalendarDate(text)).toBe(false);
    },
  );

  it('may be a 29 February in every fourth year, but for three of four centuries', () => {
    const years = ['0004', '1600', '1900', '2000', '2023', '2024', '2100', '2400', '9996'];
    expect(years.filter((year) => isCalendarDate(`${year}-02-29`))).toEqual([
      '0004',
      '1600',
      '2000',
      '2024',
      '2400',
      '9996',
    ]);
  });

  it('is followed by another, but for the last', () => {
    expect(
      ['2024-02-28', '2100-02-28', '2026-12-31', '9999-12-31'].map((date) => nextDay(date as never)),
    ).toEqual(['2024-02-29', '2100-03-01', '2027-01-01', null]);
  });

  it('moves by days and back', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5_000, max: 5_000 }), (date, days) => {
        expect(addDays(addDays(date, days), -days)).toBe(date);
      }),
    );
  });

  it.each<[string, number, string]>([
    ['9999-12-30', 1, '9999-12-31'],
    ['9999-12-31', 1, '9999-12-31'],
    ['2026-10-15', 1e12, '9999-12-31'],
    ['0001-01-02', -1, '0001-01-01'],
    ['0001-01-01', -1, '0001-01-01'],
    ['2026-10-15', -1e12, '0001-01-01'],
    ['0999-12-31', 1, '1000-01-01'],
  ])('stays in the calendar: %s and %d days is %s', (date, days, moved) => {
    expect(addDays(parseCalendarDate(date), days)).toBe(moved);
  });

  it.each([
    ['0001-01', '0001-01-01', '0001-01-31'],
    ['0999-12', '0999-12-01', '0999-12-31'],
    ['1000-02', '1000-02-01', '1000-02-28'],
    ['1900-02', '1900-02-01', '1900-02-28'],
    ['2000-02', '2000-02-01', '2000-02-29'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-11', '2026-11-01', '2026-11-30'],
    ['9999-12', '9999-12-01', '9999-12-31'],
  ])('is the first or last of %s: %s, %s', (month, first, last) => {
    expect([firstDayOf(month as YearMonth), lastDayOf(month as YearMonth)]).toEqual([first, last]);
  });

  it('counts years by birthdays', () => {
    const on = parseCalendarDate('2026-10-15');
    expect(yearsBetween(parseCalendarDate('2008-10-15'), on)).toBe(18);
    expect(yearsBetween(parseCalendarDate('2008-10-16'), on)).toBe(17);
  });
});

describe('a school year', () => {
  it('runs from September to August', () => {
    expect(schoolYearOf(parseCalendarDate('2026-08-31'))).toBe('2025/2026');
    expect(schoolYearOf(parseCalendarDate('2026-09-01'))).toBe('2026/2027');
    expect(schoolYearOf(parseCalendarDate('0999-08-31'))).toBe('0998/0999');
    expect(schoolYearOf(parseCalendarDate('0999-09-01'))).toBe('0999/1000');
  });

  it.each(['2026/2028', '2026-2027', '26/27', '2026/2026', '0000/0001', '9999/10000'])(
    'is not %p',
    (text) => {
      expect(isSchoolYear(text)).toBe(false);
    },
  );
});

describe('a moment in Rome', () => {
  it.each([
    ['2026-10-15T09:00:00', '2026-10-15T07:00:00.000Z'],
    ['2026-01-15T09:00:00', '2026-01-15T08:00:00.000Z'],
    // The hour that comes twice: the first.
    ['2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
    // The hour that the clock skips: with the offset before.
    ['2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
  ])('%s is %s', (local, instant) => {
    expect(romeLocalToInstant(local)).toBe(instant);
  });

  it('has the date of the wall calendar there', () => {
    expect(romeDateOf(new Date('2026-10-14T22:30:00Z'))).toBe('2026-10-15');
    expect(romeDateOf(new Date('2026-01-14T22:30:00Z'))).toBe('2026-01-14');
  });

  it.each([
    ['0001-01-01T12:00:00', '0001-01-01T11:10:04.000Z'],
    ['0999-06-30T00:00:00', '0999-06-29T23:10:04.000Z'],
    ['1866-12-12T00:00:00', '1866-12-11T23:10:04.000Z'],
    ['1893-11-01T00:00:00', '1893-10-31T23:00:00.000Z'],
    ['1900-01-01T00:00:00', '1899-12-31T23:00:00.000Z'],
    ['9999-12-31T23:59:59', '9999-12-31T22:59:59.000Z'],
  ])('is known in every year: %s is %s', (local, instant) => {
    expect(romeLocalToInstant(local)).toBe(instant);
  });

  it.each(['0000-06-01T00:00:00Z', '0001-01-01T00:00:00+01:00', '9999-12-31T23:30:00Z'])(
    'is not %s: no list has that year',
    (text) => {
      expect(() => parseInstant(text)).toThrow(InvalidValue);
    },
  );

  it('needs an offset when it is read', () => {
    expect(parseInstant('2026-10-15T09:00:00+02:00')).toBe('2026-10-15T07:00:00.000Z');
    expect(() => parseInstant('2026-10-15T09:00:00')).toThrow(InvalidValue);
  });
});

describe('the other values', () => {
  it('know an IUV by its 15 or 17 digits', () => {
    const lengths = [0, 14, 15, 16, 17, 18].filter((length) => isIuv('1'.repeat(length)));
    expect(lengths).toEqual([15, 17]);
    expect([`${'1'.repeat(14)}A`, `${'1'.repeat(15)}\n`, '１'.repeat(15)].map(isIuv)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('know a partita IVA by its check digit', () => {
    expect(isPartitaIva('03123450169')).toBe(true);
    expect(isPartitaIva('03123450168')).toBe(false);
  });

  it('know the twelve months', () => {
    expect(['2020-00', '2020-01', '2020-12', '2020-13'].map(isYearMonth)).toEqual([false, true, true, false]);
  });
});

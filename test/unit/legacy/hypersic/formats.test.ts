import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../../../core/errors.ts';
import {
  codiceFiscale,
  euroCents,
  flag,
  localInstant,
  optionalDate,
  requiredDate,
  schoolYear,
  soapInstant,
  text,
  trimmed,
  usualCulture,
  yearMonth,
} from '../../../../legacy/hypersic/formats.ts';

const column = 'SDI_FATT.X';

describe("hyperSIC's notation", () => {
  it('writes a missing text as blanks, and pads codes', () => {
    expect([text('MENSA '), text('      '), text(''), text(null)]).toEqual(['MENSA', null, null, null]);
    expect([trimmed(' Anna '), trimmed('   '), trimmed(null)]).toEqual(['Anna', '', '']);
  });

  it('writes flags as -1 and 0', () => {
    expect([flag(-1, column), flag(0, column)]).toEqual([true, false]);
  });

  it('writes amounts with a point, dates as text and local times of Rome', () => {
    expect(euroCents('101.42', column)).toBe(10142);
    expect(optionalDate('dueOn', '2021-01-15', column)).toBe('2021-01-15');
    expect(optionalDate('dueOn', null, column)).toBeNull();
    expect(localInstant('2024-07-05 10:15:00', column)).toBe('2024-07-05T08:15:00.000Z');
    expect(localInstant('0001-01-01 00:49:56', column)).toBe('0001-01-01T00:00:00.000Z');
    expect(localInstant('9999-12-31 23:59:59', column)).toBe('9999-12-31T22:59:59.000Z');
    expect(localInstant('2024-01-05 10:15:00.123', column)).toBe('2024-01-05T09:15:00.000Z');
  });

  it('writes months as AAAAMM and school years with a slash', () => {
    expect(yearMonth('202009', column)).toBe('2020-09');
    expect(schoolYear('2020/2021', column)).toBe('2020/2021');
  });

  it('passes a code that fails its check letter: the legacy system knows no better', () => {
    expect(codiceFiscale('RSSCLD84C52A794R')).toBe('RSSCLD84C52A794R');
  });

  it.each([
    ['a flag', () => flag(1, column)],
    ['an amount', () => euroCents('101,42', column)],
    ['a date', () => requiredDate('15/01/2021', column)],
    ['a date of a column that is null', () => requiredDate(null, column)],
    ['a date before the first year', () => requiredDate('0044-03-15 BC', column)],
    ['a date without end', () => requiredDate('infinity', column)],
    ['a local time', () => localInstant('secret', column)],
    ['a month', () => yearMonth('202013', column)],
    ['a school year', () => schoolYear('2020/2022', column)],
    ['a local time before the first year', () => localInstant('0044-03-15 10:00:00 BC', column)],
    ['the smallest moment of .NET', () => localInstant('0001-01-01 00:00:00', column)],
    ['a time that no clock shows', () => localInstant('2026-10-15 10:61:00', column)],
    [
      'a moment of the service that no clock shows',
      () => soapInstant('15/10/2026 9.99.00', usualCulture, column),
    ],
    ['a local time without end', () => localInstant('infinity', column)],
    ['a local time of a column that is null', () => localInstant(null, column)],
    ['an amount that is no number', () => euroCents('NaN', column)],
  ])('names the column of %s that it cannot read, and not the value', (_, read) => {
    try {
      read();
      throw new Error('it was read');
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ code: 'LEGACY_CONTRACT_BROKEN', facts: { column } });
      expect(String(error)).not.toMatch(/secret|101,42|202013/);
    }
  });
});

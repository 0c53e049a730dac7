import { expect, it } from '@jest/globals';
import { amount, euro, longDay, monthName, shortDay } from '../../../portal/src/ui/formats.ts';

const utc = { timeZone: 'UTC' } as const;
const long = new Intl.DateTimeFormat('it-IT', { dateStyle: 'long', ...utc });
const short = new Intl.DateTimeFormat('it-IT', { day: '2-digit', month: '2-digit', year: 'numeric', ...utc });
const month = new Intl.DateTimeFormat('it-IT', { month: 'long', year: 'numeric', ...utc });
const currency = new Intl.NumberFormat('it-IT', { style: 'currency', currency: 'EUR' });

it('the portal writes amounts as Italian does', () => {
  expect([0, 5, 10142, 101420, 123456, 1000000, 1234567890, -5, -123456].map(amount)).toEqual([
    '0,00',
    '0,05',
    '101,42',
    '1014,20',
    '1234,56',
    '10.000,00',
    '12.345.678,90',
    '-0,05',
    '-1234,56',
  ]);
  for (let cents = -3; cents < 10 ** 11; cents = cents * 3 + 7)
    expect(euro(cents)).toBe(currency.format(cents / 100));
});

it('the portal writes days and months as Italian does', () => {
  expect([
    longDay('2020-12-18'),
    longDay('2026-01-01'),
    shortDay('2020-02-09'),
    monthName('2020-09'),
  ]).toEqual(['18 dicembre 2020', '1 gennaio 2026', '09/02/2020', 'settembre 2020']);
  for (let day = Date.UTC(2023, 11, 28); day < Date.UTC(2025, 0, 4); day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10);
    expect([longDay(date), shortDay(date), monthName(date.slice(0, 7))]).toEqual([
      long.format(day),
      short.format(day),
      month.format(day),
    ]);
  }
});

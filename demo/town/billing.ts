import {
  addDays,
  type CalendarDate,
  createNumeroAvviso,
  type EuroCents,
  formatEuro,
  iuvOf,
} from '../../core/values/index.ts';
import { creditorCode } from './people.ts';
import { type Attendance, dayIn, type Pupil, pupils, schoolYearsOf } from './pupils.ts';
import type { Row } from './rows.ts';
import { applicationNumber, bankOf } from './schools.ts';

/** One invoice of the town with its instalments. */
export interface Bill {
  readonly pupil: Pupil;
  readonly schoolYear: number;
  readonly year: number;
  readonly number: number;
  readonly issuedOn: CalendarDate;
  /** AAAAMM. */
  readonly from: string;
  readonly to: string;
  readonly lines: readonly { readonly text: string; readonly quantity: number; readonly price: number }[];
  readonly total: number;
  readonly rate: readonly Rata[];
}
export interface Rata {
  readonly number: number;
  readonly amount: number;
  readonly dueOn: CalendarDate;
  readonly paid: number;
  readonly debit: '' | 'P' | 'C' | 'I';
  /** 0 if the town has no position for it: direct debits, and the guide's own invoice. */
  readonly positionKey: number;
}

// Issued when the period is over; due dates overlap so that something is to pay on every day of the year.
const periods = [
  { issued: [0, '12-18'], from: [0, '09'], to: [0, '10'], meals: 22, dueAfter: [28] },
  { issued: [1, '02-12'], from: [0, '11'], to: [0, '12'], meals: 31, dueAfter: [30, 75] },
  { issued: [1, '04-10'], from: [1, '01'], to: [1, '02'], meals: 34, dueAfter: [30, 90] },
  { issued: [1, '07-03'], from: [1, '03'], to: [1, '06'], meals: 62, dueAfter: [30, 150, 240] },
] as const;
const mealPrices: Readonly<Record<string, number>> = { INF1: 435, PRI1: 461, SEC1: 482 };

/** All invoices issued up to today, oldest first; their payments are as of today. */
export function billsAt(today: CalendarDate): readonly Bill[] {
  return pupils.flatMap((pupil) => {
    const bills = schoolYearsOf(pupil, today).flatMap((attendance) =>
      periods.map((period, index) => toBill(attendance, period, index)),
    );
    return settle(
      bills.filter((bill) => bill.issuedOn <= today),
      today,
    );
  });
}

function toBill(attendance: Attendance, period: (typeof periods)[number], index: number): Bill {
  const { pupil, year: schoolYear, schoolCode } = attendance;
  const year = schoolYear + period.issued[0];
  // The guide's own: Luca's first invoice is number 684 of 2020.
  const isTheGuides = pupil.index === 1 && schoolYear === 2020 && index === 0;
  const number = isTheGuides ? 684 : 700 + index * 10 + pupil.index;
  const issuedOn = dayIn(year, period.issued[1]);
  const lines = [
    { text: 'Pasti mensa scolastica', quantity: period.meals, price: mealPrices[schoolCode] ?? 461 },
    ...(index === 1 ? [{ text: 'Quota annuale di iscrizione', quantity: 1, price: 1_500 }] : []),
  ];
  const total = lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  const rate = period.dueAfter.map((days, position, all) => ({
    number: position + 1,
    amount: shareOf(total, position, all.length),
    dueOn: addDays(issuedOn, days),
    paid: 0,
    debit: '' as const,
    positionKey:
      pupil.pays === 'D' || isTheGuides ? 0 : (year - 2000) * 1_000_000 + number * 10 + position + 1,
  }));
  const [from, to] = [period.from, period.to].map(([later, month]) => `${schoolYear + later}${month}`);
  return { pupil, schoolYear, year, number, issuedOn, from: from ?? '', to: to ?? '', lines, total, rate };
}

/**
 * The payments of a pupil's instalments: all but the last two that are past due. Of these the earlier is partly
 * paid and the latest unpaid; of direct debits the latest was returned.
 */
function settle(bills: readonly Bill[], today: CalendarDate): readonly Bill[] {
  const past = bills
    .flatMap((bill) => bill.rate)
    .filter((rata) => rata.dueOn < today)
    .sort((a, b) => (a.dueOn < b.dueOn ? 1 : -1));
  const judge = (rata: Rata, pays: 'P' | 'D'): Rata => {
    const age = past.indexOf(rata);
    if (pays === 'D') {
      if (age === -1) return { ...rata, debit: 'P' };
      return age === 0 ? { ...rata, debit: 'I' } : { ...rata, debit: 'C', paid: rata.amount };
    }
    if (age === -1 || rata.positionKey === 0) return age === -1 ? rata : { ...rata, paid: rata.amount };
    if (age === 0) return rata;
    return { ...rata, paid: age === 1 ? 2_000 : rata.amount };
  };
  return bills.map((bill) => ({ ...bill, rate: bill.rate.map((rata) => judge(rata, bill.pupil.pays)) }));
}

function shareOf(total: number, position: number, count: number): number {
  const share = Math.floor(total / count);
  return position === count - 1 ? total - share * (count - 1) : share;
}

export const euros = (cents: number) => (cents / 100).toFixed(2);
export const italianEuros = (cents: number) => formatEuro(cents as EuroCents);
const key = ({ year, number }: Bill) => ({ ANNO_FATT: year, NUM_FATT: number });

export function invoiceRow(bill: Bill): Row {
  return {
    ...key(bill),
    DATA_FATT: bill.issuedOn,
    COD_ALUN: bill.pupil.key,
    COD_INTE: bill.pupil.applicantKey,
    ANNO_DOM: bill.schoolYear,
    NUM_DOM: applicationNumber(bill),
    PER_DA: bill.from,
    PER_A: bill.to,
    IMPORTO: euros(bill.total),
    BANCA_APP: bankOf(bill),
  };
}

export function lineRows(bill: Bill): readonly Row[] {
  return bill.lines.map(({ text, quantity, price }, index) => ({
    ...key(bill),
    NUM_RIGA: index + 1,
    DESCR: text,
    QTA: quantity,
    PREZZO: euros(price),
    IMPORTO: euros(quantity * price),
  }));
}

export function rataRows(bill: Bill): readonly Row[] {
  return bill.rate.map((rata) => ({
    ...key(bill),
    NUM_RATA: rata.number,
    IMPORTO: euros(rata.amount),
    PAGATO: euros(rata.paid),
    DATA_SCAD: rata.dueOn,
    MESSA_RUOLO: bill.number === 684 ? -1 : 0,
    COD_IUV: rata.positionKey === 0 ? '' : iuvOf(noticeOf(rata.positionKey)),
    MOD_PAG: bill.pupil.pays,
    STATO_SDD: rata.debit,
  }));
}

export function positionRows(bill: Bill): readonly Row[] {
  return bill.rate
    .filter(({ positionKey }) => positionKey !== 0)
    .map((rata) =>
      positionRow({
        key: rata.positionKey,
        debtor: bill.pupil.applicant.codiceFiscale,
        text: `Mensa scolastica fattura ${bill.year}/${bill.number} rata ${rata.number}`,
        // The part paid at the counter is no longer requested.
        amount: rata.paid === rata.amount ? rata.amount : rata.amount - rata.paid,
        dueOn: rata.dueOn,
        isPaid: rata.paid === rata.amount,
        child: bill.pupil.key,
        rata: [bill.year, bill.number, rata.number],
      }),
    );
}

export function receiptRows(bill: Bill): readonly Row[] {
  return bill.rate
    .filter(({ positionKey, paid, amount }) => positionKey !== 0 && paid === amount)
    .map((rata) =>
      receiptRow(rata.positionKey, rata.amount, `${addDays(rata.dueOn, -3)} 18:42:07`, {
        code: bill.pupil.applicant.codiceFiscale,
        name: `${bill.pupil.applicant.firstName} ${bill.pupil.applicant.lastName}`,
      }),
    );
}

export function noticeOf(positionKey: number) {
  return createNumeroAvviso({ segregationCode: 1, base: positionKey });
}

export function positionRow(position: {
  readonly key: number;
  readonly debtor: string;
  readonly text: string;
  readonly amount: number;
  readonly dueOn: CalendarDate;
  readonly isPaid: boolean;
  readonly child: string;
  readonly rata: readonly [number, number, number];
}): Row {
  const notice = noticeOf(position.key);
  const [year, number, rata] = position.rata;
  return {
    ID_POS: position.key,
    CF_ENTE: creditorCode,
    COD_IUV: iuvOf(notice),
    COD_AVVISO: notice,
    COD_DEB: position.debtor,
    CAUSALE: position.text,
    IMPORTO: euros(position.amount),
    DATA_SCAD: position.dueOn,
    STATO: position.isPaid ? 'PA' : 'AP',
    COD_ALUN: position.child,
    ANNO_FATT: year,
    NUM_FATT: number,
    NUM_RATA: rata,
  };
}

export function receiptRow(
  positionKey: number,
  amount: number,
  paidAt: string,
  payer: { readonly code: string; readonly name: string },
): Row {
  return {
    ID_RICEV: `R${String(positionKey).padStart(12, '0')}`,
    ID_POS: positionKey,
    DATA_PAG: paidAt,
    IMPORTO: euros(amount),
    PSP: 'Banca Intermediaria Demo S.p.A.',
    COD_PAG: payer.code,
    NOM_PAG: payer.name,
  };
}

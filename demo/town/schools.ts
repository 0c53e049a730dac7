import { addDays, type CalendarDate } from '../../core/values/index.ts';
import { type Attendance, dayIn, pupils, schoolYearsOf } from './pupils.ts';
import type { Row } from './rows.ts';

export const serviceRows: readonly Row[] = [
  { COD_SERV: 'MENSA', DESCR: 'Mensa scolastica', COD_TIPO_PAG: 'MENSA' },
  { COD_SERV: 'TRASP', DESCR: 'Trasporto scolastico', COD_TIPO_PAG: '' },
];

export const schoolRows: readonly Row[] = [
  { COD_SCU: 'INF1', DESCR: "Scuola dell'infanzia di Calvenzano", COD_GRADO: 'I' },
  { COD_SCU: 'PRI1', DESCR: 'Scuola primaria di Calvenzano', COD_GRADO: 'P' },
  { COD_SCU: 'SEC1', DESCR: 'Scuola secondaria di primo grado di Calvenzano', COD_GRADO: 'S' },
];

/** The number of a pupil's application in its year; also the last digits of its practice. */
export const applicationNumber = ({ pupil }: Pick<Attendance, 'pupil'>) => 100 + pupil.index;
export const practiceKeyOf = ({ pupil, year }: Pick<Attendance, 'pupil' | 'year'>) =>
  year * 1_000 + 100 + pupil.index;

export function applicationRows(today: CalendarDate): readonly Row[] {
  const enrolments = pupils.flatMap((pupil) => schoolYearsOf(pupil, today)).map((one) => toRow(one, today));
  return [...enrolments, rejected(today)].filter((row) => row !== null);
}

function toRow(attendance: Attendance, today: CalendarDate): Row {
  const { pupil, year, schoolCode, classroom } = attendance;
  const endsOn = dayIn(year + 1, '06-30');
  return {
    ANNO_DOM: year,
    NUM_DOM: applicationNumber(attendance),
    COD_ALUN: pupil.key,
    COD_RICH: pupil.applicantKey,
    ANNO_SCOL: `${year}/${year + 1}`,
    COD_SERV: 'MENSA',
    COD_SCU: schoolCode,
    CLASSE: classroom,
    STATO: endsOn < today ? 'C' : 'A',
    DATA_INI: `${year}-09-12`,
    DATA_FIN: endsOn,
    MOD_PAG: pupil.pays,
    DIETA: pupil.diet,
    BANCA_APP: bankOf(attendance),
    COD_PRAT: practiceKeyOf(attendance),
  };
}

export function bankOf({ pupil }: Pick<Attendance, 'pupil'>): string {
  return pupil.pays === 'D' ? 'BCC Bergamasca e Orobica' : '';
}

/** Claudia once applied for the school bus, which was full: a rejected application opens nothing. */
function rejected(today: CalendarDate): Row | null {
  const luca = pupils[0];
  if (luca === undefined || today < '2023-09-01') return null;
  const attendance = { pupil: luca, year: 2023, schoolCode: 'PRI1', classroom: '4A' };
  return {
    ...toRow(attendance, today),
    NUM_DOM: 151,
    COD_SERV: 'TRASP',
    STATO: 'R',
    DATA_INI: null,
    DATA_FIN: null,
    COD_PRAT: 2_023_151,
  };
}

/** School days with lunch, from 12 September to 30 June; a closed day is a weekday without school. */
export function attendanceRows(today: CalendarDate): readonly Row[] {
  return pupils
    .flatMap((pupil) => schoolYearsOf(pupil, today))
    .flatMap(({ pupil, year }) =>
      weekdays(dayIn(year, '09-12'), dayIn(year + 1, '06-30'), today).map((day, index) => ({
        COD_ALUN: pupil.key,
        DATA_PRES: day,
        COD_SERV: 'MENSA',
        STATO: isHoliday(day) ? 'C' : (index * 7 + pupil.index * 3 + year) % 17 === 0 ? 'A' : 'P',
      })),
    );
}

function weekdays(from: CalendarDate, to: CalendarDate, today: CalendarDate): readonly CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let day = from; day <= to && day < today; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days.push(day);
  }
  return days;
}

function isHoliday(day: CalendarDate): boolean {
  const monthAndDay = day.slice(5);
  return monthAndDay >= '12-23' || monthAndDay <= '01-06' || holidays.has(monthAndDay);
}

const holidays = new Set(['11-01', '12-08', '04-25', '05-01', '06-02']);

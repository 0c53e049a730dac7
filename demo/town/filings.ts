import { addDays, type CalendarDate, schoolYearOf } from '../../core/values/index.ts';
import { dayIn, pupils, schoolYearsOf } from './pupils.ts';
import type { Row } from './rows.ts';
import { practiceKeyOf } from './schools.ts';
import { keys } from './subjects.ts';

/** A practice that was filed elsewhere, with its entry in the protocol register. */
export interface Filing {
  readonly key: number;
  readonly applicant: string;
  readonly child: string;
  readonly procedure: string;
  readonly title: string;
  /** W previous portal, S counter. */
  readonly channel: 'W' | 'S';
  readonly filedOn: CalendarDate;
  readonly status: 'RE' | 'IN' | 'AC' | 'RI';
  readonly outcome: string;
  /** The title of the issued document; '' for none. */
  readonly issued: string;
}

/** All practices filed up to today, enrolments first. */
export function filingsAt(today: CalendarDate): readonly Filing[] {
  const enrolments = pupils.flatMap((pupil) =>
    schoolYearsOf(pupil, today).map(
      (attendance): Filing => ({
        key: practiceKeyOf(attendance),
        applicant: pupil.applicantKey,
        child: pupil.key,
        procedure: 'ISCR',
        title: `Iscrizione Servizi Scolastici A.S. ${attendance.year}/${attendance.year + 1}`,
        channel: 'W',
        filedOn: dayIn(attendance.year, '06-08'),
        status: 'AC',
        outcome: 'Domanda accolta.',
        issued: '',
      }),
    ),
  );
  const current = Number(schoolYearOf(today).slice(0, 4));
  return [...enrolments, ...once(), underReview(current)].filter(({ filedOn }) => filedOn <= today);
}

function once(): readonly Filing[] {
  return [
    {
      key: 2_023_151,
      applicant: keys.claudia,
      child: keys.luca,
      procedure: 'ISCR',
      title: 'Iscrizione trasporto scolastico A.S. 2023/2024',
      channel: 'W',
      filedOn: dayIn(2023, '06-20'),
      status: 'RI',
      outcome: 'Domanda respinta: i posti sullo scuolabus sono esauriti.',
      issued: '',
    },
    {
      key: 2_025_161,
      applicant: keys.claudia,
      child: keys.luca,
      procedure: 'CERT',
      title: 'Richiesta di certificazione spese per mensa scolastica 2024',
      channel: 'S',
      filedOn: dayIn(2025, '03-04'),
      status: 'AC',
      outcome: 'Certificazione rilasciata.',
      issued: 'Certificazione spese mensa scolastica 2024',
    },
    {
      key: 2_024_171,
      applicant: keys.trattoria,
      child: '',
      procedure: '',
      title: 'Richiesta di occupazione di suolo pubblico',
      channel: 'W',
      filedOn: dayIn(2024, '04-15'),
      status: 'AC',
      outcome: 'Concessione rilasciata.',
      issued: '',
    },
  ];
}

/** One of this school year, so that there is always one: filed on its first day. */
function underReview(year: number): Filing {
  return {
    key: year * 1_000 + 181,
    applicant: keys.claudia,
    child: keys.sofia,
    procedure: 'DIETA',
    title: `Richiesta dieta speciale A.S. ${year}/${year + 1}`,
    channel: 'W',
    filedOn: dayIn(year, '09-01'),
    status: 'RE',
    outcome: '',
    issued: '',
  };
}

export function practiceRow(filing: Filing): Row {
  return {
    COD_PRAT: filing.key,
    COD_RICH: filing.applicant,
    COD_ALUN: filing.child,
    COD_PROC: filing.procedure,
    OGGETTO: filing.title,
    CANALE: filing.channel,
    STATO: filing.status,
    DATA_INS: `${filing.filedOn} 08:30:12`,
    DATA_AGG: `${filing.status === 'RE' ? filing.filedOn : addDays(filing.filedOn, 12)} 11:05:40`,
    COD_PROT: filing.key,
  };
}

export function eventRows(filing: Filing): readonly Row[] {
  const event = (number: number, at: string, status: string, note: string) => ({
    COD_PRAT: filing.key,
    PROGR: number,
    DATA_ORA: at,
    STATO: status,
    NOTE: note,
  });
  const registered = event(1, `${filing.filedOn} 08:31:02`, 'RE', 'Protocollata');
  if (filing.status === 'RE') return [registered];
  return [registered, event(2, `${addDays(filing.filedOn, 12)} 11:05:40`, filing.status, filing.outcome)];
}

export function protocolloRow(filing: Filing): Row {
  return {
    COD_PROT: filing.key,
    ANNO: Number(filing.filedOn.slice(0, 4)),
    NUMERO: 2_000 + (filing.key % 1_000),
    DATA_REG: `${filing.filedOn} 08:31:02`,
    TIPOLOGIA: 'A',
    OGGETTO: filing.title,
    COD_MITT: filing.applicant,
    STATO: filing.status,
    ESITO: filing.outcome,
  };
}

export function outcomeRow(filing: Filing): Row {
  return {
    COD_PRAT: filing.key,
    PROGR: 1,
    TIPO: 'E',
    DESCR: filing.issued,
    DATA_EMI: `${addDays(filing.filedOn, 12)} 11:05:40`,
    ID_FILE: filing.key,
  };
}

import { keepIncomplete } from '../../core/unreadable.ts';
import { codiceFiscaleAsHeld } from '../../core/values/index.ts';
import type { ChildKey } from '../ports/anagrafe.port.ts';
import type {
  AttendanceRecord,
  EnrolmentRecord,
  EnrolmentStatus,
  PaymentMethod,
  SchoolLevel,
  SchoolRecord,
} from '../ports/school-billing.port.ts';
import { optionalDate, requiredDate, schoolYear, text, trimmed } from './formats.ts';
import { toKeyOrNull } from './keys.ts';
import type { ApplicationRow, AttendanceRow } from './school.statements.ts';
import { contractBroken } from './wire/errors.ts';
import { readRows } from './wire/read-rows.ts';

/** All applications for one child, as the viewer may see them. */
export function toSchoolRecord(rows: readonly ApplicationRow[]): SchoolRecord {
  const filed = readRows(rows, (row) => ({
    year: schoolYear(row.ANNO_SCOL, 'SDI_DOMANDE.ANNO_SCOL'),
    isApplicant: row.PROPRIA === 1,
    isShared: row.CONDIVISA === 1,
  }));
  const applications = [...Map.groupBy(filed, ({ year }) => year)].map(([schoolYear, ofYear]) => ({
    schoolYear,
    isApplicant: ofYear.some(({ isApplicant }) => isApplicant),
    isShared: ofYear.some(({ isShared }) => isShared),
  }));
  return {
    applications: keepIncomplete(filed, applications),
    enrolments: readRows(
      rows.filter((row) => row.PROPRIA === 1 || row.CONDIVISA === 1),
      toEnrolment,
    ),
  };
}

export function toEnrolment(row: ApplicationRow): EnrolmentRecord {
  const [service, school] = [trimmed(row.COD_SERV), trimmed(row.COD_SCU)];
  return {
    key: { year: row.ANNO_DOM, number: row.NUM_DOM },
    childKey: trimmed(row.COD_ALUN) as ChildKey,
    schoolYear: schoolYear(row.ANNO_SCOL, 'SDI_DOMANDE.ANNO_SCOL'),
    service: { code: service, name: text(row.SERVIZIO) ?? service },
    school: {
      code: school,
      name: text(row.SCUOLA) ?? school,
      level: levels[trimmed(row.COD_GRADO)] ?? 'UNKNOWN',
    },
    classroom: text(row.CLASSE),
    status: statuses[trimmed(row.STATO)] ?? 'UNKNOWN',
    startsOn: optionalDate('startsOn', row.DATA_INI, 'SDI_DOMANDE.DATA_INI'),
    endsOn: optionalDate('endsOn', row.DATA_FIN, 'SDI_DOMANDE.DATA_FIN'),
    paymentMethod: methods[trimmed(row.MOD_PAG)] ?? 'UNKNOWN',
    diet: text(row.DIETA),
    practiceKey: toKeyOrNull(row.COD_PRAT || null),
    // [INFER] 0 means none.
    entryKey: toKeyOrNull(row.COD_PROT || null),
    sharedBy: row.CONDIVISA === 1 ? codiceFiscaleAsHeld(trimmed(row.CF_RICH)) : null,
  };
}

/**
 * The days of one child's month. One attended service makes a day PRESENT; CLOSED is used only if no service has
 * another status.
 */
export function toAttendance(rows: readonly AttendanceRow[]): readonly AttendanceRecord[] {
  const read = readRows(rows, (row) => ({
    date: requiredDate(row.DATA_PRES, 'SDI_PRES.DATA_PRES'),
    status: dayStatuses[trimmed(row.STATO)] ?? contractBroken('SDI_PRES.STATO', 'P, A or C'),
  }));
  const days = new Map<string, AttendanceRecord>();
  for (const day of read) {
    const known = days.get(day.date);
    if (known === undefined || weight[day.status] > weight[known.status]) days.set(day.date, day);
  }
  return keepIncomplete(read, [...days.values()]);
}

const weight = { PRESENT: 2, ABSENT: 1, CLOSED: 0 } as const;

// The codes are our design: facts/hypersic.md has none. README.md lists them for the administrator who provides
// the views.
const levels: Readonly<Record<string, SchoolLevel>> = { I: 'INFANZIA', P: 'PRIMARIA', S: 'SECONDARIA' };
const statuses: Readonly<Record<string, EnrolmentStatus>> = {
  P: 'PENDING',
  A: 'ACTIVE',
  S: 'SUSPENDED',
  C: 'ENDED',
};
const methods: Readonly<Record<string, PaymentMethod>> = { P: 'PAGOPA', D: 'SDD' };
const dayStatuses: Readonly<Record<string, AttendanceRecord['status']>> = {
  P: 'PRESENT',
  A: 'ABSENT',
  C: 'CLOSED',
};

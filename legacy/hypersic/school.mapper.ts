import type { SchoolYear } from '../../core/values/index.ts';
import type { ChildKey } from '../ports/anagrafe.port.ts';
import type {
  AttendanceRecord,
  EnrolmentRecord,
  EnrolmentStatus,
  PaymentMethod,
  SchoolLevel,
  SchoolRecord,
} from '../ports/school-billing.port.ts';
import { contractBroken } from './errors.ts';
import { calendarDate, requiredDate, schoolYear, text } from './formats.ts';
import type { ApplicationRow, AttendanceRow } from './school.statements.ts';

/** All applications for one child, as one applicant may see them. */
export function toSchoolRecord(rows: readonly ApplicationRow[]): SchoolRecord {
  const years = new Map<SchoolYear, boolean>();
  for (const row of rows) {
    const year = schoolYear(row.ANNO_SCOL, 'SDI_DOMANDE.ANNO_SCOL');
    years.set(year, years.get(year) === true || row.PROPRIA === 1);
  }
  return {
    applications: [...years].map(([year, isApplicant]) => ({ schoolYear: year, isApplicant })),
    enrolments: rows.filter((row) => row.PROPRIA === 1).map(toEnrolment),
  };
}

export function toEnrolment(row: ApplicationRow): EnrolmentRecord {
  const [service, school] = [row.COD_SERV.trim(), row.COD_SCU.trim()];
  return {
    key: { year: row.ANNO_DOM, number: row.NUM_DOM },
    childKey: row.COD_ALUN.trim() as ChildKey,
    schoolYear: schoolYear(row.ANNO_SCOL, 'SDI_DOMANDE.ANNO_SCOL'),
    service: { code: service, name: text(row.SERVIZIO) ?? service },
    school: {
      code: school,
      name: text(row.SCUOLA) ?? school,
      level: levels[row.COD_GRADO ?? ''] ?? 'UNKNOWN',
    },
    classroom: text(row.CLASSE),
    status: statuses[row.STATO] ?? 'UNKNOWN',
    startsOn: calendarDate(row.DATA_INI, 'SDI_DOMANDE.DATA_INI'),
    endsOn: calendarDate(row.DATA_FIN, 'SDI_DOMANDE.DATA_FIN'),
    paymentMethod: methods[row.MOD_PAG] ?? 'UNKNOWN',
    diet: text(row.DIETA),
    practiceKey: row.COD_PRAT === 0 ? null : row.COD_PRAT,
    // [INFER] 0 stands for none.
    entryKey: row.COD_PROT || null,
  };
}

/** The days of one child's month. Of a day's services one present makes it present; CLOSED gives way to both. */
export function toAttendance(rows: readonly AttendanceRow[]): readonly AttendanceRecord[] {
  const days = new Map<string, AttendanceRecord>();
  for (const row of rows) {
    const date = requiredDate(row.DATA_PRES, 'SDI_PRES.DATA_PRES');
    const status = dayStatuses[row.STATO] ?? contractBroken('SDI_PRES.STATO', 'P, A or C');
    const known = days.get(date);
    if (known === undefined || weight[status] > weight[known.status]) days.set(date, { date, status });
  }
  return [...days.values()];
}

const weight = { PRESENT: 2, ABSENT: 1, CLOSED: 0 } as const;

// Codes of ours: facts/hypersic.md knows none. README.md says so to who provides the views.
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

import { describe, expect, it } from '@jest/globals';
import type { SchoolYear } from '../../../../core/values/index.ts';
import type { EnrolmentRecord, SchoolRecord } from '../../../../legacy/ports/school-billing.port.ts';
import { schoolAccessOf } from '../../../../subgraphs/school-billing/school-access.rules.ts';
import {
  isShownEnrolment,
  toShownEnrolment,
} from '../../../../subgraphs/school-billing/shared-enrolment.rules.ts';

const [y2020, y2021] = ['2020/2021' as SchoolYear, '2021/2022' as SchoolYear];
const filed = (schoolYear: SchoolYear, isApplicant: boolean, isShared = false) =>
  ({ schoolYear, isApplicant, isShared }) as SchoolRecord['applications'][number];
const accessOf = (year: SchoolYear | null, ...applications: ReturnType<typeof filed>[]) =>
  schoolAccessOf({ applications }, year);

describe('access to school data', () => {
  it('is the applicant’s, for the year of the application', () => {
    expect(accessOf(y2020, filed(y2020, true))).toBe('APPLICANT');
    expect(accessOf(y2021, filed(y2020, true), filed(y2021, false))).toBe('OTHER_PARENT');
    expect(accessOf(y2021, filed(y2020, true))).toBe('NO_APPLICATION');
  });

  it('is of any year without one', () => {
    expect(accessOf(null, filed(y2020, false), filed(y2021, true))).toBe('APPLICANT');
    expect(accessOf(null)).toBe('NO_APPLICATION');
  });

  it('is shared where the applicant shares, and the own application counts more', () => {
    expect(accessOf(y2020, filed(y2020, false, true))).toBe('SHARED');
    expect(accessOf(y2020, filed(y2020, false, true), filed(y2020, true))).toBe('APPLICANT');
  });
});

describe('a shared enrolment', () => {
  const record = {
    sharedBy: 'RSSCLD84C52A794Q',
    childKey: '1',
    diet: 'Celiachia',
    paymentMethod: 'PAGOPA',
    practiceKey: '7',
    entryKey: '8',
  } as unknown as EnrolmentRecord;
  const given = (...scopes: string[]) =>
    ({ shares: [{ giver: record.sharedBy, childKey: '1', scopes }], blocks: [], entries: [] }) as never;

  it('is shown under ENROLMENT only', () => {
    expect(isShownEnrolment(given('ENROLMENT'), record)).toBe(true);
    expect(isShownEnrolment(given('BILLING', 'DIET'), record)).toBe(false);
    expect(isShownEnrolment(given(), { ...record, sharedBy: null })).toBe(true);
  });

  it('keeps the application, the diet and the way to pay to itself', () => {
    expect(toShownEnrolment(given('ENROLMENT'), record)).toEqual({
      ...record,
      diet: null,
      paymentMethod: 'UNKNOWN',
      practiceKey: null,
      entryKey: null,
    });
    expect(toShownEnrolment(given('ENROLMENT', 'DIET', 'PAYING'), record)).toMatchObject({
      diet: 'Celiachia',
      paymentMethod: 'PAGOPA',
      practiceKey: null,
    });
    expect(toShownEnrolment(given(), { ...record, sharedBy: null })).toEqual({ ...record, sharedBy: null });
  });
});

import { instantToRomeLocal } from '../../core/values/index.ts';
import type { Audience, PracticesPort } from '../ports/practices.port.ts';
import { groupBy, groups } from './by-key.ts';
import { toArea, toCategory, toEntry, toEntryProgress, toPractice } from './practices.mapper.ts';
import * as statements from './practices.statements.ts';
import type { Connection } from './wire/connection.ts';
import { toPage } from './wire/pages.ts';

export function createPractices({ read }: Connection): PracticesPort {
  return {
    async serviceAreas(audience) {
      const rows = await read(statements.areas, { audience: audienceCodes[audience] });
      return groups(rows, (row) => row.COD_AREA).map(toArea);
    },
    async categories(audience) {
      const rows = await read(statements.categories, { audience: audienceCodes[audience] });
      return groups(rows, (row) => row.COD_CAT).map(toCategory);
    },
    async practicesOf(applicants) {
      const rows = await read(statements.practicesByApplicant, { applicants });
      const rowsOf = groupBy(rows, (row) => row.CHI.trim());
      return applicants.map((code) => groups(rowsOf(code), (row) => String(row.COD_PRAT)).map(toPractice));
    },
    async protocolliOf(applicants, { year, number }, page) {
      const rows = await read(statements.entryPages, {
        applicants,
        year,
        number,
        afterTime: page.after === null ? null : instantToRomeLocal(page.after.registeredAt),
        afterKey: page.after?.key ?? null,
        first: page.first,
      });
      const rowsOf = groupBy(rows, (row) => row.CHI.trim());
      return applicants.map((code) => toPage(rowsOf(code), page, toEntry));
    },
    async protocolli(applicant, keys) {
      const rows = await read(statements.entriesByKey, { applicants: [applicant], keys });
      const rowsOf = groupBy(rows, (row) => String(row.COD_PROT));
      return keys.map((key) => {
        const [row] = rowsOf(String(key));
        return row === undefined ? null : toEntry(row);
      });
    },
    async entryProgress(keys) {
      const found = groups(await read(statements.entryProgress, { keys }), (row) => String(row.COD_PROT));
      const entryProgress = new Map(found.map((rows) => [rows[0].COD_PROT, toEntryProgress(rows)]));
      return keys.map((key) => entryProgress.get(key) ?? null);
    },
  };
}

const audienceCodes: Readonly<Record<Audience, string>> = {
  CITIZENS: 'C',
  BUSINESSES: 'I',
  OTHER_BODIES: 'A',
};

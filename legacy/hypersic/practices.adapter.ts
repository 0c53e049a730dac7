import { instantToRomeLocal } from '../../core/values/index.ts';
import type { Audience, PracticesPort } from '../ports/practices.port.ts';
import type { HiddenFilings } from '../ports/viewer.ts';
import { groupBy, groups } from './by-key.ts';
import { trimmed } from './formats.ts';
import { toInteger } from './keys.ts';
import {
  toArea,
  toCategory,
  toEntry,
  toEntryCursor,
  toEntryProgress,
  toPractice,
} from './practices.mapper.ts';
import * as statements from './practices.statements.ts';
import type { Connection } from './wire/connection.ts';
import { toPage } from './wire/pages.ts';
import { readFirst, readRow, readRows } from './wire/read-rows.ts';

export function createPractices({ read }: Connection): PracticesPort {
  return {
    async serviceAreas(audience) {
      const rows = await read(statements.areas, { audience: audienceCodes[audience] });
      return readRows(
        groups(rows, (row) => row.COD_AREA),
        toArea,
      );
    },
    async categories(audience) {
      const rows = await read(statements.categories, { audience: audienceCodes[audience] });
      return readRows(
        groups(rows, (row) => row.COD_CAT),
        toCategory,
      );
    },
    async practicesOf(applicants, hidden) {
      const rows = await read(statements.practicesByApplicant, { applicants, ...toHidden(hidden) });
      const rowsOf = groupBy(rows, (row) => trimmed(row.CHI));
      return applicants.map((code) =>
        readRows(
          groups(rowsOf(code), (row) => String(row.COD_PRAT)),
          toPractice,
        ),
      );
    },
    async protocolliOf(applicants, { year, number, hidden }, page) {
      const rows = await read(statements.entryPages, {
        applicants,
        ...toHidden(hidden),
        year,
        number,
        afterTime: page.after === null ? null : instantToRomeLocal(page.after.registeredAt),
        afterKey: page.after === null ? null : toInteger(page.after.key),
        first: page.first,
      });
      const rowsOf = groupBy(rows, (row) => trimmed(row.CHI));
      return applicants.map((code) => toPage(rowsOf(code), page, toEntry, toEntryCursor));
    },
    async protocolli(applicant, keys, hidden) {
      const rows = await read(statements.entriesByKey, {
        applicants: [applicant],
        keys: keys.map(toInteger),
        ...toHidden(hidden),
      });
      const rowsOf = groupBy(rows, (row) => String(row.COD_PROT));
      return keys.map((key) => readFirst(rowsOf(key), toEntry));
    },
    async entryProgress(keys) {
      const found = groups(await read(statements.entryProgress, { keys: keys.map(toInteger) }), (row) =>
        String(row.COD_PROT),
      );
      const entryProgress = new Map(
        found.map((rows) => [String(rows[0].COD_PROT), readRow(rows, toEntryProgress)]),
      );
      return keys.map((key) => entryProgress.get(key) ?? null);
    },
  };
}

function toHidden({ children, entries, shownEntries }: HiddenFilings) {
  return {
    hidden: children,
    hiddenEntries: entries.map(toInteger),
    shownEntries: shownEntries.map(toInteger),
  };
}

const audienceCodes: Readonly<Record<Audience, string>> = {
  CITIZENS: 'C',
  BUSINESSES: 'I',
  OTHER_BODIES: 'A',
};

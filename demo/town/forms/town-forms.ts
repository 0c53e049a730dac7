import { projectFile } from '../../../core/project-root.ts';
import { type CalendarDate, schoolYearFrom, schoolYearOf } from '../../../core/values/index.ts';
import type { FormSource } from '../../../subgraphs/practices/forms/import-forms.action.ts';
import { readFormSource } from '../../../subgraphs/practices/forms/read-form-source.ts';
import { workbooks } from './workbooks.ts';

/** The five procedures' forms for each school year, from 2020/2021 to the current one. */
export async function townForms(today: CalendarDate): Promise<readonly FormSource[]> {
  const current = Number(schoolYearOf(today).slice(0, 4));
  const years = Array.from({ length: current - 2020 + 1 }, (_, index) => schoolYearFrom(2020 + index));
  const paths = Object.keys(workbooks).map((name) => projectFile('demo', 'town', 'forms', `${name}.xlsx`));
  const sources = await Promise.all(paths.map((path) => readFormSource(path, null)));
  return sources.flatMap((source) => years.map((schoolYear) => ({ ...source, schoolYear })));
}

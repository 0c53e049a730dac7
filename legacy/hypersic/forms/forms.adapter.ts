import type { FormsPort } from '../../ports/forms.port.ts';
import { toFields } from './field.mapper.ts';
import { readWorkbook } from './read-workbook.ts';
import { toTable } from './table.ts';

/** Workbooks "Dati Specifici", as hyperSIC Desk writes them. */
export function createForms(): FormsPort {
  return {
    async readDefinition(bytes) {
      const sheet = await readWorkbook(bytes);
      if ('expected' in sheet) return { fields: [], problems: [sheet] };
      const table = toTable(sheet);
      const mapped = toFields(table);
      const problems = [...table.problems, ...mapped.problems];
      return { fields: problems.length > 0 ? [] : mapped.fields, problems };
    },
  };
}

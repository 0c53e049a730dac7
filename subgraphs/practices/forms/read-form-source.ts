import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FormSource } from './import-forms.action.ts';

const mostBytes = 5 * 1024 * 1024;

/**
 * Reads a workbook and the file of the same name with `.yaml` beside it. Errors: the files that cannot be read.
 */
export async function readFormSource(path: string, schoolYear: string | null): Promise<FormSource> {
  if (!/\.xlsx$/i.test(path)) throw new Error(`${path} is no .xlsx workbook.`);
  const beside = path.replace(/\.xlsx$/i, '.yaml');
  const size = await stat(path).then(
    (file) => file.size,
    () => null,
  );
  if (size === null) throw new Error(`${path} is not there, or may not be read.`);
  if (size > mostBytes)
    throw new Error(`${path} is larger than the 5 MB that a workbook of a form may have.`);
  const settings = await readFile(beside, 'utf8').catch(() => null);
  if (settings === null)
    throw new Error(
      `${beside} is missing: it says title, procedure, dates and what else the workbook cannot.`,
    );
  return { name: basename(path), workbook: await readFile(path), settings, schoolYear };
}

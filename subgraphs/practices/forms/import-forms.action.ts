import type { DataSource, EntityManager } from 'typeorm';
import type { DefinitionProblem, FormsPort } from '../../../legacy/ports/forms.port.ts';
import { FormEntity, TemplateEntity } from '../records/template.entity.ts';
import { readFormSettings, type SettingsProblem } from './form-settings.ts';
import { type DefinedTemplate, toTemplate } from './to-template.ts';

/** A workbook, and the YAML file beside it. */
export interface FormSource {
  /** The file name in messages. Shape: `iscrizione.xlsx`. */
  readonly name: string;
  readonly workbook: Buffer;
  readonly settings: string;
  /** Replaces the file's school year; null keeps it. */
  readonly schoolYear: string | null;
}

export interface ImportedForm {
  readonly templateId: string;
  readonly revision: string;
  readonly fields: number;
  readonly outcome: 'new template' | 'new revision' | 'same revision';
}

/** All problems of the files, one a line, for the operator. Nothing was imported. */
export class FormsRefused extends Error {
  override readonly name = 'FormsRefused';
  constructor(readonly problems: readonly string[]) {
    super(`Nothing was imported:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/**
 * Creates templates, or next revisions of existing ones, from the vendor's workbooks.
 *
 * All or none. Drafts keep the revision they were started with. Errors: FormsRefused.
 */
export async function importForms(
  database: DataSource,
  forms: FormsPort,
  sources: readonly FormSource[],
): Promise<readonly ImportedForm[]> {
  const templates = await readTemplates(forms, sources);
  return database.transaction(async (manager) => {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('import forms'))`);
    const imported: ImportedForm[] = [];
    for (const template of templates) imported.push(await keep(manager, template));
    return imported;
  });
}

async function readTemplates(
  forms: FormsPort,
  sources: readonly FormSource[],
): Promise<readonly DefinedTemplate[]> {
  const problems: string[] = [];
  const templates: DefinedTemplate[] = [];
  // A workbook for several years is read once.
  const read = new Map<Buffer, ReturnType<FormsPort['readDefinition']>>();
  for (const { name, workbook, settings: source, schoolYear } of sources) {
    const isFirst = !read.has(workbook);
    const reading = read.get(workbook) ?? forms.readDefinition(workbook);
    read.set(workbook, reading);
    const definition = await reading;
    const { settings, problems: wrong } = readFormSettings(source, schoolYear);
    if (isFirst) problems.push(...definition.problems.map((problem) => inWorkbook(name, problem)));
    problems.push(...wrong.map((problem) => inSettings(name, problem)));
    if (settings === null || definition.problems.length > 0) continue;
    const defined = toTemplate(definition.fields, settings);
    problems.push(...defined.problems.map((problem) => inSettings(name, problem)));
    templates.push(defined.template);
  }
  const ids = templates.map(({ template }) => template.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    problems.push(`Two of the files make the template ${twice}: give each an id of its own.`);
  if (problems.length > 0) throw new FormsRefused([...new Set(problems)]);
  return templates;
}

async function keep(manager: EntityManager, { template, form }: DefinedTemplate): Promise<ImportedForm> {
  const { templateId, revision, fields } = form;
  const known = await manager.findOneBy(TemplateEntity, { id: templateId });
  await (known === null
    ? manager.insert(TemplateEntity, template as object)
    : manager.update(TemplateEntity, { id: templateId }, template as object));
  await manager
    .createQueryBuilder()
    .insert()
    .into(FormEntity)
    .values(form as never)
    .orIgnore()
    .execute();
  const outcome =
    known === null ? 'new template' : known.revision === revision ? 'same revision' : 'new revision';
  return { templateId, revision, fields: fields.length, outcome };
}

function inWorkbook(file: string, { sheet, row, column, expected }: DefinitionProblem): string {
  const place = [
    sheet === null ? null : `sheet "${sheet}"`,
    row === null ? null : `row ${row}`,
    column === null ? null : `column ${column}`,
  ].filter((part) => part !== null);
  return `${[file, ...place].join(', ')}: expected ${expected}.`;
}

function inSettings(file: string, { path, expected }: SettingsProblem): string {
  const name = file.replace(/\.xlsx$/i, '.yaml');
  return `${name}${path === '' ? '' : `, ${path}`}: expected ${expected.replace(/\.$/, '')}.`;
}

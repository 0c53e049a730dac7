import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { openDatabase } from '../../core/database.ts';
import { practicesEntities } from '../../subgraphs/practices/index.ts';
import { PracticeEntity, PracticeEventEntity } from '../../subgraphs/practices/records/practice.entity.ts';
import {
  FormEntity,
  type StoredField,
  TemplateEntity,
} from '../../subgraphs/practices/records/template.entity.ts';
import { migrations } from '../../subgraphs/registry.ts';
import { copyOfMigrated } from './migrated-database.ts';
import { claudia } from './people.ts';

export interface OwnDatabase {
  readonly database: DataSource;
  /** The statements that were sent since the last call. */
  sent(): readonly string[];
}

/** A database with our own tables, made by the migrations and empty. */
export async function openOwnDatabase(): Promise<OwnDatabase> {
  const database = await openDatabase({
    url: await copyOfMigrated(),
    entities: practicesEntities,
    migrations,
  });
  const statements: string[] = [];
  const ignore = () => undefined;
  database.logger = {
    logQuery: (text) => void statements.push(text),
    logQueryError: ignore,
    logQuerySlow: ignore,
    logSchemaBuild: ignore,
    logMigration: ignore,
    log: ignore,
  };
  return { database, sent: () => statements.splice(0) };
}

export function textField(code: string, more: Partial<StoredField> = {}): StoredField {
  return {
    code,
    kind: 'TEXT',
    label: `Campo ${code}`,
    noteHtml: null,
    group: null,
    required: true,
    maxLength: 20,
    defaultValue: null,
    linkedFieldCode: null,
    ...more,
  };
}

/** A template with a form of each revision given; the last one is current. */
export async function addTemplate(
  { database }: OwnDatabase,
  template: Partial<TemplateEntity> = {},
  revisions: Readonly<Record<string, readonly StoredField[]>> = { '1': [textField('NOME')] },
): Promise<void> {
  const whole = {
    id: 'ISCR-2026',
    procedureCode: 'ISCR',
    title: 'Modello Iscrizione Mensa A.S. 2026/2027',
    schoolYear: '2026/2027',
    opensOn: null,
    closesOn: null,
    concernsChild: true,
    contact: null,
    informationSheetId: null,
    revision: Object.keys(revisions).at(-1) ?? '1',
    ...template,
  };
  await database.getRepository(TemplateEntity).insert(whole as object);
  for (const [revision, fields] of Object.entries(revisions)) {
    const form = { templateId: whole.id, revision, fields, requiredAttachments: [] };
    await database.getRepository(FormEntity).insert(form as object);
  }
}

/** A draft of Claudia's, with one event; its id in our tables. */
export async function addDraft(
  { database }: OwnDatabase,
  draft: Partial<PracticeEntity> = {},
): Promise<string> {
  const at = new Date('2026-10-01T10:00:00Z');
  const whole = {
    id: randomUUID(),
    templateId: 'ISCR-2026',
    revision: '1',
    applicant: claudia.codiceFiscale,
    childKey: '1',
    title: 'Modello Iscrizione Mensa A.S. 2026/2027',
    status: 'DRAFT',
    version: 2,
    answers: {},
    createdAt: at,
    updatedAt: at,
    submittedAt: null,
    ...draft,
  };
  await database.getRepository(PracticeEntity).insert(whole as object);
  const event = { practiceId: whole.id, sequence: 1, at: whole.createdAt, status: 'DRAFT', note: null };
  await database.getRepository(PracticeEventEntity).insert(event as object);
  return whole.id;
}

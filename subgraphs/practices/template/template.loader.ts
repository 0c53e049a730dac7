import { In } from 'typeorm';
import { defineLoader } from '../../shared/loader.ts';
import { FormEntity, TemplateEntity } from '../records/template.entity.ts';
import { StoredFileEntity } from '../stored-files/stored-file.entity.ts';

export const templatesByProcedure = defineLoader<string, readonly TemplateEntity[]>(
  async ({ database }, codes) => {
    const found = await database.getRepository(TemplateEntity).find({
      where: { procedureCode: In(codes) },
      order: { schoolYear: { direction: 'DESC', nulls: 'LAST' }, title: 'ASC' },
    });
    return codes.map((code) => found.filter(({ procedureCode }) => procedureCode === code));
  },
  (code) => code,
);

export const templateById = defineLoader<string, TemplateEntity | null>(
  async ({ database }, ids) => {
    const found = await database.getRepository(TemplateEntity).findBy({ id: In(ids) });
    return ids.map((wanted) => found.find(({ id }) => id === wanted) ?? null);
  },
  (id) => id,
);

interface FormKey {
  readonly templateId: string;
  readonly revision: string;
}

export const formByKey = defineLoader<FormKey, FormEntity | null>(
  async ({ database }, keys) => {
    const templateId = In(keys.map((key) => key.templateId));
    const found = await database.getRepository(FormEntity).findBy({ templateId });
    return keys.map(
      (key) =>
        found.find((form) => form.templateId === key.templateId && form.revision === key.revision) ?? null,
    );
  },
  ({ templateId, revision }) => `${templateId} ${revision}`,
);

export const storedFileById = defineLoader<string, StoredFileEntity | null>(
  async ({ database }, ids) => {
    const found = await database.getRepository(StoredFileEntity).findBy({ id: In(ids) });
    return ids.map((wanted) => found.find(({ id }) => id === wanted) ?? null);
  },
  (id) => id,
);

import type { DataSource, EntityManager } from 'typeorm';
import { FormEntity } from '../records/template.entity.ts';

const mostKept = 500;
const kept = new WeakMap<DataSource, Map<string, FormEntity>>();

/** The form of a practice. A revision never changes, so each is read once in a process. */
export async function formOf(
  manager: EntityManager,
  { templateId, revision }: { readonly templateId: string; readonly revision: string },
): Promise<FormEntity> {
  const forms = kept.get(manager.connection) ?? new Map<string, FormEntity>();
  kept.set(manager.connection, forms);
  const key = `${templateId} ${revision}`;
  const form = forms.get(key) ?? (await manager.findOneByOrFail(FormEntity, { templateId, revision }));
  if (forms.size >= mostKept) forms.clear();
  forms.set(key, form);
  return form;
}

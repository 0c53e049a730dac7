import { createHash } from 'node:crypto';
import { type DataSource, type EntityManager, IsNull } from 'typeorm';
import type { Clock } from '../../core/clock.ts';
import { type CalendarDate, romeLocalToInstant, schoolYearOf } from '../../core/values/index.ts';
import { createForms } from '../../legacy/hypersic/forms/forms.adapter.ts';
import { importForms } from '../../subgraphs/practices/forms/import-forms.action.ts';
import {
  PracticeEntity,
  PracticeEventEntity,
  type StoredAnswer,
} from '../../subgraphs/practices/records/practice.entity.ts';
import { FormEntity, TemplateEntity } from '../../subgraphs/practices/records/template.entity.ts';
import { storeFile } from '../../subgraphs/practices/stored-files/store-file.ts';
import { townForms } from './forms/town-forms.ts';
import { amina, yasmine } from './people.ts';
import { townPdf } from './town-pdf.ts';

/** Imports the town's forms, and adds their sheets and the draft that Amina suspended. Safe to repeat. */
export async function seedOwn(
  database: DataSource,
  clock: Clock,
  { childKeys }: { readonly childKeys: { readonly yasmine: string } },
): Promise<void> {
  const today = clock.today();
  await importForms(database, createForms(), await townForms(today));
  await database.transaction(async (manager) => {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('seed'))`);
    for (const template of await manager.findBy(TemplateEntity, { informationSheetId: IsNull() })) {
      const informationSheetId = await addInformationSheet(manager, template);
      await manager.update(TemplateEntity, template.id, { informationSheetId });
    }
    await addDraft(manager, today, childKeys.yasmine);
  });
}

/** The scheda informativa of a procedure; the same for all its years but for the title. */
async function addInformationSheet(
  manager: EntityManager,
  { id, title, opensOn, revision }: TemplateEntity,
): Promise<string> {
  const { decidedWithinDays } = await manager.findOneByOrFail(FormEntity, { templateId: id, revision });
  const sheetTitle = `Scheda informativa: ${title}`;
  const bytes = await townPdf(sheetTitle, opensOn ?? '2020-04-01', [
    { kind: 'heading', level: 1, text: sheetTitle },
    { kind: 'text', text: 'La domanda va presentata dal genitore a cui saranno intestate le fatture.' },
    {
      kind: 'text',
      text: `Il procedimento si conclude entro ${decidedWithinDays} giorni dalla protocollazione della domanda.`,
    },
    {
      kind: 'text',
      text: 'Per informazioni: Servizio Istruzione, telefono 0363/860734-33, segreteria@comunecalvenzano.net.',
    },
  ]);
  return storeFile(manager, null, {
    id: uuidOf(`sheet ${id}`),
    fileName: `scheda-informativa-${id.toLowerCase()}.pdf`,
    mediaType: 'application/pdf',
    bytes,
  });
}

/** Amina started this year's enrolment on the second day of school and suspended it. */
async function addDraft(manager: EntityManager, today: CalendarDate, childKey: string): Promise<void> {
  const year = schoolYearOf(today).slice(0, 4);
  const id = uuidOf(`draft ${year}`);
  const startedAt = new Date(romeLocalToInstant(`${year}-09-01T20:41:00`));
  const alreadyThere = await manager.findOneBy(PracticeEntity, { id });
  if (alreadyThere !== null || `${year}-09-01` > today) return;
  const { revision, title } = await manager.findOneByOrFail(TemplateEntity, { id: `ISCR-${year}` });
  const certified = (value: string): StoredAnswer => ({ value, certified: true });
  await manager.insert(PracticeEntity, {
    id,
    templateId: `ISCR-${year}`,
    revision,
    applicant: amina.codiceFiscale,
    childKey,
    child: {
      key: childKey,
      codiceFiscale: yasmine.codiceFiscale,
      firstName: yasmine.firstName,
      lastName: yasmine.lastName,
      birthDate: yasmine.birthDate,
    },
    title,
    status: 'DRAFT',
    version: 2,
    answers: {
      RICH_COGNOME: certified(amina.lastName),
      RICH_NOME: certified(amina.firstName),
      RICH_CF: certified(amina.codiceFiscale),
      RICH_NASCITA: certified(amina.birthDate),
      RICH_EMAIL: certified(amina.email ?? ''),
      ALUN_COGNOME: certified(yasmine.lastName),
      ALUN_NOME: certified(yasmine.firstName),
      ALUN_CF: certified(yasmine.codiceFiscale),
      ALUN_NASCITA: certified(yasmine.birthDate),
      SCUOLA: { value: 'Scuola primaria di Calvenzano', certified: false },
    },
    createdAt: startedAt,
    updatedAt: new Date(startedAt.getTime() + 11 * 60_000),
    submittedAt: null,
  });
  await manager.insert(PracticeEventEntity, {
    practiceId: id,
    sequence: 1,
    at: startedAt,
    status: 'DRAFT',
    note: null,
  });
}

/** The same name gives the same id, so that a repetition finds existing rows. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(`demo town: ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

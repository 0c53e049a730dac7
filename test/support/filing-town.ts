import { execute, type GraphQLSchema } from 'graphql';
import { memoryAudit } from '../../core/audit.ts';
import type { Clock } from '../../core/clock.ts';
import { openDatabase } from '../../core/database.ts';
import type { Caller, CitizenCaller } from '../../core/identity/caller.ts';
import { createId } from '../../core/ids.ts';
import { silentLog } from '../../core/log.ts';
import {
  codiceFiscaleAsHeld,
  parseCalendarDate,
  parseCodiceFiscale,
  romeDateOf,
  romeLocalToInstant,
} from '../../core/values/index.ts';
import type { ChildKey, ChildRecord, Family } from '../../legacy/ports/anagrafe.port.ts';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import { practicesEntities } from '../../subgraphs/practices/index.ts';
import { FormEntity, TemplateEntity } from '../../subgraphs/practices/records/template.entity.ts';
import { migrations } from '../../subgraphs/registry.ts';
import { createGrants } from '../../subgraphs/shared/grants.ts';
import { createJobs } from '../../subgraphs/shared/jobs/create-jobs.ts';
import { noPagopa } from '../../subgraphs/shared/pagopa/no-pagopa.ts';
import { createRequestContext, type Services } from '../../subgraphs/shared/request-context.ts';
import { nothingSettled, validDocument } from './ask-subgraph.ts';
import { testFileKeys } from './file-keys.ts';
import { copyOfMigrated } from './migrated-database.ts';
import { textField } from './own-database.ts';
import { payingRules } from './paying-rules.ts';
import { claudia as claudiaAsSignedIn, marco, paolo } from './people.ts';
import { practicesSubgraph } from './practices-town.ts';
import { testRetention } from './retention.ts';

export const claudia: CitizenCaller = { ...claudiaAsSignedIn, email: 'claudia.rossi@example.com' };
export const sofiaCode = 'BNCSFO21B58L400K';

function child(key: string, codiceFiscale: string, firstName: string, birthDate: string): ChildRecord {
  return {
    key: key as ChildKey,
    codiceFiscale: codiceFiscaleAsHeld(codiceFiscale),
    firstName,
    lastName: 'Bianchi',
    birthDate: parseCalendarDate(birthDate),
    birthPlace: 'Treviglio',
    residence: null,
    isInHousehold: true,
    hasApplication: false,
    sharedBy: [],
  };
}

const children = [
  child('A3', 'BNCLCU14E09L400F', 'Luca', '2014-05-09'),
  child('A4', sofiaCode, 'Sofia', '2021-02-18'),
];
const nobody: Family = { citizen: null, household: [], children: [] };
const bianchi: Family = {
  citizen: {
    codiceFiscale: parseCodiceFiscale(claudia.codiceFiscale),
    firstName: 'Claudia',
    lastName: 'Rossi',
    birthDate: parseCalendarDate('1984-03-12'),
    residence: {
      street: 'Via Roma',
      houseNumber: '12',
      postalCode: '24040',
      town: 'Calvenzano',
      province: 'BG',
    },
    email: 'claudia.rossi@example.com',
    phone: null,
  },
  household: [],
  children,
};

export const luca = createId('Child', 'A3');
export const sofia = createId('Child', 'A4');
export const enrolmentTemplate = createId('PracticeTemplate', 'ISCR-2026');

const pdf = { mediaTypes: ['application/pdf', 'image/png'], maxBytes: 200_000 };

/** A short enrolment form, with one of each that a form can have. */
export const enrolmentForm = {
  templateId: 'ISCR-2026',
  revision: 'r1',
  fields: [
    textField('RICH_COGNOME', { label: 'Cognome', prefill: 'APPLICANT_LAST_NAME' }),
    textField('RICH_EMAIL', {
      required: false,
      maxLength: 60,
      rule: { kind: 'EMAIL' },
      prefill: 'APPLICANT_EMAIL',
      isEditable: true,
    }),
    textField('ALUN_CF', { rule: { kind: 'CODICE_FISCALE' }, prefill: 'CHILD_CODICE_FISCALE' }),
    textField('SCUOLA', { maxLength: null, rule: { kind: 'ONE_OF', options: ['Infanzia', 'Primaria'] } }),
    textField('CLASSE', { required: false, maxLength: 10 }),
    textField('DATA_INIZIO', { kind: 'DATE', required: false, maxLength: null }),
    textField('PAG_PAGOPA', { kind: 'CHECKBOX', required: false, maxLength: null }),
    textField('PAG_SDD', { kind: 'CHECKBOX', required: false, maxLength: null }),
    textField('IBAN', { maxLength: 34, rule: { kind: 'IBAN' }, linkedFieldCode: 'PAG_SDD' }),
    textField('NOTA', { kind: 'NOTE', noteHtml: '<p>Nota</p>', required: false }),
    textField('PRIVACY', { kind: 'CHECKBOX', maxLength: null }),
  ],
  requiredAttachments: [
    { code: 'CERT', label: 'Certificato medico', required: true, ...pdf },
    { code: 'ALTRO', label: 'Altro', required: false, ...pdf },
  ],
  choices: [{ label: 'Modalità di pagamento', codes: ['PAG_PAGOPA', 'PAG_SDD'], atLeast: 1, atMost: 1 }],
};

/** All that the form asks of a person, once it is prefilled. */
export const completeAnswers = [
  { code: 'SCUOLA', value: 'Infanzia' },
  { code: 'PAG_SDD', value: 'true' },
  { code: 'IBAN', value: 'it60 x054 2811 1010 0000 0123 456' },
  { code: 'PRIVACY', value: 'true' },
];

/** The practices subgraph over a database of its own with a real queue, as its callers meet it. */
export async function openFilingTown() {
  const url = await copyOfMigrated();
  const database = await openDatabase({
    url,
    entities: practicesEntities,
    migrations,
    // A hundred submissions at once, on a busy machine.
    statementTimeoutMs: 30_000,
  });
  const jobs = await createJobs(database);
  const { schema, ...subgraph } = await practicesSubgraph();
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
  const time = { now: new Date(romeLocalToInstant('2026-10-15T09:00')) };
  const clock: Clock = { now: () => new Date(time.now), today: () => romeDateOf(time.now) };
  const audit = memoryAudit();
  const anagrafe = { isDown: false };
  const legacy = {
    anagrafe: {
      familiesOf: async (codes: readonly string[]) => {
        if (anagrafe.isDown) throw new Error('The legacy system is not needed here.');
        return codes.map((code) =>
          code === claudia.codiceFiscale || code === marco.codiceFiscale ? bianchi : nobody,
        );
      },
    },
    practices: { practicesOf: async (codes: readonly string[]) => codes.map(() => []) },
  } as unknown as Legacy;
  const documents = createGrants({
    secrets: ['a secret of the test'],
    publicUrl: 'http://town.test',
    lifetimeMs: 300_000,
    clock,
  });
  const services: Services = {
    legacy,
    database,
    settlements: nothingSettled,
    jobs,
    pagopa: noPagopa,
    paying: { ...payingRules, returnOrigins: [] },
    webhooks: { needsHttps: false, allowsLoopback: true },
    documents,
    fileKeys: testFileKeys,
    retention: testRetention,
    notices: { cbillCode: null, postal: null },
    clock,
    log: silentLog,
    audit,
  };
  return {
    services,
    database,
    subgraph: { schema, ...subgraph },
    audit,
    time,
    anagrafe,
    sent: () => statements.splice(0),
    ask: (
      query: string,
      variables: Record<string, unknown> = {},
      as: Caller = claudia,
      language: 'it' | 'en' = 'it',
    ) => run(schema, services, query, variables, as, language),
    /** Jobs that wait, by key. */
    async waiting(queue: string): Promise<readonly string[]> {
      const rows = await database.query(
        `SELECT singleton_key AS key FROM pgboss.job WHERE name = $1 AND state IN ('created', 'retry')`,
        [queue],
      );
      return rows.map(({ key }: { key: string }) => key);
    },
    async addTemplate(more: Partial<TemplateEntity> = {}, form: Partial<FormEntity> = {}): Promise<string> {
      const template = {
        id: 'ISCR-2026',
        procedureCode: 'ISCR',
        title: 'Modello Iscrizione Mensa A.S. 2026/2027',
        schoolYear: '2026/2027',
        opensOn: '2026-04-01',
        closesOn: '2027-08-31',
        concernsChild: true,
        oncePerChild: true,
        audiences: ['CITIZENS'],
        contact: null,
        informationSheetId: null,
        revision: 'r1',
        ...more,
      };
      await database.getRepository(TemplateEntity).insert(template as object);
      await database.getRepository(FormEntity).insert({
        ...enrolmentForm,
        templateId: template.id,
        revision: template.revision,
        ...form,
      } as object);
      return createId('PracticeTemplate', template.id);
    },
    async close() {
      await jobs.close();
      await database.destroy();
    },
  };
}

export type FilingTown = Awaited<ReturnType<typeof openFilingTown>>;

async function run(
  schema: GraphQLSchema,
  services: Services,
  source: string,
  variableValues: Record<string, unknown>,
  caller: Caller,
  language: 'it' | 'en',
) {
  const document = validDocument(schema, source);
  const contextValue = createRequestContext(services, { caller, requestId: 'request-1', language });
  const result = await execute({ schema, document, contextValue, variableValues });
  if (result.errors !== undefined) throw result.errors[0];
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes
  return JSON.parse(JSON.stringify(result.data)) as Record<string, any>;
}

const practiceFields = `id title status version submittedAt answers { code value certified } problems { path code message }
  attachments { id attachmentCode document { fileName sizeBytes sha256 downloadUrl } } history { status } child { id }`;
const problemFields = 'code message problems { path code message }';

/** Each mutation with everything that can be asked of its result. */
export const filing = (town: FilingTown, as: Caller = claudia, language: 'it' | 'en' = 'it') => {
  const mutation = (name: string, input: string, members: string) => async (value: Record<string, unknown>) =>
    (
      await town.ask(
        `mutation ($input: ${input}!) { ${name}(input: $input) { __typename ${members} ... on NotAllowed { code message } } }`,
        { input: value },
        as,
        language,
      )
    )[name];
  const editing = `... on AnswersInvalid { ${problemFields} } ... on VersionConflict { code message current { ${practiceFields} } } ... on NotEditable { code message status }`;
  const rest = `... on VersionConflict { code message current { ${practiceFields} } } ... on NotEditable { code message status }`;
  return {
    start: mutation(
      'startPractice',
      'StartPracticeInput',
      `... on PracticeStarted { practice { ${practiceFields} } } ... on TemplateClosed { code message opensOn closesOn } ... on AlreadyFiled { code message practice { ${practiceFields} } } ... on AnswersInvalid { ${problemFields} } ... on IdempotencyKeyReused { code message }`,
    ),
    save: mutation(
      'savePractice',
      'SavePracticeInput',
      `... on PracticeSaved { practice { ${practiceFields} } } ${editing}`,
    ),
    submit: mutation(
      'submitPractice',
      'SubmitPracticeInput',
      `... on PracticeSubmitted { practice { ${practiceFields} } } ... on PracticeIncomplete { ${problemFields} } ... on TemplateClosed { code message opensOn closesOn } ${rest}`,
    ),
    integrate: mutation(
      'integratePractice',
      'SavePracticeInput',
      `... on PracticeIntegrated { practice { ${practiceFields} } } ... on PracticeIncomplete { ${problemFields} } ${editing}`,
    ),
    withdraw: mutation(
      'withdrawPractice',
      'WithdrawPracticeInput',
      `... on PracticeWithdrawn { practice { ${practiceFields} } } ${rest}`,
    ),
    upload: mutation(
      'createUpload',
      'CreateUploadInput',
      '... on UploadTicket { uploadId uploadUrl expiresAt } ... on UploadRefused { code message }',
    ),
  };
};

export { marco, paolo };

import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import pg from 'pg';
import type { CitizenCaller } from '../../core/identity/caller.ts';
import { limitParts } from '../product.ts';
import { serve } from './our-subgraphs.ts';

/**
 * The limit: what a program can reach that was written for these very requests.
 *
 * One HTTP server with `pg`: the product's statements, the product's check of tokens, and JSON built by hand in the
 * shape of each operation. It knows neither GraphQL nor limits and keeps no audit.
 */
const { createTokenVerifier, createGrants, createId, systemClock, ...statements } = await limitParts();
const { settledOfDebtors, recordsOfDebtor, entitlementOfPerson } = statements;
const { anagrafe, school, invoices, payments, practices } = statements;
const env = process.env as Readonly<Record<string, string>>;

const verifier = createTokenVerifier({
  issuer: env.OIDC_ISSUER ?? '',
  audience: env.OIDC_AUDIENCE ?? '',
  idSecrets: [env.ID_SECRET ?? ''],
});
const grants = createGrants({
  secrets: [env.DOCUMENT_SECRETS ?? ''],
  publicUrl: env.PUBLIC_URL ?? '',
  lifetimeMs: 300_000,
  clock: systemClock,
});
const legacyDatabase = openPool(env.HYPERSIC_DATABASE_URL ?? '');
const own = openPool(env.DATABASE_URL ?? '');

await serve((request, response) => {
  answer(request).then(
    (data) => send(response, 200, { data }),
    (error: unknown) => send(response, 500, { errors: [{ message: String(error) }] }),
  );
});

async function answer(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
    readonly operationName: string;
    readonly variables: Variables;
  };
  const caller = await verifier.verify(request.headers.authorization);
  if (operationName === 'Kinds') return kinds(variables.first);
  if (caller.kind !== 'citizen') return { me: null };
  if (operationName === 'InvoicePage') return invoicePage(caller, variables.first);
  if (operationName === 'StartPractice') return startPractice(caller, variables.template, variables.child);
  return flagship(caller, variables.invoices, variables.schoolYear ?? null);
}

interface Variables {
  readonly first: number;
  readonly invoices: number;
  readonly schoolYear?: string;
  readonly template: string;
  readonly child: string;
}

async function kinds(first: number) {
  const rows = await read(payments.kindPage, { pattern: null, afterName: null, afterCode: null, first });
  const nodes = new Map(
    rows.map((row) => [
      row.COD_TIPO,
      { id: createId('PaymentKind', row.COD_TIPO.trim()), name: row.DESCR.trim() },
    ]),
  );
  const edges = [...nodes.values()].slice(0, first).map((node) => ({ node }));
  return { paymentKinds: { totalCount: Number(rows[0]?.TOTALE ?? 0), edges } };
}

async function invoicePage(caller: CitizenCaller, first: number) {
  const applicant = caller.codiceFiscale;
  const [basis] = await Promise.all([balanceBasisOf(applicant), entitlementOf(applicant)]);
  const rows = await read(invoices.invoicePageOf, {
    ...firstPage(first),
    ...basis,
    applicant,
    children: null,
    schoolYear: null,
  });
  const parts = await partsOf(caller, rows, basis);
  const edges = rows.map((row) => {
    const { instalments, attachments, ...invoice } = parts.invoiceOf(row);
    return {
      cursor: createId('InvoiceCursor', row.DATA_FATT, row.ANNO_FATT, row.NUM_FATT),
      node: {
        ...invoice,
        instalments: instalments.map(({ number, amount, paid, outstanding, dueOn, status }) => ({
          number,
          amount,
          paid,
          outstanding,
          dueOn,
          status,
        })),
        attachments: attachments.map(({ kind, description, document }) => ({
          kind,
          description,
          document: document && {
            fileName: document.fileName,
            sizeBytes: document.sizeBytes,
            downloadUrl: document.downloadUrl,
          },
        })),
      },
    };
  });
  const total = Number(rows[0]?.TOTALE ?? 0);
  const pageInfo = { hasNextPage: total > rows.length, endCursor: edges.at(-1)?.cursor ?? null };
  return { me: { invoices: { totalCount: total, pageInfo, edges } } };
}

async function flagship(caller: CitizenCaller, first: number, schoolYear: string | null) {
  const applicant = caller.codiceFiscale;
  await entitlementOf(applicant);
  const family = await read(anagrafe.families, { citizens: [applicant] });
  const grownUp = systemClock.today().replace(/^\d+/, (year) => String(Number(year) - 18));
  const isMinor = (birthDate: string | null) => birthDate !== null && birthDate > grownUp;
  const children = family.filter(
    (row) => row.E_CITT === 0 && (row.E_DOM === 1 || (row.E_CONV === 1 && isMinor(row.DATA_NASC))),
  );
  const keys = children.map((row) => row.COD_SOGG);
  const [basis, records, applications, positions, filed, drafts] = await Promise.all([
    balanceBasisOf(applicant),
    recordsOf(applicant),
    read(school.applicationsByChild, { applicant, children: keys }),
    read(payments.positionsByDebtor, { debtors: [applicant] }),
    read(practices.practicesByApplicant, { applicants: [applicant] }),
    draftsOf(applicant),
  ]);
  const rows = await read(invoices.invoicePagesByChild, {
    ...firstPage(first),
    ...basis,
    applicant,
    children: keys,
    schoolYear,
  });
  const parts = await partsOf(caller, rows, basis, positions, records.locks);
  const invoicesOf = Map.groupBy(rows, (row) => row.COD_ALUN);
  const applicationsOf = Map.groupBy(applications, (row) => row.COD_ALUN);
  const debtsOf = Map.groupBy(parts.debts, ({ child }) => child);
  const practicesOf = Map.groupBy([...filed.map(toPractice), ...drafts], ({ child }) => child);
  return {
    me: {
      firstName: caller.firstName,
      lastName: caller.lastName,
      children: children.map((row) => {
        const key = row.COD_SOGG;
        const list = invoicesOf.get(key) ?? [];
        const total = Number(list[0]?.TOTALE ?? 0);
        const last = list.at(-1);
        const own = practicesOf.get(key) ?? [];
        return {
          id: createId('Child', key.trim()),
          firstName: row.NOME.trim(),
          lastName: row.COGNOME.trim(),
          birthDate: row.DATA_NASC,
          ...schoolOf(applicationsOf.get(key) ?? [], schoolYear),
          invoices: {
            totalCount: total,
            pageInfo: {
              hasNextPage: total > list.length,
              endCursor: last
                ? createId('InvoiceCursor', last.DATA_FATT, last.ANNO_FATT, last.NUM_FATT)
                : null,
            },
            edges: list.map((invoice) => ({ node: parts.invoiceOf(invoice) })),
          },
          debts: (debtsOf.get(key) ?? []).map(({ debt }) => debt),
          practices: {
            totalCount: own.length,
            edges: own.slice(0, 20).map(({ node }) => ({ node })),
          },
        };
      }),
    },
  };
}

type InvoiceRow = Rows<typeof invoices.invoicePagesByChild>;
type PositionRow = Rows<typeof payments.positionsByDebtor>;
type Basis = Awaited<ReturnType<typeof balanceBasisOf>>;

/** What the product reads and writes for it, without what it fills in; the event of the audit is left out. */
async function startPractice(caller: CitizenCaller, template: string, child: string) {
  const applicant = caller.codiceFiscale;
  const templateId = Buffer.from(template, 'base64url').toString().split(':')[1] ?? '';
  const childKey = Buffer.from(child, 'base64url').toString().split(':')[1] ?? '';
  const [[found]] = await Promise.all([
    ask('template', 'SELECT * FROM practice_template WHERE id = $1', [templateId]),
    entitlementOf(applicant),
  ]);
  const [family] = await Promise.all([
    read(anagrafe.families, { citizens: [applicant] }),
    ask('form', 'SELECT * FROM practice_form WHERE template_id = $1', [templateId]),
  ]);
  if (found === undefined || !family.some((row) => row.COD_SOGG.trim() === childKey))
    return { startPractice: { __typename: 'NotAllowed' } };
  const now = new Date();
  const id = randomUUID();
  const session = await own.connect();
  const send = (name: string, text: string, values: readonly unknown[]) =>
    session.query({ name, text, values: [...values] });
  try {
    await session.query('BEGIN');
    await send('lock', 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`quota ${applicant}`]);
    const alive = await send('alive', aliveOf, [applicant, templateId, childKey]);
    const drafts = await send('count', draftsOfApplicant, [applicant]);
    if (alive.rows.length > 0 || drafts.rows[0]?.count >= 20) return started(found.title, child);
    await send('start', insertPractice, [
      id,
      templateId,
      found.revision,
      applicant,
      childKey,
      found.title,
      now,
    ]);
    await send('event', insertEvent, [id, now]);
  } finally {
    await session.query('COMMIT');
    session.release();
  }
  return started(found.title, child);
}

const aliveOf = `SELECT id FROM practice WHERE applicant = $1 AND template_id = $2 AND child_key = $3
  AND status IN ('DRAFT', 'SUBMITTED', 'REGISTERED', 'INTEGRATION_REQUESTED', 'UNKNOWN', 'ACCEPTED')`;
const draftsOfApplicant = `SELECT count(*)::int FROM practice WHERE applicant = $1 AND status = 'DRAFT'`;
const insertPractice = `INSERT INTO practice
    (id, template_id, revision, applicant, child_key, title, status, version, answers, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, 'DRAFT', 1, '{}', $7, $7) ON CONFLICT DO NOTHING`;
const insertEvent = `INSERT INTO practice_event (practice_id, sequence, at, status) VALUES ($1, 1, $2, 'DRAFT')`;

function started(title: unknown, child: string) {
  const practice = { title, status: 'DRAFT', version: 1, child: { id: child } };
  return { startPractice: { __typename: 'PracticeStarted', practice } };
}

async function ask(name: string, text: string, values: readonly unknown[]) {
  return (await own.query({ name, text, values: [...values] })).rows as Record<string, unknown>[];
}

/** Lines, instalments and attachments of a page, and the debts that pay them, ready to be put together. */
async function partsOf(
  caller: CitizenCaller,
  rows: readonly InvoiceRow[],
  basis: Basis,
  positions: readonly PositionRow[] = [],
  locks: readonly { readonly iuv: string }[] = [],
) {
  const asked = {
    applicant: caller.codiceFiscale,
    years: rows.map((row) => row.ANNO_FATT),
    numbers: rows.map((row) => row.NUM_FATT),
  };
  const [lines, rate, files] = await Promise.all([
    read(invoices.linesByInvoice, asked),
    read(invoices.instalmentsByInvoice, { ...asked, ...basis }),
    read(invoices.attachmentsByInvoice, asked),
  ]);
  const keyOf = (row: { readonly ANNO_FATT: number; readonly NUM_FATT: number }) =>
    `${row.ANNO_FATT}/${row.NUM_FATT}`;
  const linesOf = Map.groupBy(lines, keyOf);
  const rateOf = Map.groupBy(rate, keyOf);
  const filesOf = Map.groupBy(files, keyOf);
  const settled = new Set(basis.settledIuvs);
  const locked = new Set(locks.map(({ iuv }) => iuv));
  const debtOf = new Map<string, { readonly numeroAvviso: string; readonly status: string }>();
  const debts: { readonly child: string | null; readonly debt: Record<string, unknown> }[] = [];
  const seen = new Set<number>();
  for (const row of positions) {
    if (seen.has(row.ID_POS)) continue;
    seen.add(row.ID_POS);
    const iuv = row.COD_IUV.trim();
    const listed = positionStatuses[row.STATO] ?? 'UNKNOWN';
    const status = settled.has(iuv) ? 'PAID' : locked.has(iuv) ? 'PAYMENT_IN_PROGRESS' : listed;
    const numeroAvviso = row.COD_AVVISO.trim();
    if (row.ANNO_FATT !== 0) debtOf.set(`${keyOf(row)}/${row.NUM_RATA}`, { numeroAvviso, status });
    const debt = {
      iuv,
      numeroAvviso,
      description: row.CAUSALE.trim(),
      amount: cents(row.IMPORTO),
      dueOn: row.DATA_SCAD,
      status,
    };
    debts.push({ child: row.COD_ALUN, debt });
  }
  const invoiceOf = (row: InvoiceRow) => {
    const key = keyOf(row);
    const [amount, paid] = [cents(row.TOT_RATE ?? '0'), cents(row.TOT_PAGATO ?? '0')];
    return {
      id: createId('Invoice', row.ANNO_FATT, row.NUM_FATT),
      year: row.ANNO_FATT,
      number: row.NUM_FATT,
      issuedOn: row.DATA_FATT,
      period: periodOf(row.PER_DA, row.PER_A),
      holderName: `${row.COGNOME.trim()} ${row.NOME.trim()}`,
      amount,
      paid,
      outstanding: amount - paid,
      lines: (linesOf.get(key) ?? []).map((line) => ({
        description: line.DESCR.trim(),
        quantity: line.QTA,
        unitPrice: cents(line.PREZZO),
        amount: cents(line.IMPORTO),
      })),
      instalments: (rateOf.get(key) ?? []).map((rata) => {
        const [asks, paidOfIt] = [cents(rata.IMPORTO), cents(rata.PAGATO)];
        return {
          number: rata.NUM_RATA,
          amount: asks,
          paid: paidOfIt,
          outstanding: asks - paidOfIt,
          dueOn: rata.DATA_SCAD,
          status: rata.CONDIZIONE,
          messaARuolo: rata.MESSA_RUOLO === -1,
          iuv: rata.COD_IUV.trim() || null,
          debt: debtOf.get(`${key}/${rata.NUM_RATA}`) ?? null,
        };
      }),
      attachments: (filesOf.get(key) ?? []).map((file) => ({
        kind: file.TIPOLOGIA.trim(),
        description: file.DESCR.trim(),
        document:
          file.ID_FILE === null
            ? null
            : {
                fileName: file.NOME_FILE,
                mediaType: file.TIPO_MIME,
                sizeBytes: file.DIM_BYTE,
                ...grants.sign(
                  'school-billing',
                  {
                    kind: 'InvoiceAttachment',
                    parts: [file.ANNO_FATT, file.NUM_FATT, file.PROGR],
                    caller,
                  },
                  file.NOME_FILE ?? '',
                ),
              },
      })),
    };
  };
  return { debts, invoiceOf };
}

function schoolOf(rows: readonly Rows<typeof school.applicationsByChild>[], schoolYear: string | null) {
  const considered = schoolYear === null ? rows : rows.filter((row) => row.ANNO_SCOL === schoolYear);
  const mine = considered.filter((row) => row.PROPRIA === 1);
  const access = mine.length > 0 ? 'APPLICANT' : considered.length > 0 ? 'OTHER_PARENT' : 'NO_APPLICATION';
  return {
    schoolAccess: access,
    enrolments: mine.map((row) => ({
      id: createId('Enrolment', row.ANNO_DOM, row.NUM_DOM),
      schoolYear: row.ANNO_SCOL.trim(),
      service: { code: row.COD_SERV.trim(), name: row.SERVIZIO?.trim() ?? row.COD_SERV.trim() },
      school: {
        name: row.SCUOLA?.trim() ?? row.COD_SCU.trim(),
        level: levels[row.COD_GRADO ?? ''] ?? 'UNKNOWN',
      },
      classroom: row.CLASSE.trim() || null,
      status: enrolmentStatuses[row.STATO] ?? 'UNKNOWN',
      paymentMethod: methods[row.MOD_PAG] ?? 'UNKNOWN',
    })),
  };
}

/** Loaded children have none: one row a practice is enough of a shape. */
function toPractice(row: Rows<typeof practices.practicesByApplicant>) {
  const protocollo =
    row.NUMERO === null
      ? null
      : { number: row.NUMERO, year: row.ANNO, status: 'REGISTERED', outcome: row.ESITO?.trim() || null };
  const node = {
    title: row.OGGETTO.trim(),
    status: 'REGISTERED',
    channel: row.CANALE === 'W' ? 'PREVIOUS_PORTAL' : 'COUNTER',
    submittedAt: row.DATA_INS,
    protocollo,
  };
  return { child: row.COD_ALUN, node };
}

async function draftsOf(applicant: string) {
  const { rows } = await own.query({
    name: 'drafts',
    text: `SELECT *, (SELECT COALESCE(jsonb_agg(jsonb_build_object('entryKey', s.entry_key)), '[]')
             FROM practice_submission s WHERE s.practice_id = practice.id) AS submissions
           FROM practice WHERE applicant = $1`,
    values: [applicant],
  });
  return rows.map((row) => ({
    child: String(row.child_key ?? ''),
    node: {
      title: row.title,
      status: row.status,
      channel: 'ONLINE',
      submittedAt: row.submitted_at,
      protocollo: null,
    },
  }));
}

/** A person's shares and blocks: nobody has any here, so that only the statement's time counts. */
async function entitlementOf(person: string): Promise<void> {
  await own.query({ ...entitlementOfPerson, values: [person, systemClock.today()] });
}

/** What was settled and is not in the legacy system yet. */
async function balanceBasisOf(debtor: string) {
  const { rows } = await own.query<{ iuv: string; amount: number }>({
    ...settledOfDebtors,
    values: [[debtor]],
  });
  return {
    today: systemClock.today(),
    settledIuvs: rows.map(({ iuv }) => iuv),
    settledEuros: rows.map(({ amount }) => (amount / 100).toFixed(2)),
  };
}

/** What is being paid, what we hold receipts of, and what was made by the debtor. */
async function recordsOf(debtor: string) {
  const { rows } = await own.query<{ locks: readonly { iuv: string }[] }>({
    ...recordsOfDebtor,
    values: [debtor, systemClock.now(), [debtor]],
  });
  return { locks: rows[0]?.locks ?? [] };
}

function firstPage(first: number) {
  const none = { issuedFrom: null, issuedTo: null, status: null };
  return { ...none, afterDate: null, afterYear: null, afterNumber: null, first };
}

interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  readonly positions: readonly string[];
  readonly rows?: Row;
}
type Rows<S> = S extends Statement<infer Row> ? Row : never;

/** With nobody who shares anything, and nobody from whom anything is hidden. */
const nothingShared = { givers: [], givenChildren: [], hidden: [], hiddenEntries: [], shownEntries: [] };

async function read<Row>(
  { name, text, positions }: Statement<Row>,
  values: Readonly<Record<string, unknown>>,
): Promise<Row[]> {
  const of = { ...nothingShared, applicants: [values.applicant], ...values } as Record<string, unknown>;
  return (await legacyDatabase.query({ name, text, values: positions.map((position) => of[position]) }))
    .rows as Row[];
}

function openPool(connectionString: string): pg.Pool {
  const asText = new Set<number>([
    pg.types.builtins.DATE,
    pg.types.builtins.TIMESTAMP,
    pg.types.builtins.NUMERIC,
  ]);
  return new pg.Pool({
    connectionString,
    max: 16,
    options: '-c plan_cache_mode=force_generic_plan',
    types: {
      getTypeParser: (oid: number, format?: string) =>
        asText.has(oid) ? (value: string) => value : pg.types.getTypeParser(oid, format as 'text'),
    },
  });
}

function cents(text: string): number {
  return Math.round(Number(text) * 100);
}

const months = ['Gen', 'Feb', 'Mar', 'Apr', 'Mag', 'Giu', 'Lug', 'Ago', 'Set', 'Ott', 'Nov', 'Dic'];

function periodOf(from: string, to: string) {
  const month = (text: string) => `${text.slice(0, 4)}-${text.slice(4, 6)}`;
  const label = (text: string) => `${months[Number(text.slice(4, 6)) - 1]}. ${text.slice(0, 4)}`;
  return {
    from: month(from),
    to: month(to),
    label: from === to ? label(from) : `${label(from)} - ${label(to)}`,
  };
}

const levels: Readonly<Record<string, string>> = { I: 'INFANZIA', P: 'PRIMARIA', S: 'SECONDARIA' };
const enrolmentStatuses: Readonly<Record<string, string>> = {
  P: 'PENDING',
  A: 'ACTIVE',
  S: 'SUSPENDED',
  C: 'ENDED',
};
const methods: Readonly<Record<string, string>> = { P: 'PAGOPA', D: 'SDD' };
const positionStatuses: Readonly<Record<string, string>> = {
  AP: 'PAYABLE',
  PA: 'PAID',
  SC: 'EXPIRED',
  AN: 'CANCELLED',
};

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

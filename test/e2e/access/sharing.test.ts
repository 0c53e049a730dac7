import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { memoryAudit } from '../../../core/audit.ts';
import { openDatabase } from '../../../core/database.ts';
import { createId, parseId } from '../../../core/ids.ts';
import { silentLog } from '../../../core/log.ts';
import { createNumeroAvviso, iuvOf } from '../../../core/values/index.ts';
import {
  amina,
  claudia,
  type DemoPerson,
  giulia,
  luca,
  marco,
  paolo,
  sofia,
} from '../../../demo/town/people.ts';
import { keys } from '../../../demo/town/subjects.ts';
import { openLegacy } from '../../../legacy/open-legacy.ts';
import type { Legacy } from '../../../legacy/ports/legacy.ts';
import type { Services } from '../../../subgraphs/shared/request-context.ts';
import { block, lift, type NewBlock } from '../../../subgraphs/shared/sharing/protection.ts';
import { ownTownCopy, testClock } from '../../support/databases.ts';
import { payAt } from '../../support/pagopa.ts';
import { townWithUndecidedApplications } from '../../support/undecided-applications.ts';
import { openTestTown, type TestTown } from '../open-test-town.ts';
import { daysVisibleTo } from './oracle.ts';

const idOf = (key: string) => createId('Child', key);
const lucas = idOf(keys.luca);
const sofias = idOf(keys.sofia);

let legacyUrl: string;
let ownUrl: string;
let own: pg.Client;
let legacyDatabase: pg.Client;
let legacy: Legacy;
let operator: Services;
let town: TestTown;
let closeOperator: () => Promise<void>;

beforeAll(async () => {
  legacyUrl = await townWithUndecidedApplications();
  ownUrl = await ownTownCopy();
  [own, legacyDatabase] = [new pg.Client(ownUrl), new pg.Client(legacyUrl)];
  await Promise.all([own.connect(), legacyDatabase.connect()]);
  town = await openTestTown('in-process', { legacyUrl, ownUrl });
  // The first connections of a busy machine may take longer than a request may.
  for (let attempt = 0; attempt < 10; attempt++)
    if (!(await ask(claudia, everything)).text.includes('LEGACY_UNAVAILABLE')) break;
  const database = await openDatabase({ url: ownUrl, entities: [], migrations: [] });
  legacy = openLegacy({ vendor: 'hypersic', url: legacyUrl });
  const clock = { now: () => new Date(), today: () => testClock.today() };
  const jobs = { add: async () => undefined };
  operator = { database, legacy, clock, jobs, audit: memoryAudit(), log: silentLog } as unknown as Services;
  closeOperator = async () => {
    await Promise.all([database.destroy(), legacy.close()]);
  };
}, 180_000);
afterAll(async () => {
  pg.Client.prototype.query = sendQuery;
  await Promise.all([town?.close(), closeOperator(), own.end(), legacyDatabase.end()]);
});

interface Asked {
  readonly text: string;
  readonly statements: readonly string[];
  readonly data: Record<string, never>;
}

async function ask(
  person: DemoPerson,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Asked> {
  const authorization = `Bearer ${await town.tokenOf(person.codiceFiscale)}`;
  town.statements.length = 0;
  const text = await (await town.post({ query, variables }, { authorization })).text();
  return { text, statements: [...town.statements].sort(), data: JSON.parse(text).data };
}

/** An id that nobody has, of the same form: its form is no secret. */
function unknownLike(type: string, id: string): string {
  const parts = parseId(type, id) ?? [];
  return createId(
    type,
    ...parts.map((part) => (/^[A-Z]$/.test(part) ? part : part.includes('-') ? randomUUID() : 1)),
  );
}

/** Texts of the statements sent to our own database since this was last emptied. */
const sentToOwn: string[] = [];
const { query: sendQuery } = pg.Client.prototype;
pg.Client.prototype.query = function (this: pg.Client & { readonly database: string }, ...given: never[]) {
  const [first] = given as unknown as [string | { readonly text?: string; readonly name?: string }];
  if (ownUrl !== undefined && this.database === new URL(ownUrl).pathname.slice(1) && this !== own)
    // What the queues and the list of registered operations ask for now and then belongs to no request.
    for (const text of [typeof first === 'string' ? first : (first.name ?? first.text ?? '')])
      if (!/pgboss\.|trusted_document/.test(text)) sentToOwn.push(text);
  return (sendQuery as (...all: never[]) => never).apply(this, given);
} as never;

/** All that a request leaves: status, headers, body, statements to both databases, and events of the audit trail. */
async function trace(person: DemoPerson, query: string) {
  const authorization = `Bearer ${await town.tokenOf(person.codiceFiscale)}`;
  town.statements.length = 0;
  sentToOwn.length = 0;
  const before = town.events.length;
  const response = await town.post({ query }, { authorization });
  const body = (await response.text()).replace(/"requestId":"[^"]+"/g, '');
  const headers = [...response.headers]
    .filter(([name]) => !/^(date|x-request-id|ratelimit.*)$/.test(name))
    .sort();
  return {
    answer: JSON.stringify([response.status, headers, body]),
    statements: [...town.statements].sort(),
    own: [...sentToOwn].sort(),
    // Operators learn from the relation that a person is blocked; nothing else differs.
    events: town.events
      .slice(before)
      .map(({ action, outcome, level, subjectIds }) => JSON.stringify([action, outcome, level, subjectIds])),
  };
}

const shareMutation = `mutation ($input: ShareSchoolDataInput!) { shareSchoolData(input: $input) { __typename
  ... on SchoolDataShared { share { id scopes recipientCodiceFiscale endsOn revokedAt child { id } } }
  ... on Problem { code message } ... on ShareInvalid { problems { path code message } } } }`;
const revokeMutation = `mutation ($id: ID!) { revokeShare(input: { shareId: $id }) { __typename
  ... on ShareRevoked { share { id revokedAt } } ... on Problem { code message } } }`;

interface Outcome {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly problems?: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  readonly share?: {
    readonly id: string;
    readonly scopes: readonly string[];
    readonly revokedAt: string | null;
  };
}

async function share(
  giver: DemoPerson,
  recipient: string,
  scopes: readonly string[],
  more: Record<string, unknown> = {},
): Promise<Outcome> {
  const input = {
    childId: lucas,
    recipientCodiceFiscale: recipient,
    scopes,
    idempotencyKey: randomUUID(),
    ...more,
  };
  return (await ask(giver, shareMutation, { input })).data.shareSchoolData as unknown as Outcome;
}

async function revoke(person: DemoPerson, id: string): Promise<Outcome> {
  return (await ask(person, revokeMutation, { id })).data.revokeShare as unknown as Outcome;
}

const everything = `{ me { children { id firstName residence { street } schoolAccess
    enrolments { id status diet paymentMethod practice { id } school { name } }
    invoices(first: 100) { edges { node { id child { id } instalments { id debt { id } } attachments { description } } } }
    attendance(month: "2026-02") { days { date } } debts { id child { id } } shares { id } practices { totalCount } }
  invoices(first: 100) { edges { node { id } } } instalments(first: 100) { edges { node { id } } }
  debts { id } receivedShares { scopes child { id } } payments { totalCount } } }`;

interface Ids {
  readonly enrolments: readonly string[];
  readonly invoices: readonly string[];
  readonly instalments: readonly string[];
  readonly debts: readonly string[];
  readonly days: readonly string[];
}

/** What an applicant sees of a child, by plain SQL. */
async function idsOfApplicant(code: string, child: string): Promise<Ids> {
  const from = `FROM "SDI_DOMANDE" d JOIN "AN_SOGG" me ON me."COD_SOGG" = d."COD_RICH"
    WHERE me."COD_FISC" = $1 AND trim(d."COD_ALUN") = $2 AND d."STATO" IN ('A', 'S', 'C')`;
  const ofInvoice = (more: string) =>
    `JOIN "SDI_FATT" f ON f."ANNO_DOM" = d."ANNO_DOM" AND f."NUM_DOM" = d."NUM_DOM" ${more}`;
  const idsOf = async (type: string, columns: string, joins = '') => {
    const text = `SELECT DISTINCT ${columns} ${from.replace('WHERE', `${joins} WHERE`)}`;
    const { rows } = await legacyDatabase.query(text, [code, child]);
    return rows.map((row) => createId(type, ...(Object.values(row) as number[]))).sort();
  };
  const rata = `JOIN "SDI_FATT_RATE" r ON r."ANNO_FATT" = f."ANNO_FATT" AND r."NUM_FATT" = f."NUM_FATT"`;
  const debts = await legacyDatabase.query(
    `SELECT "ID_POS" AS id FROM "PAG_POSIZ" WHERE trim("COD_DEB") = $1 AND trim("COD_ALUN") = $2`,
    [code, child],
  );
  return {
    enrolments: await idsOf('Enrolment', 'd."ANNO_DOM", d."NUM_DOM"'),
    invoices: await idsOf('Invoice', 'f."ANNO_FATT", f."NUM_FATT"', ofInvoice('')),
    instalments: await idsOf('Instalment', 'r."ANNO_FATT", r."NUM_FATT", r."NUM_RATA"', ofInvoice(rata)),
    debts: debts.rows.map(({ id }) => createId('Debt', id)).sort(),
    days: ((await daysVisibleTo(legacyUrl, code))[child] ?? []).filter((day) => day.startsWith('2026-02')),
  };
}

interface Node {
  readonly id: string;
}
interface SeenChild extends Node {
  readonly schoolAccess: string;
  readonly residence: unknown;
  readonly shares: unknown;
  readonly practices: { readonly totalCount: number };
  readonly enrolments: readonly (Node & { practice: unknown; diet: string | null; paymentMethod: string })[];
  readonly invoices: {
    readonly edges: readonly { readonly node: Node & { instalments: readonly Node[] } }[];
  };
  readonly attendance: { readonly days: readonly { readonly date: string }[] };
  readonly debts: readonly Node[];
}

function idsIn({ enrolments, invoices, debts, attendance }: SeenChild): Ids {
  const found = invoices.edges.map(({ node }) => node);
  return {
    enrolments: enrolments.map(({ id }) => id).sort(),
    invoices: found.map(({ id }) => id).sort(),
    instalments: found.flatMap(({ instalments }) => instalments.map(({ id }) => id)).sort(),
    debts: debts.map(({ id }) => id).sort(),
    days: attendance.days.map(({ date }) => date),
  };
}

describe('a share', () => {
  const scopeSets = [
    ['ENROLMENT'],
    ['ATTENDANCE'],
    ['BILLING'],
    ['PAYING'],
    ['DIET'],
    ['ENROLMENT', 'DIET'],
    ['ENROLMENT', 'ATTENDANCE', 'BILLING', 'PAYING', 'DIET'],
  ];
  const recipients = { paolo, marco };

  it.each(Object.entries(recipients))(
    'shows %s what its scopes name, and nothing else',
    async (name, person) => {
      await legacyDatabase.query(`UPDATE "SDI_DOMANDE" SET "DIETA" = 'senza glutine' WHERE "COD_RICH" = $1`, [
        keys.claudia,
      ]);
      const before = await ask(person, everything);
      const given = await idsOfApplicant(claudia.codiceFiscale, keys.luca);
      expect(given.invoices.length).toBeGreaterThan(3);
      let id = '';
      for (const scopes of scopeSets) {
        const outcome = await share(claudia, person.codiceFiscale.toLowerCase(), scopes);
        expect(outcome).toMatchObject({
          __typename: 'SchoolDataShared',
          share: { scopes, child: { id: lucas } },
        });
        id = outcome.share?.id ?? '';
        const { data } = await ask(person, everything);
        const me = data.me as unknown as { children: readonly SeenChild[]; debts: readonly Node[] } & Record<
          'invoices' | 'instalments',
          { edges: readonly { node: Node }[] }
        > & { receivedShares: readonly unknown[] };
        const child = me.children.find((one) => one.id === lucas) as SeenChild;
        const has = (...wanted: readonly string[]) => wanted.some((scope) => scopes.includes(scope));
        const own = await idsOfApplicant(person.codiceFiscale, keys.luca);
        const expected: Ids = {
          enrolments: has('ENROLMENT') ? given.enrolments : [],
          invoices: has('BILLING', 'PAYING') ? given.invoices : [],
          instalments: has('BILLING', 'PAYING') ? given.instalments : [],
          debts: [...(has('BILLING', 'PAYING') ? given.debts : []), ...own.debts].sort(),
          days: has('ATTENDANCE') ? given.days : [],
        };
        // Marco's own application for Luca is undecided: his household shows it, and nothing of it opens anything.
        const pending = name === 'marco' ? [createId('Enrolment', 2026, 905)] : [];
        expect([scopes, idsIn(child)]).toEqual([
          scopes,
          { ...expected, enrolments: [...expected.enrolments, ...pending].sort() },
        ]);
        expect(child.schoolAccess).toBe(name === 'marco' ? 'APPLICANT' : 'SHARED');
        expect(child.shares).toBeNull();
        for (const enrolment of child.enrolments.filter((one) => given.enrolments.includes(one.id))) {
          expect([scopes, enrolment.diet]).toEqual([scopes, has('DIET') ? 'senza glutine' : null]);
          expect([scopes, enrolment.practice]).toEqual([scopes, null]);
          if (!has('BILLING', 'PAYING')) expect(enrolment.paymentMethod).toBe('UNKNOWN');
        }
        if (name === 'paolo') expect(child.residence).toBeNull();
        expect(me.receivedShares).toEqual([{ scopes, child: { id: lucas } }]);
        // The same by the lists over all children, and by id.
        expect(me.invoices.edges.map(({ node }) => node.id).sort()).toEqual(expected.invoices);
        for (const [field, shown, all] of [
          ['invoice', expected.invoices, given.invoices],
          ['debt', expected.debts, given.debts],
        ] as const) {
          const one = all[0] ?? '';
          const answer = await ask(person, `{ found: ${field}(id: "${one}") { id } }`);
          const absent = await ask(
            person,
            `{ found: ${field}(id: "${createId('Invoice', 'nowhere')}") { id } }`,
          );
          if (shown.includes(one)) expect(answer.data).toEqual({ found: { id: one } });
          else expect([answer.text, answer.statements]).toEqual([absent.text, absent.statements]);
        }
        // Of the other child nothing changes.
        const sofia = me.children.find((one) => one.id === sofias);
        if (name === 'paolo') expect(sofia).toBeUndefined();
        else expect(sofia && idsIn(sofia).invoices).toEqual([]);
      }
      expect(await revoke(claudia, id)).toMatchObject({ __typename: 'ShareRevoked' });
      const after = await ask(person, everything);
      expect([after.text, after.statements]).toEqual([before.text, before.statements]);
      // The giver keeps what was revoked in sight.
      const listed = await ask(claudia, `{ child(id: "${lucas}") { shares { id revokedAt } } }`);
      const shares = (
        listed.data.child as unknown as { shares: readonly { id: string; revokedAt: string }[] }
      ).shares;
      expect(shares.find((one) => one.id === id)?.revokedAt).toEqual(expect.any(String));
    },
  );

  it('lets a recipient with PAYING pay, and one with BILLING not', async () => {
    const mutation = `mutation ($input: StartPaymentInput!) { startPayment(input: $input) { __typename
      ... on PaymentStarted { debts { id status } session { id checkoutUrl } } ... on Problem { code } } }`;
    const { data } = await ask(claudia, `{ child(id: "${lucas}") { debts(status: [PAYABLE]) { id } } }`);
    const [debt] = (data.child as unknown as { debts: readonly Node[] }).debts;
    const input = () => ({
      debtIds: [debt?.id],
      returnUrl: `${town.graphqlUrl}`,
      idempotencyKey: randomUUID(),
    });
    const pay = async () =>
      (await ask(marco, mutation, { input: input() })).data.startPayment as unknown as Outcome;
    expect(await pay()).toMatchObject({ code: 'NOT_ALLOWED' });
    const { share: given } = await share(claudia, marco.codiceFiscale, ['BILLING']);
    expect(await pay()).toMatchObject({ code: 'NOT_ALLOWED' });
    await share(claudia, marco.codiceFiscale, ['PAYING']);
    const started = await pay();
    expect(started.__typename).not.toBe('NotAllowed');
    // His session is his: she sees none of her own.
    const hers = await ask(claudia, `{ debt(id: "${debt?.id}") { paymentSession { id } } }`);
    expect(hers.data.debt).toEqual({ paymentSession: null });
    // He pays: she sees that it is paid, and as the debtor its receipt without the payer; and never his session.
    await payAt((started as { session?: { checkoutUrl: string } }).session?.checkoutUrl ?? '', 'pay');
    await town.pagopa.settled();
    const paid = `{ debt(id: "${debt?.id}") { status receipt { paidAt pspName payerName document { downloadUrl } }
      paymentSession { id } } }`;
    const file = { document: { downloadUrl: expect.stringContaining('/documents/payments/') } };
    const [seenByHer, seenByHim] = [await ask(claudia, paid), await ask(marco, paid)];
    expect(seenByHer.data.debt).toEqual({
      status: 'PAID',
      receipt: {
        paidAt: expect.stringMatching(/^20/),
        pspName: expect.stringMatching(/./),
        payerName: null,
        ...file,
      },
      paymentSession: null,
    });
    expect(seenByHim.data.debt).toMatchObject({
      status: 'PAID',
      // pagoPA names no payer: his session says that it was he.
      receipt: {
        paidAt: expect.stringMatching(/^20/),
        pspName: expect.stringMatching(/./),
        payerName: null,
        ...file,
      },
    });
    await revoke(claudia, given?.id ?? '');
    expect(await pay()).toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('ends with its last day, and stops the addresses of documents with it', async () => {
    const { share: given } = await share(claudia, paolo.codiceFiscale, ['BILLING'], {
      endsOn: testClock.today(),
    });
    const query = `{ child(id: "${lucas}") { invoiceListPdf { downloadUrl } debts(status: [PAYABLE]) { notice { downloadUrl } }
      invoices(first: 100) { edges { node { attachments { document { downloadUrl } } } } } } }`;
    const answer = await ask(paolo, query);
    const addresses = [...answer.text.matchAll(/"downloadUrl":"([^"]+)"/g)].map(([, url]) => url ?? '');
    expect(addresses.length).toBeGreaterThan(4);
    const some = [addresses[0], addresses[1], addresses.at(-1)].map(String);
    const statuses = () => Promise.all(some.map(async (url) => (await fetch(url)).status));
    expect(await statuses()).toEqual([200, 200, 200]);
    await own.query(
      `UPDATE school_share SET ends_on = '2026-10-14' WHERE revoked_at IS NULL AND recipient = $1`,
      [paolo.codiceFiscale],
    );
    expect(await statuses()).toEqual([404, 404, 404]);
    expect((await ask(paolo, `{ child(id: "${lucas}") { id } }`)).data).toEqual({ child: null });
    await revoke(claudia, given?.id ?? '');
  });

  it('says of each bad input what is wrong with it, and does nothing', async () => {
    const [row] = (await own.query('SELECT count(*)::int AS shares FROM school_share')).rows;
    const toMarco = marco.codiceFiscale;
    const problem = async (recipient: string, scopes: readonly string[], more = {}) => {
      const { __typename, problems = [] } = await share(claudia, recipient, scopes, more);
      return [__typename, problems.map(({ path, code, message }) => [path, code, message.length > 10])];
    };
    const invalid = (path: string, code: string) => ['ShareInvalid', [[path, code, true]]];
    const of = 'recipientCodiceFiscale';
    expect(await problem('BNCMRC82L25L400Y', ['BILLING'])).toEqual(invalid(of, 'CODICE_FISCALE_INVALID'));
    expect(await problem('03123450169', ['BILLING'])).toEqual(invalid(of, 'CODICE_FISCALE_INVALID'));
    expect(await problem(claudia.codiceFiscale, ['BILLING'])).toEqual(invalid(of, 'RECIPIENT_IS_CALLER'));
    expect(await problem(sofia.codiceFiscale, ['BILLING'])).toEqual(invalid(of, 'RECIPIENT_IS_MINOR'));
    expect(await problem(luca.codiceFiscale, ['BILLING'])).toEqual(invalid(of, 'RECIPIENT_IS_MINOR'));
    // Amina's and Giulia's applications for Luca were accepted.
    expect(await problem(giulia.codiceFiscale, ['BILLING'])).toEqual(invalid(of, 'RECIPIENT_IS_APPLICANT'));
    // As people type and programs insert: blanks, invisible characters, lower case; a dotless i is another letter.
    const typed = ` ${giulia.codiceFiscale.toLowerCase().replace(/(.{6})/, '$1\u200B\u00A0\uFEFF')}\t`;
    expect(await problem(typed, ['BILLING'])).toEqual(invalid(of, 'RECIPIENT_IS_APPLICANT'));
    expect(await problem(giulia.codiceFiscale.replace('I', 'ı'), ['BILLING'])).toEqual(
      invalid(of, 'CODICE_FISCALE_INVALID'),
    );
    expect(await problem(toMarco, [])).toEqual(invalid('scopes', 'NO_SCOPES'));
    expect(await problem(toMarco, ['DIET'], { endsOn: '2026-10-14' })).toEqual(
      invalid('endsOn', 'ENDS_IN_THE_PAST'),
    );
    expect(await problem(toMarco, ['DIET'], { idempotencyKey: '' })).toEqual(
      invalid('idempotencyKey', 'KEY_INVALID'),
    );
    const refused = async (giver: DemoPerson, more = {}) =>
      (await share(giver, amina.codiceFiscale, ['BILLING'], more)).code;
    // Ten others hold a share of Luca.
    await own.query(
      `INSERT INTO school_share (id, giver, child_key, child_code, recipient, scopes, created_at, ends_on)
       SELECT gen_random_uuid(), $1, $2, $3, 'other ' || n, '{DIET}', now(), NULL
       FROM generate_series(1, 10) AS n`,
      [claudia.codiceFiscale, keys.luca, luca.codiceFiscale],
    );
    expect(await problem(toMarco, ['DIET'])).toEqual(invalid(of, 'TOO_MANY_SHARES'));
    await own.query(`DELETE FROM school_share WHERE recipient LIKE 'other %'`);
    expect(await refused(claudia, { childId: createId('Child', '999') })).toBe('NOT_ALLOWED');
    expect(await refused(paolo)).toBe('NOT_ALLOWED');
    expect(await refused(marco, { childId: sofias })).toBe('NOT_APPLICANT');
    const [after] = (await own.query('SELECT count(*)::int AS shares FROM school_share')).rows;
    expect(after).toEqual(row);
  });

  it('is given once for a key, replaced by another, revoked by its giver only and not shared on', async () => {
    const idempotencyKey = randomUUID();
    const first = await share(claudia, paolo.codiceFiscale, ['BILLING'], { idempotencyKey });
    expect(await share(claudia, paolo.codiceFiscale, ['BILLING'], { idempotencyKey })).toEqual(first);
    expect(await share(claudia, paolo.codiceFiscale, ['DIET'], { idempotencyKey })).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    const id = first.share?.id ?? '';
    const second = await share(claudia, paolo.codiceFiscale, ['ATTENDANCE', 'ENROLMENT', 'ATTENDANCE']);
    expect(second.share).toMatchObject({ id, scopes: ['ENROLMENT', 'ATTENDANCE'] });
    expect((await share(paolo, marco.codiceFiscale, ['ENROLMENT'])).code).toBe('SHARED_BY_ANOTHER');
    expect((await revoke(paolo, id)).code).toBe('NOT_GIVER');
    expect((await revoke(marco, id)).code).toBe('NOT_ALLOWED');
    expect((await revoke(claudia, 'nonsense')).code).toBe('NOT_ALLOWED');
    const revoked = await revoke(claudia, id);
    expect(await revoke(claudia, id)).toEqual(revoked);
    // A repeated request does not give it once more.
    expect(
      (await share(claudia, paolo.codiceFiscale, ['BILLING'], { idempotencyKey })).share?.revokedAt,
    ).toBe(revoked.share?.revokedAt);
    expect((await ask(paolo, '{ me { children { id } } }')).data.me).toEqual({ children: [] });
    const given = town.events.filter(({ action }) => action === 'Share.give' || action === 'Share.revoke');
    expect(given.at(-1)).toMatchObject({ action: 'Share.revoke', outcome: 'allowed', relations: {} });
  });
});

describe('a block', () => {
  const asBlock = (person: DemoPerson, more: Partial<NewBlock> = {}): NewBlock => ({
    child: luca.codiceFiscale,
    person: person.codiceFiscale,
    until: null,
    reference: 'Trib. Bergamo 12/2026',
    ...more,
  });

  it('takes a child from a household member through every door', async () => {
    const of = sofia.codiceFiscale;
    const doors = (id: string) => [
      `{ child(id: "${id}") { id firstName } }`,
      `{ me { invoices(childIds: ["${id}"]) { totalCount } instalments(childIds: ["${id}"]) { totalCount } } }`,
      `mutation { startPractice(input: { templateId: "${createId('PracticeTemplate', 'ISCR-2026')}", childId: "${id}" }) {
        __typename ... on Problem { code message } } }`,
    ];
    const seen = await ask(marco, everything);
    expect(seen.text).toContain(sofias);
    expect((await ask(marco, '{ me { household { firstName } } }')).text).toContain('Sofia');
    await block(operator, asBlock(marco, { child: of }));
    const hidden = await ask(marco, everything);
    expect(hidden.text).not.toContain(sofias);
    expect(hidden.statements).toEqual(seen.statements);
    expect((await ask(marco, '{ me { household { firstName } } }')).text).not.toContain('Sofia');
    const absent = doors(createId('Child', '999'));
    for (const [position, door] of doors(sofias).entries()) {
      const [there, nowhere] = [await ask(marco, door), await ask(marco, absent[position] ?? '')];
      expect([there.text, there.statements]).toEqual([nowhere.text, nowhere.statements]);
    }
    // A share opens nothing to a blocked person, and its giver learns nothing of the block.
    expect(await share(claudia, marco.codiceFiscale, ['BILLING'], { childId: sofias })).toMatchObject({
      __typename: 'SchoolDataShared',
    });
    const shared = await ask(marco, everything);
    expect([shared.text, shared.statements]).toEqual([hidden.text, hidden.statements]);
    // Others see the child as before, and so does he of another child.
    expect((await ask(claudia, everything)).text).toContain(sofias);
    expect(hidden.text).toContain(lucas);
    await lift(operator, asBlock(marco, { child: of }));
    expect((await ask(marco, everything)).text).toContain(sofias);
    await own.query('DELETE FROM school_share_key; DELETE FROM school_share');
  });

  it('takes a child from an applicant: applications, invoices, debts, notices, documents, and a share they gave', async () => {
    const number = createNumeroAvviso({ segregationCode: 1, base: 90_877 });
    await legacyDatabase.query(
      `UPDATE "PAG_POSIZ" SET "COD_AVVISO" = $1, "COD_IUV" = $2 WHERE trim("COD_DEB") = $3 AND trim("COD_ALUN") = $4`,
      [number, iuvOf(number), giulia.codiceFiscale, keys.luca],
    );
    const giulias = await ask(giulia, everything);
    expect(giulias.text).toContain(lucas);
    const { data } = await ask(
      giulia,
      `{ child(id: "${lucas}") { invoiceListPdf { downloadUrl } debts { id } invoices { edges { node { id } } } enrolments { id } } }`,
    );
    const child = data.child as unknown as {
      invoiceListPdf: { downloadUrl: string };
      debts: readonly Node[];
      invoices: { edges: readonly { node: Node }[] };
    };
    const [debt] = child.debts;
    expect((await fetch(child.invoiceListPdf.downloadUrl)).status).toBe(200);
    // She shares it with Paolo before she is blocked.
    await share(giulia, paolo.codiceFiscale, ['BILLING']);
    expect((await ask(paolo, `{ child(id: "${lucas}") { id } }`)).data).toEqual({ child: { id: lucas } });
    const { rows } = await legacyDatabase.query(`SELECT trim("CF_ENTE") AS code FROM "PAG_POSIZ" LIMIT 1`);
    const byNotice = `{ paymentNotice(numeroAvviso: "${number}", creditor: "${rows[0].code}") { amount }
         paymentArchive(numeroAvviso: "${number}", creditor: "${rows[0].code}", debtor: "${giulia.codiceFiscale}") { amount } }`;
    expect((await ask(giulia, byNotice)).data.paymentNotice).not.toBeNull();

    await block(operator, asBlock(giulia));
    const hidden = await ask(giulia, everything);
    expect(hidden.statements).toEqual(giulias.statements);
    for (const id of [lucas, debt?.id, ...child.invoices.edges.map(({ node }) => node.id)])
      expect(hidden.text).not.toContain(id);
    expect((await fetch(child.invoiceListPdf.downloadUrl)).status).toBe(404);
    for (const [field, id, type] of [
      ['debt', debt?.id, 'Debt'],
      ['invoice', child.invoices.edges[0]?.node.id, 'Invoice'],
      ['child', lucas, 'Child'],
    ]) {
      const there = await ask(giulia, `{ found: ${field}(id: "${id}") { id } }`);
      const nowhere = await ask(
        giulia,
        `{ found: ${field}(id: "${createId(type ?? '', 'nowhere')}") { id } }`,
      );
      expect([there.text, there.statements]).toEqual([nowhere.text, nowhere.statements]);
    }
    const there = await ask(giulia, byNotice);
    const nowhere = await ask(
      giulia,
      byNotice.replaceAll(number, createNumeroAvviso({ segregationCode: 1, base: 90_878 })),
    );
    expect([there.text, there.statements]).toEqual([nowhere.text, nowhere.statements]);
    expect(there.data).toEqual({ paymentNotice: null, paymentArchive: null });
    // Whoever holds the notice and is not blocked pays it.
    expect((await ask(paolo, byNotice)).data.paymentNotice).not.toBeNull();
    expect((await share(giulia, paolo.codiceFiscale, ['BILLING'])).code).toBe('NOT_ALLOWED');
    // What she sees no more she shares no more.
    expect((await ask(paolo, `{ child(id: "${lucas}") { id } }`)).data).toEqual({ child: null });
    await lift(operator, asBlock(giulia));
    await own.query('DELETE FROM school_share_key; DELETE FROM school_share');
    expect((await ask(giulia, everything)).text === giulias.text).toBe(true);
  });

  it('hides Sofia from Paolo behind each of these doors, which answer as if she did not exist', async () => {
    const all = ['ENROLMENT', 'ATTENDANCE', 'BILLING', 'PAYING', 'DIET'];
    const before = await ask(paolo, everything);
    const { share: given } = await share(claudia, paolo.codiceFiscale, all, { childId: sofias });
    const templateId = createId('PracticeTemplate', 'ISCR-2026');
    const start = `mutation ($input: StartPracticeInput!) { startPractice(input: $input) { __typename
      ... on PracticeStarted { practice { id child { id } } } ... on Problem { code message } } }`;
    const draft = await ask(paolo, start, {
      input: { templateId, childId: sofias, idempotencyKey: randomUUID() },
    });
    const practice = (draft.data.startPractice as unknown as { practice: Node }).practice.id;
    const { data } = await ask(
      paolo,
      `{ child(id: "${sofias}") { invoiceListPdf { downloadUrl } debts(status: [PAYABLE]) { id numeroAvviso notice { downloadUrl } }
        enrolments { id } invoices(first: 100) { edges { node { id attachments { document { downloadUrl } } } } } } }`,
    );
    const child = data.child as unknown as {
      invoiceListPdf: { downloadUrl: string };
      debts: readonly (Node & { numeroAvviso: string; notice: { downloadUrl: string } | null })[];
      enrolments: readonly Node[];
      invoices: {
        edges: readonly { node: Node & { attachments: readonly { document: { downloadUrl: string } }[] } }[];
      };
    };
    const debt = child.debts.find(({ notice }) => notice !== null);
    const invoice = child.invoices.edges[0]?.node.id ?? '';
    const addresses = {
      'an attachment':
        child.invoices.edges.flatMap(({ node }) => node.attachments)[0]?.document.downloadUrl ?? '',
      'the PDF of the list': child.invoiceListPdf.downloadUrl,
      'the PDF of a notice': debt?.notice?.downloadUrl ?? '',
    };
    // He paid one of her debts himself: the list of his payments is about her.
    const paid = await legacyDatabase.query(
      `UPDATE "PAG_RICEV" SET "COD_PAG" = $1 WHERE "ID_POS" = (SELECT min(p."ID_POS") FROM "PAG_POSIZ" p JOIN "PAG_RICEV" r
         ON r."ID_POS" = p."ID_POS" WHERE trim(p."COD_ALUN") = $2 AND trim(p."COD_DEB") = $3) RETURNING "ID_RICEV"`,
      [paolo.codiceFiscale, keys.sofia, claudia.codiceFiscale],
    );
    const payments = `{ me { payments(first: 100) { totalCount edges { node { id } } } } }`;
    expect((await ask(paolo, payments)).text).toContain(createId('Payment', paid.rows[0].ID_RICEV));
    for (const address of Object.values(addresses)) expect((await fetch(address)).status).toBe(200);
    const { rows } = await legacyDatabase.query(`SELECT trim("CF_ENTE") AS code FROM "PAG_POSIZ" LIMIT 1`);
    const creditor = rows[0].code;
    const noNumber = createNumeroAvviso({ segregationCode: 1, base: 90_879 });

    await block(operator, asBlock(paolo, { child: sofia.codiceFiscale }));
    const input = (more: string) => `input: { idempotencyKey: "${randomUUID()}", ${more} }`;
    const problem = '{ __typename ... on Problem { code message } }';
    /** Each door, and what it is asked for in place of something that is Sofia's. */
    const doors: Readonly<Record<string, readonly [type: string, id: string, ask: (id: string) => string]>> =
      {
        'the child by its id': ['Child', sofias, (id) => `{ child(id: "${id}") { firstName } }`],
        'invoices of the child': [
          'Child',
          sofias,
          (id) => `{ me { invoices(childIds: ["${id}"]) { totalCount } } }`,
        ],
        'instalments of the child': [
          'Child',
          sofias,
          (id) => `{ me { instalments(childIds: ["${id}"]) { totalCount } } }`,
        ],
        'an invoice by its id': ['Invoice', invoice, (id) => `{ invoice(id: "${id}") { amount } }`],
        'a debt by its id': ['Debt', debt?.id ?? '', (id) => `{ debt(id: "${id}") { amount } }`],
        'his own application for her': ['Practice', practice, (id) => `{ practice(id: "${id}") { status } }`],
        'its draft, saved': [
          'Practice',
          practice,
          (id) =>
            `mutation { savePractice(input: { practiceId: "${id}", version: 1, answers: [] }) ${problem} }`,
        ],
        'its draft, withdrawn': [
          'Practice',
          practice,
          (id) => `mutation { withdrawPractice(input: { practiceId: "${id}" }) ${problem} }`,
        ],
        'a file for its draft': [
          'Practice',
          practice,
          (id) =>
            `mutation { createUpload(input: { practiceId: "${id}", fieldCode: "CERT_MEDICO", fileName: "a.pdf" }) ${problem} }`,
        ],
        'a new application for her': [
          'Child',
          sofias,
          (id) =>
            `mutation { startPractice(${input(`templateId: "${templateId}", childId: "${id}"`)}) ${problem} }`,
        ],
        'a debt, paid': [
          'Debt',
          debt?.id ?? '',
          (id) =>
            `mutation { startPayment(${input(`debtIds: ["${id}"], returnUrl: "${town.graphqlUrl}"`)}) ${problem} }`,
        ],
        'a share of her': [
          'Child',
          sofias,
          (id) =>
            `mutation { shareSchoolData(${input(`childId: "${id}", recipientCodiceFiscale: "${marco.codiceFiscale}", scopes: [DIET]`)}) ${problem} }`,
        ],
        'a notice by its number': [
          '',
          debt?.numeroAvviso ?? '',
          (number) => `{ paymentNotice(numeroAvviso: "${number}", creditor: "${creditor}") { amount } }`,
        ],
        'the archive by its number': [
          '',
          debt?.numeroAvviso ?? '',
          (number) =>
            `{ paymentArchive(numeroAvviso: "${number}", creditor: "${creditor}", debtor: "${claudia.codiceFiscale}") { amount } }`,
        ],
        'a notice, paid by its number': [
          '',
          debt?.numeroAvviso ?? '',
          (number) =>
            `mutation { payNotice(${input(`numeroAvviso: "${number}", creditor: "${creditor}", returnUrl: "${town.graphqlUrl}"`)}) ${problem} }`,
        ],
      };
    for (const [door, [type, id, query]] of Object.entries(doors)) {
      const none = type === '' ? noNumber : unknownLike(type, id);
      const [there, nowhere] = [await trace(paolo, query(id)), await trace(paolo, query(none))];
      expect([door, there.answer, there.statements, there.own]).toEqual([
        door,
        nowhere.answer,
        nowhere.statements,
        nowhere.own,
      ]);
      expect([door, there.events.map((event) => event.replaceAll(id, '…'))]).toEqual([
        door,
        nowhere.events.map((event) => event.replaceAll(none, '…')),
      ]);
      expect(there.answer).not.toMatch(/Sofia|PracticeStarted|PaymentStarted/);
    }
    for (const [door, address] of Object.entries(addresses))
      expect([door, (await fetch(address)).status]).toEqual([door, 404]);
    // Lists: of children, household, shares, debts, payments; and the payments of a year as a PDF are those of the
    // list.
    const hidden = await ask(paolo, everything);
    // A debt of his own for her is hidden too.
    const hers = `,{"id":"${createId('Debt', 9_000_902)}"}`;
    expect(before.text).toContain(hers);
    expect([hidden.text, hidden.statements]).toEqual([before.text.replace(hers, ''), before.statements]);
    expect((await ask(paolo, '{ me { household { firstName } practices { totalCount } } }')).data.me).toEqual(
      {
        household: [],
        practices: { totalCount: 0 },
      },
    );
    expect((await ask(paolo, payments)).data.me).toEqual({ payments: { totalCount: 0, edges: [] } });
    // Her code is that of a child whom nobody knows, and what he then sees is what he typed.
    const newChild = {
      codiceFiscale: sofia.codiceFiscale,
      firstName: 'Sofia',
      lastName: 'Bianchi',
      birthDate: '2021-02-18',
    };
    const fresh = await ask(paolo, start, { input: { templateId, newChild, idempotencyKey: randomUUID() } });
    expect(fresh.data.startPractice).toMatchObject({
      __typename: 'PracticeStarted',
      practice: { child: null },
    });
    await lift(operator, asBlock(paolo, { child: sofia.codiceFiscale }));
    await revoke(claudia, given?.id ?? '');
    await own.query('DELETE FROM school_share_key; DELETE FROM school_share');
  });

  it('hides applications filed before it, and takes a new one as for any unknown child', async () => {
    const start = `mutation ($input: StartPracticeInput!) { startPractice(input: $input) { __typename
      ... on PracticeStarted { practice { id title status child { id } answers { code value } } } ... on Problem { code } } }`;
    const templateId = createId('PracticeTemplate', 'ISCR-2026');
    const key = randomUUID();
    const input = { templateId, childId: sofias, idempotencyKey: key };
    const before = (await ask(marco, start, { input })).data.startPractice as unknown as { practice: Node };
    expect(before.practice.id).toEqual(expect.any(String));
    await block(operator, asBlock(marco, { child: sofia.codiceFiscale }));
    const id = before.practice.id;
    expect(
      (await ask(marco, `{ practice(id: "${id}") { id } me { practices { totalCount } } }`)).data,
    ).toEqual({
      practice: null,
      me: { practices: { totalCount: 0 } },
    });
    const save = `mutation { savePractice(input: { practiceId: "${id}", version: 1, answers: [] }) { __typename ... on Problem { code } } }`;
    expect((await ask(marco, save)).data.savePractice).toMatchObject({ code: 'NOT_ALLOWED' });
    expect((await ask(marco, start, { input })).data.startPractice).toMatchObject({ code: 'NOT_ALLOWED' });
    const newChild = {
      codiceFiscale: sofia.codiceFiscale,
      firstName: 'Sofia',
      lastName: 'Bianchi',
      birthDate: '2021-02-18',
    };
    const fresh = { templateId, newChild, idempotencyKey: key };
    const started = (await ask(marco, start, { input: fresh })).data.startPractice as unknown as {
      __typename: string;
      practice: Node & { child: unknown };
    };
    expect(started).toMatchObject({
      __typename: 'PracticeStarted',
      practice: { status: 'DRAFT', child: null },
    });
    expect(started.practice.id).not.toBe(id);
    expect((await ask(marco, start, { input: fresh })).data.startPractice).toMatchObject({
      practice: { id: started.practice.id },
    });
    expect(town.logLines.join('\n')).toContain('protection.application');
    await lift(operator, asBlock(marco, { child: sofia.codiceFiscale }));
    expect((await ask(marco, '{ me { practices { totalCount } } }')).data.me).toEqual({
      practices: { totalCount: 2 },
    });
  });

  it('is refused with a code and a sentence if it is not possible, and is made once', async () => {
    const refusal = async (asked: Partial<NewBlock>) => {
      try {
        await block(operator, asBlock(amina, asked));
        return 'made';
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        return message.length > 20 ? code : message;
      }
    };
    expect(await refusal({ child: 'X' })).toBe('CHILD_INVALID');
    expect(await refusal({ person: '03123450169' })).toBe('PERSON_INVALID');
    expect(await refusal({ person: luca.codiceFiscale })).toBe('SAME_PERSON');
    const typed = luca.codiceFiscale.toLowerCase().replace(/(.{6})/, ' $1\u200B\u00A0\u2060');
    expect(await refusal({ person: typed })).toBe('SAME_PERSON');
    expect(await refusal({ child: typed, until: '2026-10-14' })).toBe('UNTIL_IN_THE_PAST');
    expect(await refusal({ until: '2026-10-14' })).toBe('UNTIL_IN_THE_PAST');
    expect(await refusal({ until: 'tomorrow' })).toBe('UNTIL_IN_THE_PAST');
    expect(await refusal({ reference: ' ' })).toBe('REFERENCE_MISSING');
    expect(await refusal({ until: '2026-10-15' })).toBe('made');
    expect(await refusal({})).toBe('BLOCK_EXISTS');
    expect((await ask(amina, everything)).text).not.toContain(lucas);
    // The day after its last one it is over.
    await own.query(`UPDATE protection_block SET until = '2026-10-14' WHERE lifted_at IS NULL`);
    expect((await ask(amina, everything)).text).toContain(lucas);
    await lift(operator, asBlock(amina));
    await expect(lift(operator, asBlock(amina))).rejects.toMatchObject({ code: 'BLOCK_UNKNOWN' });
  });
});

import { randomUUID } from 'node:crypto';
import { type DocumentNode, execute, parse } from 'graphql';
import pg from 'pg';
import type { CitizenCaller } from '../../core/identity/caller.ts';
import { createId } from '../../core/ids.ts';
import { luca, sofia, tommaso, yasmine } from '../../demo/town/people.ts';
import { seedOwnTown } from '../../demo/town/seed-own-town.ts';
import { keys } from '../../demo/town/subjects.ts';
import { openLegacy } from '../../legacy/open-legacy.ts';
import { createAllSubgraphs } from '../../subgraphs/registry.ts';
import { createRequestContext } from '../../subgraphs/shared/request-context.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph/create-subgraph.ts';
import { testClock } from './databases.ts';
import { openPayingTown, type PayingTown } from './paying-town.ts';
import { claudia, giulia, marco, paolo } from './people.ts';
import { townWithUndecidedApplications } from './undecided-applications.ts';

export const persons = { claudia, marco, giulia, paolo };
export type Name = keyof typeof persons;
export const names = Object.keys(persons) as Name[];
export const children = {
  [luca.codiceFiscale]: keys.luca,
  [sofia.codiceFiscale]: keys.sofia,
  [tommaso.codiceFiscale]: keys.tommaso,
  [yasmine.codiceFiscale]: keys.yasmine,
} as const;

/** All subgraphs in this process, over databases of the test's own, with a clock that the test moves. */
export interface SharingTown extends Omit<PayingTown, 'ask'> {
  readonly subgraphs: readonly Subgraph[];
  readonly legacyDatabase: pg.Client;
  /** Names of the statements sent to the legacy system since this was last emptied. */
  readonly legacyStatements: string[];
  /** One operation against one subgraph, as one request. */
  query(
    subgraph: string,
    source: string,
    caller: CitizenCaller,
    variables?: Record<string, unknown>,
  ): Promise<Answered>;
  /** Whether an address of a document still serves something. */
  isServed(address: string): Promise<boolean>;
}

export interface Answered {
  readonly data: Record<string, unknown>;
  readonly errors?: readonly unknown[];
}

export async function openSharingTown(): Promise<SharingTown> {
  const legacyUrl = await townWithUndecidedApplications();
  const legacyStatements: string[] = [];
  const legacy = openLegacy({
    vendor: 'hypersic',
    url: legacyUrl,
    observe: (name) => void legacyStatements.push(name),
    statementTimeoutMs: 15_000,
  });
  const [town, subgraphs] = await Promise.all([openPayingTown({ legacy }), createAllSubgraphs()]);
  await seedOwnTown((town.owner.options as { readonly url: string }).url, testClock);
  const legacyDatabase = new pg.Client(legacyUrl);
  await legacyDatabase.connect();
  const documents = new Map<string, DocumentNode>();
  // Not validated: fields of one name have other types in other entities, which no execution minds.
  const parsed = (source: string) => {
    const document = documents.get(source) ?? parse(source);
    documents.set(source, document);
    return document;
  };
  const found = (name: string) => {
    const subgraph = subgraphs.find((one) => one.name === name);
    if (subgraph === undefined) throw new Error(`There is no subgraph ${name}.`);
    return subgraph;
  };
  const contextOf = (caller: CitizenCaller) =>
    createRequestContext(town.services, { caller, requestId: randomUUID(), language: 'it' });
  return {
    ...town,
    subgraphs,
    legacyDatabase,
    legacyStatements,
    async query(name, source, caller, variables = {}) {
      const subgraph = found(name);
      const answer = await execute({
        schema: subgraph.schema,
        document: parsed(source),
        contextValue: contextOf(caller),
        variableValues: variables,
      });
      return JSON.parse(JSON.stringify(answer));
    },
    async isServed(address) {
      const [, , name = '', sealed = ''] = new URL(address).pathname.split('/');
      const grant = town.services.documents.read(name, sealed);
      if (grant === null || grant === 'expired') return false;
      const source = found(name).documents[grant.kind];
      return (await source?.(contextOf(grant.caller as CitizenCaller), grant.parts)) != null;
    },
    async close() {
      // The tables of our own are closed with the file's other ones.
      await Promise.all([legacyDatabase.end(), legacy.close()]);
    },
  };
}

/**
 * One thing and one person who would see it if nobody shared or hid anything: plain SQL, as docs/access.md words it.
 */
export interface Fact {
  readonly type: string;
  readonly id: string;
  readonly person: string;
  /** The codice fiscale of the child that it is about. */
  readonly child: string | null;
  /** Whether shares open it: a child, and what belongs to an accepted application. */
  readonly isGivable: boolean;
  /** Since when it is known here; hidden only if that was before the block. Null: whenever. */
  readonly since: number | null;
  readonly notice: { readonly number: string; readonly creditor: string } | null;
}

const accepted = `d."STATO" IN ('A', 'S', 'C')`;
const filed = `"SDI_DOMANDE" d JOIN "AN_SOGG" me ON me."COD_SOGG" = d."COD_RICH" JOIN "AN_SOGG" s ON s."COD_SOGG" = d."COD_ALUN"`;
const billed = `${filed} JOIN "SDI_FATT" f ON d."ANNO_DOM" = f."ANNO_DOM" AND d."NUM_DOM" = f."NUM_DOM"`;
const isHousehold = `me."COD_FAM" <> '' AND s."COD_FAM" = me."COD_FAM"`;
const position = `"PAG_POSIZ" p LEFT JOIN "SDI_FATT" f ON f."ANNO_FATT" = p."ANNO_FATT" AND f."NUM_FATT" = p."NUM_FATT"
  LEFT JOIN "AN_SOGG" s ON s."COD_SOGG" = COALESCE(NULLIF(p."COD_ALUN", ''), f."COD_ALUN")`;
const row = (
  type: string,
  key: string,
  person: string,
  isGivable: string,
  from: string,
  more = `NULL, NULL`,
) =>
  `SELECT '${type}' AS type, ${key} AS key, trim(${person}) AS person, trim(s."COD_FISC") AS child, ${isGivable} AS givable, ${more} FROM ${from}`;

const facts = [
  row(
    'Child',
    `trim(s."COD_SOGG")`,
    `me."COD_FISC"`,
    'true',
    `${filed} WHERE ${accepted}`,
    `NULL AS notice, NULL AS creditor`,
  ),
  row(
    'Child',
    `trim(s."COD_SOGG")`,
    `me."COD_FISC"`,
    'false',
    `"AN_SOGG" s JOIN "AN_SOGG" me ON ${isHousehold} AND s."COD_SOGG" <> me."COD_SOGG"
    WHERE s."DATA_NASC" > $1::date - interval '18 years'`,
  ),
  row(
    'Enrolment',
    `concat_ws('/', d."ANNO_DOM", d."NUM_DOM")`,
    `me."COD_FISC"`,
    accepted,
    `${filed} WHERE ${accepted} OR (d."STATO" <> 'R' AND ${isHousehold})`,
  ),
  row(
    'Invoice',
    `concat_ws('/', f."ANNO_FATT", f."NUM_FATT")`,
    `me."COD_FISC"`,
    'true',
    `${billed} WHERE ${accepted}`,
  ),
  row(
    'Instalment',
    `concat_ws('/', r."ANNO_FATT", r."NUM_FATT", r."NUM_RATA")`,
    `me."COD_FISC"`,
    'true',
    `${billed} JOIN "SDI_FATT_RATE" r ON f."ANNO_FATT" = r."ANNO_FATT" AND f."NUM_FATT" = r."NUM_FATT" WHERE ${accepted}`,
  ),
  row('Debt', `p."ID_POS"::text`, `p."COD_DEB"`, 'true', position, `trim(p."COD_AVVISO"), trim(p."CF_ENTE")`),
  row(
    'Payment',
    `q."ID_RICEV"::text`,
    `who.code`,
    'false',
    `${position} JOIN "PAG_RICEV" q ON q."ID_POS" = p."ID_POS"
    CROSS JOIN LATERAL (VALUES (p."COD_DEB"), (q."COD_PAG")) AS who (code)`,
  ),
  row(
    'Practice',
    `concat('L/', i."COD_PRAT")`,
    `me."COD_FISC"`,
    'false',
    `"PRAT_ISTANZE" i JOIN "AN_SOGG" me ON me."COD_SOGG" = i."COD_RICH" LEFT JOIN "AN_SOGG" s ON s."COD_SOGG" = i."COD_ALUN"`,
  ),
  row(
    'Protocollo',
    `g."COD_PROT"::text`,
    `me."COD_FISC"`,
    'false',
    `"PROT_GEN" g JOIN "AN_SOGG" me ON me."COD_SOGG" = g."COD_MITT"
    LEFT JOIN "PRAT_ISTANZE" i ON i."COD_PROT" = g."COD_PROT" LEFT JOIN "AN_SOGG" s ON s."COD_SOGG" = i."COD_ALUN"`,
  ),
].join(' UNION ');

/** What each of the persons would see by themselves now. */
export async function factsOf(town: SharingTown): Promise<readonly Fact[]> {
  const codes = Object.values(persons).map(({ codiceFiscale }) => codiceFiscale);
  const { rows } = await town.legacyDatabase.query(
    `SELECT * FROM (${facts}) AS all_facts WHERE person = ANY($2)`,
    [town.services.clock.today(), codes],
  );
  const practices = await town.owner.query(
    `SELECT id, applicant AS person, child->>'codiceFiscale' AS child, created_at AS since FROM practice`,
  );
  const receipts = await town.owner.query(
    `SELECT r.receipt_id AS id, who.code AS person, i.child_key AS child FROM payment_receipt r
     JOIN LATERAL (SELECT child_key FROM payment_session_item i WHERE i.iuv = r.iuv LIMIT 1) i ON true
     CROSS JOIN LATERAL (VALUES (r.debtor), (coalesce(r.payer, 'nobody'))) AS named (code)
     CROSS JOIN LATERAL (SELECT CASE named.code WHEN 'nobody' THEN (SELECT owner FROM payment_session WHERE cart_id::text = r.cart_id)
       ELSE named.code END AS code) AS who WHERE r.settles AND who.code IS NOT NULL`,
  );
  const codeOf = new Map<string, string>(Object.entries(children).map(([code, key]) => [key, code]));
  return [
    ...rows.map(({ type, key, person, child, givable, notice, creditor }) => ({
      type,
      id: createId(type, ...key.split('/')),
      person,
      child,
      isGivable: givable,
      since: null,
      notice: notice ? { number: notice, creditor } : null,
    })),
    ...practices.map(
      ({ id, person, child, since }: { id: string; person: string; child: string | null; since: Date }) => ({
        type: 'Practice',
        id: createId('Practice', 'O', id),
        person,
        child,
        isGivable: false,
        since: since.getTime(),
        notice: null,
      }),
    ),
    ...receipts.map(({ id, person, child }: Record<string, string>) => ({
      type: 'Payment',
      id: createId('Payment', id ?? ''),
      person: person ?? '',
      child: codeOf.get(child ?? '') ?? null,
      isGivable: false,
      since: null,
      notice: null,
    })),
  ];
}

import type { DataSource } from 'typeorm';
import type { Caller } from '../../core/identity/caller.ts';
import { createId } from '../../core/ids.ts';
import { parseInstant, toInstant } from '../../core/values/index.ts';
import type { EntryKey, FileKey, PracticeKey } from '../../legacy/ports/keys.ts';
import type { PracticeRecord, PracticesPort, ProtocolloRecord } from '../../legacy/ports/practices.port.ts';
import { createPracticesSubgraph } from '../../subgraphs/practices/index.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph/create-subgraph.ts';
import { askSubgraph, type FakeLegacy } from './ask-subgraph.ts';
import { childKey, pageOf, registeredChild } from './billing-town.ts';
import { claudia } from './people.ts';

let built: Promise<Subgraph> | undefined;
export function practicesSubgraph(): Promise<Subgraph> {
  built ??= createPracticesSubgraph();
  return built;
}

export const elsewhere = (key: number) => createId('Practice', 'L', key);

export function entryOf(key: number): ProtocolloRecord {
  return {
    key: String(key) as EntryKey,
    number: 2_000 + key,
    year: 2026,
    registeredAt: parseInstant('2026-09-01T06:31:02Z'),
    subject: 'Richiesta dieta speciale',
    status: 'REGISTERED',
    outcome: null,
    practiceKey: String(key) as PracticeKey,
  };
}

/** A practice filed on the previous portal, later ones on later days of September; its papers are 1 and 2. */
export function filed(key: number, more: Partial<PracticeRecord> = {}): PracticeRecord {
  const at = toInstant(new Date(Date.UTC(2026, 8, key, 6, 30)));
  const file = (paper: number) => ({
    key: String(paper) as FileKey,
    fileName: `carta-${paper}.pdf`,
    mediaType: 'application/pdf',
    sizeBytes: 4,
    sha256: null,
  });
  return {
    key: String(key) as PracticeKey,
    title: `Pratica ${key}`,
    channel: 'PREVIOUS_PORTAL',
    status: 'ACCEPTED',
    childKey: childKey(1),
    createdAt: at,
    updatedAt: at,
    entryKey: String(key) as EntryKey,
    protocollo: entryOf(key),
    history: [{ at, status: 'REGISTERED', note: 'Protocollata' }],
    documents: [
      { sequence: 1, isOutcome: true, title: 'Certificazione', issuedAt: at, file: file(11) },
      { sequence: 2, isOutcome: false, title: 'Certificato medico', issuedAt: at, file: file(12) },
    ],
    ...more,
  };
}

/** A legacy system where the caller filed what is given, with two children, and the number of calls of each port. */
export function practicesTown(records: readonly PracticeRecord[] = [], answers: Partial<PracticesPort> = {}) {
  const asked: { readonly method: string; readonly args: readonly unknown[] }[] = [];
  const port: Partial<PracticesPort> = {
    practicesOf: async (codes) => codes.map((code) => (code === claudia.codiceFiscale ? records : [])),
    protocolliOf: async (who, _, { first }) => who.map(() => pageOf([entryOf(3), entryOf(2)], first)),
    protocolli: async (_, keys) =>
      keys.map((key) => (key === '3' || key === '2' ? entryOf(Number(key)) : null)),
    ...answers,
  };
  const children = [registeredChild(1), registeredChild(2)];
  const legacy: FakeLegacy = {
    anagrafe: { familiesOf: async (codes) => codes.map(() => ({ citizen: null, household: [], children })) },
    practices: new Proxy(port, {
      get: (target, method: string) => {
        const answer = Reflect.get(target, method) as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          asked.push({ method, args });
          return answer(...args);
        };
      },
    }),
  };
  return { legacy, calls: asked, asked: () => asked.map(({ method }) => method).sort() };
}

export async function askPractices(
  query: string,
  legacy: FakeLegacy,
  database: DataSource,
  as: Caller = claudia,
  variables: Record<string, unknown> = {},
) {
  const { schema } = await practicesSubgraph();
  return askSubgraph(schema, query, as, legacy, variables, database);
}

/** What the gateway asks of entities that another subgraph pointed to. */
export async function askPracticeEntities(
  selection: string,
  legacy: FakeLegacy,
  database: DataSource,
  of: readonly { readonly __typename: string; readonly id: string }[],
  as: Caller = claudia,
) {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { __typename ${selection} } }`;
  return askPractices(query, legacy, database, as, { of });
}

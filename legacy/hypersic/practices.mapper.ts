import { keepIncomplete, orThrow } from '../../core/unreadable.ts';
import type { ChildKey } from '../ports/anagrafe.port.ts';
import type {
  EntryProgress,
  IntegrationRequestRecord,
  PracticeCategoryRecord,
  PracticeRecord,
  PracticeStatusRecord,
  ProtocolloCursor,
  ProtocolloRecord,
  ServiceAreaRecord,
} from '../ports/practices.port.ts';
import { groups } from './by-key.ts';
import { flag, localInstant, optionalDate, text, trimmed } from './formats.ts';
import { toFile } from './invoice.mapper.ts';
import { toKey, toKeyOrNull } from './keys.ts';
import type {
  AreaRow,
  CategoryRow,
  EntryProgressRow,
  EntryRow,
  PracticeRow,
} from './practices.statements.ts';
import { contractBroken } from './wire/errors.ts';
import { readRow, readRows, unlessBroken } from './wire/read-rows.ts';

/** The rows of one area, one for each service. */
export function toArea(rows: readonly [AreaRow, ...AreaRow[]]): ServiceAreaRecord {
  const [area] = rows;
  const services = readRows(
    rows.filter((row) => row.COD_VOCE !== null),
    toService,
  );
  return keepIncomplete(services, {
    code: trimmed(area.COD_AREA),
    title: trimmed(area.TITOLO),
    description: trimmed(area.DESCR),
    url: text(area.URL),
    services,
  });
}

function toService(row: AreaRow): ServiceAreaRecord['services'][number] {
  return {
    code: trimmed(row.COD_VOCE),
    title: trimmed(row.V_TITOLO),
    description: trimmed(row.V_DESCR),
    requiresSignIn: flag(row.RICH_LOGIN ?? 0, 'PORT_VOCI.RICH_LOGIN'),
    url: text(row.V_URL),
  };
}

export function toCategory(rows: readonly [CategoryRow, ...CategoryRow[]]): PracticeCategoryRecord {
  const [category] = rows;
  return {
    code: trimmed(category.COD_CAT),
    title: trimmed(category.TITOLO),
    notice: text(category.AVVISO),
    procedures: rows.flatMap(({ COD_PROC, P_TITOLO }) =>
      COD_PROC === null ? [] : { code: trimmed(COD_PROC), title: trimmed(P_TITOLO) },
    ),
  };
}

export function toEntry(row: EntryRow): ProtocolloRecord {
  return {
    key: toKey(row.COD_PROT),
    number: row.NUMERO,
    year: row.ANNO,
    registeredAt: localInstant(row.DATA_REG, 'PROT_GEN.DATA_REG'),
    subject: trimmed(row.OGGETTO),
    status: toStatus(row.I_STATO ?? row.STATO),
    outcome: text(row.ESITO),
    practiceKey: toKeyOrNull(row.COD_PRAT),
  };
}

export function toEntryCursor(row: EntryRow): ProtocolloCursor {
  return { key: toKey(row.COD_PROT), registeredAt: localInstant(row.DATA_REG, 'PROT_GEN.DATA_REG') };
}

/** The rows of one practice, one for each event or document. */
export function toPractice(rows: readonly [PracticeRow, ...PracticeRow[]]): PracticeRecord {
  const [practice] = rows;
  return {
    key: toKey(practice.COD_PRAT),
    title: trimmed(practice.OGGETTO),
    channel: channels[trimmed(practice.CANALE)] ?? contractBroken('PRAT_ISTANZE.CANALE', 'W, S or O'),
    status: toStatus(practice.STATO),
    childKey: text(practice.COD_ALUN) as ChildKey | null,
    createdAt: localInstant(practice.DATA_INS, 'PRAT_ISTANZE.DATA_INS'),
    updatedAt: localInstant(practice.DATA_AGG, 'PRAT_ISTANZE.DATA_AGG'),
    entryKey: toKeyOrNull(practice.COD_PROT),
    protocollo: unlessBroken('protocollo', () => toOwnEntry(practice)),
    history: readRows(
      rows.filter((row) => row.SPECIE === 'E'),
      toEvent,
    ),
    documents: readRows(
      rows.filter((row) => row.SPECIE === 'D'),
      toDocument,
    ),
  };
}

function toOwnEntry(row: PracticeRow): ProtocolloRecord | null {
  const { COD_PROT, ANNO, NUMERO } = row;
  if (COD_PROT === null || ANNO === null || NUMERO === null) return null;
  return {
    key: toKey(COD_PROT),
    number: NUMERO,
    year: ANNO,
    registeredAt: localInstant(row.DATA_REG, 'PROT_GEN.DATA_REG'),
    subject: trimmed(row.P_OGGETTO),
    status: toStatus(row.STATO),
    outcome: text(row.ESITO),
    practiceKey: toKeyOrNull(row.COD_PRAT),
  };
}

function toEvent(row: PracticeRow): PracticeRecord['history'][number] {
  return {
    at: localInstant(row.MOMENTO, 'PRAT_EVENTI.DATA_ORA'),
    status: toStatus(row.CODICE),
    note: text(row.TESTO),
  };
}

function toDocument(row: PracticeRow): PracticeRecord['documents'][number] {
  return {
    sequence: row.PROGR ?? contractBroken('PRAT_DOC.PROGR', 'a number'),
    isOutcome: trimmed(row.CODICE) === 'E',
    title: trimmed(row.TESTO),
    issuedAt: localInstant(row.MOMENTO, 'PRAT_DOC.DATA_EMI'),
    file: toFile(row),
  };
}

/** The rows of one entry. The office's record of its practice has more detail than the entry itself. */
export function toEntryProgress(rows: readonly [EntryProgressRow, ...EntryProgressRow[]]): EntryProgress {
  const [entry] = rows;
  const requests = groups(
    rows.filter((row) => row.PROGR !== null),
    (row) => String(row.PROGR),
  );
  const doubles = groups(
    rows.filter((row) => row.D_COD_PROT !== null),
    (row) => String(row.D_COD_PROT),
  );
  return {
    key: toKey(entry.COD_PROT),
    status: toStatus(entry.STATO ?? entry.P_STATO),
    outcome: text(entry.ESITO),
    changedAt: entry.DATA_AGG === null ? null : localInstant(entry.DATA_AGG, 'PRAT_ISTANZE.DATA_AGG'),
    childKey: text(entry.COD_ALUN) as ChildKey | null,
    integrationRequests: requests.map((request) => orThrow(readRow(request, toRequest))),
    doubles: doubles.map(([{ D_COD_PROT, D_NUMERO, D_ANNO }]) => ({
      key: toKey(D_COD_PROT ?? 0),
      number: D_NUMERO ?? 0,
      year: D_ANNO ?? 0,
    })),
  };
}

function toRequest(rows: readonly [EntryProgressRow, ...EntryProgressRow[]]): IntegrationRequestRecord {
  const [request] = rows;
  const files = groups(
    rows.filter((row) => row.COD_ALLEG !== null),
    (row) => row.COD_ALLEG ?? '',
  );
  return {
    sequence: request.PROGR ?? 0,
    requestedAt: localInstant(request.DATA_RICH, 'PRAT_INTEGR.DATA_RICH'),
    message: trimmed(request.TESTO),
    dueOn: optionalDate('dueOn', request.DATA_SCAD, 'PRAT_INTEGR.DATA_SCAD'),
    attachments: files.map(([file]) => ({
      code: trimmed(file.COD_ALLEG),
      label: trimmed(file.DESCR),
      required: flag(file.OBBLIGO ?? 0, 'PRAT_INTEGR_ALL.OBBLIGO'),
      mediaTypes: (text(file.TIPI_MIME) ?? '').split(';').filter(Boolean),
      maxBytes: file.MAX_BYTE === 0 ? null : file.MAX_BYTE,
    })),
  };
}

function toStatus(code: string | null): PracticeStatusRecord {
  return statuses[trimmed(code)] ?? 'UNKNOWN';
}

// The codes are our design; README.md lists them.
const statuses: Readonly<Record<string, PracticeStatusRecord>> = {
  RE: 'REGISTERED',
  IN: 'INTEGRATION_REQUESTED',
  AC: 'ACCEPTED',
  RI: 'REJECTED',
  RT: 'WITHDRAWN',
};
const channels: Readonly<Record<string, PracticeRecord['channel']>> = {
  W: 'PREVIOUS_PORTAL',
  S: 'COUNTER',
  O: 'ONLINE',
};

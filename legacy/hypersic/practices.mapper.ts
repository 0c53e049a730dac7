import type { ChildKey } from '../ports/anagrafe.port.ts';
import type {
  PracticeCategoryRecord,
  PracticeRecord,
  ProtocolloRecord,
  RegisteredPracticeStatus,
  ServiceAreaRecord,
} from '../ports/practices.port.ts';
import { contractBroken } from './errors.ts';
import { flag, localInstant, requiredText, text } from './formats.ts';
import { toFile } from './invoice.mapper.ts';
import type { AreaRow, CategoryRow, EntryRow, PracticeRow } from './practices.statements.ts';

/** The rows of one area, one a service. */
export function toArea(rows: readonly [AreaRow, ...AreaRow[]]): ServiceAreaRecord {
  const [area] = rows;
  return {
    code: area.COD_AREA.trim(),
    title: requiredText(area.TITOLO, 'PORT_AREE.TITOLO'),
    description: requiredText(area.DESCR, 'PORT_AREE.DESCR'),
    url: text(area.URL),
    services: rows.flatMap((row) =>
      row.COD_VOCE === null
        ? []
        : {
            code: row.COD_VOCE.trim(),
            title: requiredText(row.V_TITOLO, 'PORT_VOCI.TITOLO'),
            description: requiredText(row.V_DESCR, 'PORT_VOCI.DESCR'),
            requiresSignIn: flag(row.RICH_LOGIN ?? 0, 'PORT_VOCI.RICH_LOGIN'),
            url: text(row.V_URL),
          },
    ),
  };
}

export function toCategory(rows: readonly [CategoryRow, ...CategoryRow[]]): PracticeCategoryRecord {
  const [category] = rows;
  return {
    code: category.COD_CAT.trim(),
    title: requiredText(category.TITOLO, 'PRAT_CATEG.TITOLO'),
    notice: text(category.AVVISO),
    procedures: rows.flatMap(({ COD_PROC, P_TITOLO }) =>
      COD_PROC === null ? [] : { code: COD_PROC.trim(), title: requiredText(P_TITOLO, 'PRAT_PROC.TITOLO') },
    ),
  };
}

export function toEntry(row: EntryRow): ProtocolloRecord {
  return {
    key: row.COD_PROT,
    number: row.NUMERO,
    year: row.ANNO,
    registeredAt: localInstant(row.DATA_REG, 'PROT_GEN.DATA_REG'),
    subject: requiredText(row.OGGETTO, 'PROT_GEN.OGGETTO'),
    status: toStatus(row.STATO),
    outcome: text(row.ESITO),
    practiceKey: row.COD_PRAT,
  };
}

/** The rows of one practice, one an event or document. */
export function toPractice(rows: readonly [PracticeRow, ...PracticeRow[]]): PracticeRecord {
  const [practice] = rows;
  return {
    key: practice.COD_PRAT,
    title: requiredText(practice.OGGETTO, 'PRAT_ISTANZE.OGGETTO'),
    channel: channels[practice.CANALE] ?? contractBroken('PRAT_ISTANZE.CANALE', 'W or S'),
    status: toStatus(practice.STATO),
    childKey: text(practice.COD_ALUN) as ChildKey | null,
    createdAt: localInstant(practice.DATA_INS, 'PRAT_ISTANZE.DATA_INS'),
    updatedAt: localInstant(practice.DATA_AGG, 'PRAT_ISTANZE.DATA_AGG'),
    protocollo: toOwnEntry(practice),
    history: rows.filter((row) => row.SPECIE === 'E').map(toEvent),
    documents: rows.filter((row) => row.SPECIE === 'D').map(toDocument),
  };
}

function toOwnEntry(row: PracticeRow): ProtocolloRecord | null {
  const { COD_PROT, ANNO, NUMERO } = row;
  if (COD_PROT === null || ANNO === null || NUMERO === null) return null;
  return {
    key: COD_PROT,
    number: NUMERO,
    year: ANNO,
    registeredAt: localInstant(row.DATA_REG, 'PROT_GEN.DATA_REG'),
    subject: requiredText(row.P_OGGETTO, 'PROT_GEN.OGGETTO'),
    status: toStatus(row.P_STATO ?? ''),
    outcome: text(row.ESITO),
    practiceKey: row.COD_PRAT,
  };
}

function toEvent(row: PracticeRow): PracticeRecord['history'][number] {
  return {
    at: localInstant(row.MOMENTO, 'PRAT_EVENTI.DATA_ORA'),
    status: toStatus(row.CODICE ?? ''),
    note: text(row.TESTO),
  };
}

function toDocument(row: PracticeRow): PracticeRecord['documents'][number] {
  return {
    sequence: row.PROGR ?? contractBroken('PRAT_DOC.PROGR', 'a number'),
    isOutcome: row.CODICE?.trim() === 'E',
    title: requiredText(row.TESTO, 'PRAT_DOC.DESCR'),
    issuedAt: localInstant(row.MOMENTO, 'PRAT_DOC.DATA_EMI'),
    file: toFile(row),
  };
}

function toStatus(code: string): RegisteredPracticeStatus {
  return statuses[code.trim()] ?? 'UNKNOWN';
}

// Codes of ours; README.md lists them.
const statuses: Readonly<Record<string, RegisteredPracticeStatus>> = {
  RE: 'REGISTERED',
  IN: 'INTEGRATION_REQUESTED',
  AC: 'ACCEPTED',
  RI: 'REJECTED',
  RT: 'WITHDRAWN',
};
const channels: Readonly<Record<string, PracticeRecord['channel']>> = { W: 'PREVIOUS_PORTAL', S: 'COUNTER' };

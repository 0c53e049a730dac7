import { orThrow } from '../../core/unreadable.ts';
import { type CodiceFiscale, codiceFiscaleAsHeld, type PartitaIva } from '../../core/values/index.ts';
import type {
  BusinessRecord,
  ChildKey,
  ChildRecord,
  ChildRegistration,
  CitizenRecord,
  Family,
  MunicipalityRecord,
  PostalAddress,
  RelativeRecord,
} from '../ports/anagrafe.port.ts';
import type {
  BusinessRow,
  FamilyRow,
  MunicipalityRow,
  RegistrationRow,
  SubjectRow,
} from './anagrafe.statements.ts';
import { groups } from './by-key.ts';
import { codiceFiscale, optionalDate, requiredDate, text, trimmed } from './formats.ts';
import { readRow, readRows } from './wire/read-rows.ts';

/**
 * The rows around one citizen, and those of children shared with the citizen. A legacy system that holds the citizen twice is
 * read as its first record.
 */
export function toFamily(rows: readonly FamilyRow[], shared: readonly FamilyRow[]): Family {
  const others = rows.filter((row) => row.E_CITT === 0);
  const citizen = rows.find((row) => row.E_CITT === 1);
  return {
    citizen: citizen === undefined ? null : orThrow(readRow(citizen, toCitizen)),
    // [INFER] Members without a birth date are unfinished records: households leave them out.
    household: readRows(
      others.filter((row) => row.E_CONV === 1 && row.DATA_NASC !== null),
      toRelative,
    ),
    children: readRows(childrenIn(others, shared), toChild),
  };
}

interface ChildRow extends FamilyRow {
  readonly sharedBy: readonly CodiceFiscale[];
}

/** One row a child, in the order of all: eldest first, then by key; those without a birth date last. */
function childrenIn(others: readonly FamilyRow[], shared: readonly FamilyRow[]): readonly ChildRow[] {
  const orderOf = (row: FamilyRow) => `${row.DATA_NASC ?? '9999-99-99'} ${row.COD_SOGG}`;
  const sorted = [...others, ...shared].sort((a, b) =>
    orderOf(a) === orderOf(b) ? 0 : orderOf(a) < orderOf(b) ? -1 : 1,
  );
  return groups(sorted, (row) => trimmed(row.COD_SOGG)).map((rows) => ({
    ...rows[0],
    E_CONV: Math.max(...rows.map(({ E_CONV }) => E_CONV)),
    E_DOM: Math.max(...rows.map(({ E_DOM }) => E_DOM)),
    sharedBy: rows.flatMap(({ CF_COND }) =>
      trimmed(CF_COND) === '' ? [] : [codiceFiscaleAsHeld(trimmed(CF_COND))],
    ),
  }));
}

export function toBusiness(row: BusinessRow): BusinessRecord {
  return {
    partitaIva: trimmed(row.PART_IVA) as PartitaIva,
    name: trimmed(row.RAG_SOC),
  };
}

export function toChildRegistration([row]: readonly RegistrationRow[]): ChildRegistration {
  return registrations[row?.POSTO ?? -1] ?? 'UNKNOWN_CHILD';
}

const registrations: Readonly<Record<number, ChildRegistration>> = {
  0: 'NOT_RESIDENT',
  1: 'APPLICANTS_HOUSEHOLD',
  2: 'OTHER_HOUSEHOLD',
};

export function toMunicipality(rows: readonly MunicipalityRow[]): MunicipalityRecord | null {
  const [first] = rows;
  if (first === undefined) return null;
  return {
    name: trimmed(first.DESCR),
    province: trimmed(first.PROV),
    codiceFiscale: codiceFiscaleAsHeld(trimmed(first.CF_ENTE)),
    offices: rows.flatMap(({ UFFICIO, TELEF, E_MAIL }) =>
      UFFICIO === null ? [] : [{ name: trimmed(UFFICIO), phone: text(TELEF), email: text(E_MAIL) }],
    ),
  };
}

function toCitizen(row: SubjectRow): CitizenRecord {
  return {
    codiceFiscale: codiceFiscaleAsHeld(trimmed(row.COD_FISC)),
    firstName: trimmed(row.NOME),
    lastName: trimmed(row.COGNOME),
    birthDate: optionalDate('birthDate', row.DATA_NASC, 'AN_SOGG.DATA_NASC'),
    residence: toAddress(row),
    email: text(row.E_MAIL),
    phone: text(row.TELEF),
  };
}

function toRelative(row: SubjectRow): RelativeRecord {
  return {
    firstName: trimmed(row.NOME),
    lastName: trimmed(row.COGNOME),
    birthDate: requiredDate(row.DATA_NASC, 'AN_SOGG.DATA_NASC'),
    relationship: relationships[trimmed(row.COD_PAR)] ?? 'non indicato',
  };
}

function toChild(row: ChildRow): ChildRecord {
  const isInHousehold = row.E_CONV === 1;
  return {
    key: trimmed(row.COD_SOGG) as ChildKey,
    codiceFiscale: codiceFiscale(row.COD_FISC) ?? codiceFiscaleAsHeld(''),
    firstName: trimmed(row.NOME),
    lastName: trimmed(row.COGNOME),
    birthDate: optionalDate('birthDate', row.DATA_NASC, 'AN_SOGG.DATA_NASC'),
    birthPlace: text(row.COM_NASC),
    residence: isInHousehold ? toAddress(row) : null,
    isInHousehold,
    hasApplication: row.E_DOM === 1,
    sharedBy: row.sharedBy,
  };
}

function toAddress(row: SubjectRow): PostalAddress | null {
  const [street, postalCode, town] = [text(row.IND_VIA), text(row.IND_CAP), text(row.IND_COM)];
  if (street === null || postalCode === null || town === null) return null;
  return { street, houseNumber: text(row.IND_CIV), postalCode, town, province: text(row.IND_PROV) };
}

// [INFER] Our reading of hyperSIC's codes; README.md lists them.
const relationships: Readonly<Record<string, string>> = {
  IS: 'intestatario/a della scheda',
  CG: 'coniuge',
  CV: 'convivente',
  FG: 'figlio/a',
  GE: 'genitore',
  AL: 'altro',
};

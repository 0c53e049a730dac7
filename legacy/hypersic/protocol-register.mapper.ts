import { cutText, instantToRomeLocal } from '../../core/values/index.ts';
import type { NewEntry, ProtocolEntry, SenderKey } from '../ports/protocol-register.port.ts';
import { type Culture, soapInstant, text, wholeNumber } from './formats.ts';
import { toKey } from './keys.ts';
import type { DataRow, DataTable } from './wire/data-set.ts';
import { contractBroken } from './wire/errors.ts';

/** This municipality's settings for entries. */
export interface ProtocolRegisterHabits {
  readonly culture: Culture;
  /** Titolario of entries; null if the protocol register has none. */
  readonly classification: string | null;
  /** Code of the office that receives; null if entries are sorted by hand. */
  readonly office: string | null;
}

/**
 * A row of GetProtocolloGenerale.
 *
 * Shape: { codice: '10000007', numero: '5007', data: '15/10/2026 9.00.00' }
 * Source: [SPEC] §5.3; the number is called `numero` here and `numero_protocollo` after an insert.
 */
export function toEntryRead(row: DataRow, { culture }: ProtocolRegisterHabits): ProtocolEntry {
  const registeredAt = soapInstant(row.data, culture, 'protocollo.data');
  return entry(row.codice, row.numero, registeredAt);
}

/**
 * The row that InsertProtocolloGenerale returns.
 *
 * Shape: { codice: '10000007', numero_protocollo: '5007', data_protocollo: '15/10/2026', ora_protocollo: '9.00.00'
 * }
 *
 * Source: [SPEC] §5.3, [CLIENT] §2: date and time apart.
 */
export function toEntryInserted(row: DataRow, { culture }: ProtocolRegisterHabits): ProtocolEntry {
  const moment = `${row.data_protocollo ?? ''} ${row.ora_protocollo ?? ''}`;
  return entry(row.codice, row.numero_protocollo, soapInstant(moment, culture, 'protocollo.data_protocollo'));
}

function entry(
  key: string | undefined,
  number: string | undefined,
  registeredAt: ProtocolEntry['registeredAt'],
): ProtocolEntry {
  return {
    key: toKey(wholeNumber(key, 'protocollo.codice')),
    number: wholeNumber(number, 'protocollo.numero'),
    // [CLIENT] §2: no field holds the year; it is taken from the date.
    year: Number(instantToRomeLocal(registeredAt).slice(0, 4)),
    registeredAt,
  };
}

export function toSenderKey(row: DataRow | undefined): SenderKey {
  return (text(row?.codice ?? null) ?? contractBroken('corrispondente.codice', 'a key')) as SenderKey;
}

/** The DataSet `protocolli` of an insert. Source: [SPEC] §5.3; the columns in the order of the schema. */
export function toEntryTables(
  { subject, sender, previous }: NewEntry,
  { classification, office }: ProtocolRegisterHabits,
): readonly DataTable[] {
  const protocollo = {
    // [CLIENT] §5.4: A is arrivo.
    tipologia: 'A',
    oggetto: subject,
    ...(classification === null ? {} : { classificazione: classification }),
    ...(previous === null
      ? {}
      : {
          numero_protocollo_precedente: String(previous.number),
          anno_protocollo_precedente: String(previous.year),
        }),
  };
  return [
    { name: 'protocollo', columns: entryColumns, rows: [protocollo] },
    {
      name: 'mittente',
      columns: senderColumns,
      rows: [{ codice: sender.key, descrizione: shortName(sender.name) }],
    },
    // [CLIENT] §5.4: offices are correspondents too, identified by their office code.
    { name: 'destinatario', columns: recipientColumns, rows: office === null ? [] : [{ codice: office }] },
  ];
}

/** [CLIENT] §5.4: an integrator cuts `descrizione` to 100 characters. */
export function shortName(name: string): string {
  return cutText(name, 100);
}

export const entryColumns = [
  'tipologia',
  'oggetto',
  'classificazione',
  'fascicolo',
  'anno_fascicolo',
  'riservato',
  'codice_procedimento',
  'numero_protocollo_precedente',
  'anno_protocollo_precedente',
  'numero_protocollo_riferimento',
  'data_protocollo_riferimento',
  'fogli_protocollo_riferimento',
  'annotazione',
] as const;

export const senderColumns = [
  'codice',
  'descrizione',
  'indirizzo',
  'cap',
  'codice_comune',
  'descrizione_comune',
] as const;

export const recipientColumns = [
  'codice',
  'descrizione',
  'indirizzo',
  'cap',
  'codice_comune',
  'descrizione_comune',
  'per_conoscenza',
  'codice_spedizione',
  'codice_ufficio',
  'descrizione_ufficio',
  'codice_processo',
  'email',
] as const;

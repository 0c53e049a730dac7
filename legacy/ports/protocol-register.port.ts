import type { Brand } from '../../core/values/brand.ts';
import type { CalendarDate, CodiceFiscale, Instant } from '../../core/values/index.ts';
import type { EntryKey } from './keys.ts';

/** The protocol register's key of a sender. */
export type SenderKey = Brand<string, 'SenderKey'>;

export interface NewSender {
  /** Codice fiscale or partita IVA. */
  readonly codiceFiscale: CodiceFiscale;
  /** Surname and name, or the name of an organisation. Cut to the length that the protocol register accepts. */
  readonly name: string;
  readonly email: string | null;
}

export interface NewEntry {
  /** Contains `reference`, by which the entry is found again. */
  readonly subject: string;
  readonly sender: { readonly key: SenderKey; readonly name: string };
  /** The earlier entry that this one refers to, if any. */
  readonly previous: { readonly number: number; readonly year: number } | null;
}

/** The identifying data of an entry. */
export interface ProtocolEntry {
  readonly key: EntryKey;
  readonly number: number;
  readonly year: number;
  readonly registeredAt: Instant;
}

/**
 * The outcome of a write. After `unknown` the write may have happened: the protocol register has no idempotency
 * key, so look for the entry `settleMs` after the write began, and never write again before that.
 */
export type Written<Value> =
  | { readonly outcome: 'sent'; readonly value: Value }
  /**
   * Nothing was written, and repeating the same write will not help. `reason` is the vendor's, for the operator
   * only.
   */
  | { readonly outcome: 'rejected'; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly cause: unknown };

/**
 * The protocol register (*protocollo generale*), into which applications are entered.
 *
 * Writes never throw. Errors of reads: LEGACY_UNAVAILABLE, LEGACY_REJECTED, LEGACY_CONTRACT_BROKEN.
 */
export interface ProtocolRegisterPort {
  /** A write that was interrupted takes effect within this time after it began, or never. */
  readonly settleMs: number;
  /** All senders with a code. More than one is for the office to correct. */
  findSenders(codiceFiscale: CodiceFiscale): Promise<readonly SenderKey[]>;
  insertSender(sender: NewSender): Promise<Written<SenderKey>>;
  /**
   * Entries of a sender, registered between two days (both included), whose subject contains the reference; oldest
   * first.
   */
  findEntries(query: {
    readonly reference: string;
    readonly sender: SenderKey;
    readonly from: CalendarDate;
    readonly to: CalendarDate;
  }): Promise<readonly ProtocolEntry[]>;
  insertEntry(entry: NewEntry): Promise<Written<ProtocolEntry>>;
  /** The names of an entry's attachments, with repetitions. */
  attachmentNames(entryKey: EntryKey): Promise<readonly string[]>;
  /** Does not confirm success: read the names back to see what arrived. */
  insertAttachment(
    entryKey: EntryKey,
    attachment: { readonly name: string; readonly bytes: Buffer },
  ): Promise<Written<null>>;
}

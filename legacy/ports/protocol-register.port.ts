import type { Brand } from '../../core/values/brand.ts';
import type { CalendarDate, CodiceFiscale, Instant } from '../../core/values/index.ts';

/** The register's own key of a sender. */
export type SenderKey = Brand<string, 'SenderKey'>;

export interface NewSender {
  /** Codice fiscale or partita IVA. */
  readonly codiceFiscale: CodiceFiscale;
  /** Surname and name, or a body's name. Cut to what the register holds. */
  readonly name: string;
  readonly email: string | null;
}

export interface NewEntry {
  /** Holds `reference`, by which the entry is found again. */
  readonly subject: string;
  readonly sender: { readonly key: SenderKey; readonly name: string };
  /** The entry that this one is about, when there is one. */
  readonly previous: { readonly number: number; readonly year: number } | null;
}

/** An entry of the general register, as far as it identifies it. */
export interface ProtocolEntry {
  readonly key: number;
  readonly number: number;
  readonly year: number;
  readonly registeredAt: Instant;
}

/**
 * What became of a write. After `unknown` it may have happened: the register knows no idempotency key, so it is
 * settled by looking, `settleMs` after the write began, and never by writing again.
 */
export type Written<Value> =
  | { readonly outcome: 'sent'; readonly value: Value }
  /** Nothing happened, and will not by repeating the same. `reason` is the vendor's, for the operator alone. */
  | { readonly outcome: 'rejected'; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly cause: unknown };

/**
 * The general register (protocollo generale), into which applications are entered.
 *
 * Writes never throw. Errors of reads: LEGACY_UNAVAILABLE, LEGACY_REJECTED, LEGACY_CONTRACT_BROKEN.
 */
export interface ProtocolRegisterPort {
  /** A write that was cut takes effect within this time of its beginning, or never. */
  readonly settleMs: number;
  /** Everybody registered under a code; more than one is for the office to put right. */
  findSenders(codiceFiscale: CodiceFiscale): Promise<readonly SenderKey[]>;
  insertSender(sender: NewSender): Promise<Written<SenderKey>>;
  /** Entries of a sender, registered between two days, both included, whose subject holds the reference; oldest first. */
  findEntries(query: {
    readonly reference: string;
    readonly sender: SenderKey;
    readonly from: CalendarDate;
    readonly to: CalendarDate;
  }): Promise<readonly ProtocolEntry[]>;
  insertEntry(entry: NewEntry): Promise<Written<ProtocolEntry>>;
  /** The names of an entry's attachments, as often as they are there. */
  attachmentNames(entryKey: number): Promise<readonly string[]>;
  /** Says nothing of success: what was `sent` is seen by reading the names back. */
  insertAttachment(
    entryKey: number,
    attachment: { readonly name: string; readonly bytes: Buffer },
  ): Promise<Written<null>>;
}

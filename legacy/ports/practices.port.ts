import type { Found } from '../../core/unreadable.ts';
import type { CalendarDate, CodiceFiscale, Instant } from '../../core/values/index.ts';
import type { ChildKey } from './anagrafe.port.ts';
import type { FileRef } from './files.port.ts';
import type { EntryKey, PracticeKey } from './keys.ts';
import type { Page, PageRequest } from './page.ts';
import type { HiddenFilings } from './viewer.ts';

export type Audience = 'CITIZENS' | 'BUSINESSES' | 'OTHER_BODIES';
export type PracticeStatusRecord =
  | 'REGISTERED'
  | 'INTEGRATION_REQUESTED'
  | 'ACCEPTED'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'UNKNOWN';

export interface ServiceAreaRecord {
  readonly code: string;
  readonly title: string;
  readonly description: string;
  readonly url: string | null;
  readonly services: readonly {
    readonly code: string;
    readonly title: string;
    readonly description: string;
    readonly requiresSignIn: boolean;
    readonly url: string | null;
  }[];
}
export interface PracticeCategoryRecord {
  readonly code: string;
  readonly title: string;
  readonly notice: string | null;
  readonly procedures: readonly { readonly code: string; readonly title: string }[];
}

export interface ProtocolloRecord {
  readonly key: EntryKey;
  readonly number: number;
  readonly year: number;
  readonly registeredAt: Instant;
  readonly subject: string;
  /** Of the practice that the entry registers; of the entry itself until the office makes a practice of it. */
  readonly status: PracticeStatusRecord;
  readonly outcome: string | null;
  /** The application that the entry registers, if known. */
  readonly practiceKey: PracticeKey | null;
}
/** A practice as the legacy system keeps it, filed here or elsewhere. */
export interface PracticeRecord {
  readonly key: PracticeKey;
  readonly title: string;
  readonly channel: 'PREVIOUS_PORTAL' | 'COUNTER' | 'ONLINE';
  readonly status: PracticeStatusRecord;
  readonly childKey: ChildKey | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Its protocol entry, also where the rest of `protocollo` cannot be read. */
  readonly entryKey: EntryKey | null;
  readonly protocollo: ProtocolloRecord | null;
  readonly history: readonly {
    readonly at: Instant;
    readonly status: PracticeStatusRecord;
    readonly note: string | null;
  }[];
  readonly documents: readonly {
    readonly sequence: number;
    readonly isOutcome: boolean;
    readonly title: string;
    readonly issuedAt: Instant;
    readonly file: FileRef | null;
  }[];
}
export interface ProtocolloCursor {
  readonly registeredAt: Instant;
  readonly key: EntryKey;
}

/** A request of the office for more from the applicant. */
export interface IntegrationRequestRecord {
  /** Increases with each request of a practice. */
  readonly sequence: number;
  readonly requestedAt: Instant;
  readonly message: string;
  readonly dueOn: CalendarDate | null;
  readonly attachments: readonly {
    readonly code: string;
    readonly label: string;
    /** Empty if any type is accepted. */
    readonly mediaTypes: readonly string[];
    /** Null if there is no limit. */
    readonly maxBytes: number | null;
    readonly required: boolean;
  }[];
}
/** The progress of an entry, for its applicant. */
export interface EntryProgress {
  readonly key: EntryKey;
  readonly status: PracticeStatusRecord;
  readonly outcome: string | null;
  /** When the office last worked on it; null before the first time. */
  readonly changedAt: Instant | null;
  readonly childKey: ChildKey | null;
  readonly integrationRequests: readonly IntegrationRequestRecord[];
  /**
   * Entries of the same sender with exactly the same subject. Our subjects contain a reference, so there should be
   * none.
   */
  readonly doubles: readonly { readonly key: EntryKey; readonly number: number; readonly year: number }[];
}

/**
 * Menus, practices filed elsewhere and protocol entries. `applicants` are codici fiscali or partite IVA. Every
 * method is one statement and answers in the order of the keys. Errors: LEGACY_UNAVAILABLE,
 * LEGACY_CONTRACT_BROKEN.
 */
export interface PracticesPort {
  serviceAreas(audience: Audience): Promise<readonly ServiceAreaRecord[]>;
  categories(audience: Audience): Promise<readonly PracticeCategoryRecord[]>;
  /** The practices that each applicant filed elsewhere, newest first. */
  practicesOf(
    applicants: readonly CodiceFiscale[],
    hidden: HiddenFilings,
  ): Promise<readonly (readonly PracticeRecord[])[]>;
  /** The protocol entries of each applicant's practices, newest first. */
  protocolliOf(
    applicants: readonly CodiceFiscale[],
    filter: {
      readonly year: number | null;
      readonly number: number | null;
      readonly hidden: HiddenFilings;
    },
    page: PageRequest<ProtocolloCursor>,
  ): Promise<readonly Page<ProtocolloRecord, ProtocolloCursor>[]>;
  /** One entry per key; null if it does not exist or belongs to another applicant. */
  protocolli(
    applicant: CodiceFiscale,
    keys: readonly EntryKey[],
    hidden: HiddenFilings,
  ): Promise<readonly Found<ProtocolloRecord>[]>;
  /** The progress of entries of any applicant, for workers. Null if the entry does not exist. */
  entryProgress(keys: readonly EntryKey[]): Promise<readonly Found<EntryProgress>[]>;
}

import type { CalendarDate, CodiceFiscale, Instant } from '../../core/values/index.ts';
import type { ChildKey } from './anagrafe.port.ts';
import type { FileRef } from './files.port.ts';
import type { Page, PageRequest } from './page.ts';

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
  readonly key: number;
  readonly number: number;
  readonly year: number;
  readonly registeredAt: Instant;
  readonly subject: string;
  readonly status: PracticeStatusRecord;
  readonly outcome: string | null;
  /** The application it registers, when the register knows one. */
  readonly practiceKey: number | null;
}
/** A practice as the register keeps it, wherever it was filed: what was filed here is kept there too. */
export interface PracticeRecord {
  readonly key: number;
  readonly title: string;
  readonly channel: 'PREVIOUS_PORTAL' | 'COUNTER' | 'ONLINE';
  readonly status: PracticeStatusRecord;
  readonly childKey: ChildKey | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
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
  readonly key: number;
}

/** What the office asks an applicant for. */
export interface IntegrationRequestRecord {
  /** Rises with each request of a practice. */
  readonly sequence: number;
  readonly requestedAt: Instant;
  readonly message: string;
  readonly dueOn: CalendarDate | null;
  readonly attachments: readonly {
    readonly code: string;
    readonly label: string;
    /** Empty when any will do. */
    readonly mediaTypes: readonly string[];
    /** Null when the register sets no limit. */
    readonly maxBytes: number | null;
    readonly required: boolean;
  }[];
}
/** What has become of an entry, for who made it. */
export interface EntryProgress {
  readonly key: number;
  readonly status: PracticeStatusRecord;
  readonly outcome: string | null;
  /** When the office last did something with it; null before it took it up. */
  readonly changedAt: Instant | null;
  readonly childKey: ChildKey | null;
  readonly integrationRequests: readonly IntegrationRequestRecord[];
  /** Entries of the same sender with the very same subject: ours hold a reference, so that there should be none. */
  readonly doubles: readonly { readonly key: number; readonly number: number; readonly year: number }[];
}

/** Menus, practices filed elsewhere and register entries. `applicants` are codici fiscali or partite IVA. One statement a method; answers in the order of the keys. Errors: LEGACY_UNAVAILABLE, LEGACY_CONTRACT_BROKEN. */
export interface PracticesPort {
  serviceAreas(audience: Audience): Promise<readonly ServiceAreaRecord[]>;
  categories(audience: Audience): Promise<readonly PracticeCategoryRecord[]>;
  /** Every practice each applicant filed elsewhere, newest first. */
  practicesOf(applicants: readonly CodiceFiscale[]): Promise<readonly (readonly PracticeRecord[])[]>;
  /** Register entries of each applicant's practices, newest first. */
  protocolliOf(
    applicants: readonly CodiceFiscale[],
    filter: { readonly year: number | null; readonly number: number | null },
    page: PageRequest<ProtocolloCursor>,
  ): Promise<readonly Page<ProtocolloRecord>[]>;
  /** One entry a key; null for the unknown and for another's. */
  protocolli(
    applicant: CodiceFiscale,
    keys: readonly number[],
  ): Promise<readonly (ProtocolloRecord | null)[]>;
  /** How entries stand, whoever's they are: for the work behind the answers. Null for an entry that is not there. */
  entryProgress(keys: readonly number[]): Promise<readonly (EntryProgress | null)[]>;
}

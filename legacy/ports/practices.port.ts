import type { CodiceFiscale, Instant } from '../../core/values/index.ts';
import type { ChildKey } from './anagrafe.port.ts';
import type { FileRef } from './files.port.ts';
import type { Page, PageRequest } from './page.ts';

export type Audience = 'CITIZENS' | 'BUSINESSES' | 'OTHER_BODIES';
export type RegisteredPracticeStatus =
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
  readonly status: RegisteredPracticeStatus;
  readonly outcome: string | null;
  /** The application it registers, when the register knows one. */
  readonly practiceKey: number | null;
}
/** A practice that was filed elsewhere: on the previous portal or at the counter. */
export interface PracticeRecord {
  readonly key: number;
  readonly title: string;
  readonly channel: 'PREVIOUS_PORTAL' | 'COUNTER';
  readonly status: RegisteredPracticeStatus;
  readonly childKey: ChildKey | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly protocollo: ProtocolloRecord | null;
  readonly history: readonly {
    readonly at: Instant;
    readonly status: RegisteredPracticeStatus;
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
}

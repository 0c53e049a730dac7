import type { CalendarDate, CodiceFiscale, PartitaIva } from '../../core/values/index.ts';
import type { ChildKey } from './child-key.ts';
import type { Viewer } from './viewer.ts';

export type { ChildKey };

export interface PostalAddress {
  readonly street: string;
  readonly houseNumber: string | null;
  readonly postalCode: string;
  readonly town: string;
  readonly province: string | null;
}

export interface CitizenRecord {
  readonly codiceFiscale: CodiceFiscale;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: CalendarDate | null;
  readonly residence: PostalAddress | null;
  readonly email: string | null;
  readonly phone: string | null;
}

export interface RelativeRecord {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: CalendarDate;
  /** In Italian, as recorded: `figlio/a`, `coniuge`. */
  readonly relationship: string;
}

export interface ChildRecord {
  readonly key: ChildKey;
  readonly codiceFiscale: CodiceFiscale;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: CalendarDate | null;
  readonly birthPlace: string | null;
  /** The child's residence; null if the child is not in the citizen's household. */
  readonly residence: PostalAddress | null;
  readonly isInHousehold: boolean;
  /** Whether the office accepted an application that the citizen filed for this child. */
  readonly hasApplication: boolean;
  /** The applicants who share this child with the citizen and whose applications the office accepted. */
  readonly sharedBy: readonly CodiceFiscale[];
}

/**
 * The records around one citizen. Relatives of any age; which of them count as children is decided by a rule in
 * the subgraph.
 */
export interface Family {
  /** Null if the citizen is not recorded. */
  readonly citizen: CitizenRecord | null;
  /** The other members of the household; empty if the citizen is not a resident. */
  readonly household: readonly RelativeRecord[];
  /**
   * Other members of the household, the children for whom the citizen filed a school application, and those that are
   * shared with the citizen; eldest first.
   */
  readonly children: readonly ChildRecord[];
}

export interface BusinessRecord {
  readonly partitaIva: PartitaIva;
  readonly name: string;
}

export interface OfficeRecord {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
}

export interface MunicipalityRecord {
  readonly name: string;
  readonly province: string;
  readonly codiceFiscale: CodiceFiscale;
  readonly offices: readonly OfficeRecord[];
}

/** Where a child is registered, relative to a person who applies for it. */
export type ChildRegistration = 'APPLICANTS_HOUSEHOLD' | 'OTHER_HOUSEHOLD' | 'NOT_RESIDENT' | 'UNKNOWN_CHILD';

/** The residents' records. Every method is one statement. Errors: LEGACY_UNAVAILABLE, LEGACY_CONTRACT_BROKEN. */
export interface AnagrafePort {
  /**
   * One family per codice fiscale, in the order given; an empty family if the person is not recorded. Shared children are
   * added to each, and nobody in it is a hidden child.
   */
  familiesOf(
    citizens: readonly CodiceFiscale[],
    viewer: Pick<Viewer, 'shares' | 'hidden'>,
  ): Promise<readonly Family[]>;
  /** The keys of the persons who have a code, in the order given; several where one is recorded more than once. */
  childKeysOf(codes: readonly CodiceFiscale[]): Promise<readonly (readonly ChildKey[])[]>;
  /** One business per partita IVA, in the order given; null if it is not recorded. */
  businesses(partiteIva: readonly PartitaIva[]): Promise<readonly (BusinessRecord | null)[]>;
  /**
   * Where a child is registered, found by its key or its code. For the office only: applicants, who may have filed for
   * any child, must not learn it. A child with several records is in another household when one of them is.
   */
  childRegistration(
    applicant: CodiceFiscale,
    child: { readonly key: string | null; readonly codiceFiscale: CodiceFiscale },
  ): Promise<ChildRegistration>;
  /** The municipality with its offices; null if the table is empty. */
  municipality(): Promise<MunicipalityRecord | null>;
}

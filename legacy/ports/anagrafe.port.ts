import type { Brand } from '../../core/values/brand.ts';
import type { CalendarDate, CodiceFiscale, PartitaIva } from '../../core/values/index.ts';

/** The register's own key of a child. Never shown as it is: the graph's ids wrap it. */
export type ChildKey = Brand<string, 'ChildKey'>;

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
  /** In Italian as the register words it: `figlio/a`, `coniuge`. */
  readonly relationship: string;
}

export interface ChildRecord {
  readonly key: ChildKey;
  readonly codiceFiscale: CodiceFiscale;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: CalendarDate | null;
  readonly birthPlace: string | null;
  /** Where the child lives; null when it is not in the citizen's household. */
  readonly residence: PostalAddress | null;
  readonly isInHousehold: boolean;
  /** Whether the citizen filed an application for it that the office accepted. */
  readonly hasApplication: boolean;
}

/** What the register knows around one citizen. Relatives of any age; who counts as a child is a rule above. */
export interface Family {
  /** Null when the citizen is unknown to the register. */
  readonly citizen: CitizenRecord | null;
  /** The household without the citizen; empty for who is not resident. */
  readonly household: readonly RelativeRecord[];
  /** Others of the household, and whoever the citizen filed a school application for; eldest first. */
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

/** Where a child is registered, seen from a person who applies for it. */
export type ChildRegistration = 'APPLICANTS_HOUSEHOLD' | 'OTHER_HOUSEHOLD' | 'NOT_RESIDENT' | 'UNKNOWN_CHILD';

/** The register of residents. Every method is one statement. Errors: LEGACY_UNAVAILABLE, LEGACY_CONTRACT_BROKEN. */
export interface AnagrafePort {
  /** One family a codice fiscale, in the order given; an empty family for who is unknown. */
  familiesOf(citizens: readonly CodiceFiscale[]): Promise<readonly Family[]>;
  /** One business a partita IVA, in the order given; null for the unknown. */
  businesses(partiteIva: readonly PartitaIva[]): Promise<readonly (BusinessRecord | null)[]>;
  /**
   * Where a child is registered, found by its key or its code. For the office only: applicants, who may have filed for
   * any child, must not learn it. A child with several records is in another household when one of them is.
   */
  childRegistration(
    applicant: CodiceFiscale,
    child: { readonly key: string | null; readonly codiceFiscale: CodiceFiscale },
  ): Promise<ChildRegistration>;
  /** The body itself with its offices; null when the table is empty. */
  municipality(): Promise<MunicipalityRecord | null>;
}

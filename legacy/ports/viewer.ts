import type { CodiceFiscale } from '../../core/values/index.ts';
import type { ChildKey } from './child-key.ts';
import type { EntryKey } from './keys.ts';

/** The school data of one child that another applicant shares. */
export interface SharedChild {
  readonly giver: CodiceFiscale;
  readonly childKey: ChildKey;
}

/**
 * The person in whose name school data is read, and what they see of others.
 *
 * A shared child shows what its giver filed for, as far as the office accepted it. A hidden child does not exist for the
 * viewer, whatever else would show it.
 */
export interface Viewer {
  readonly applicant: CodiceFiscale;
  readonly shares: readonly SharedChild[];
  /** Codici fiscali of children. */
  readonly hidden: readonly CodiceFiscale[];
}

/** What a person filed that concerns hidden children. */
export interface HiddenFilings {
  /** Codici fiscali of the children. */
  readonly children: readonly CodiceFiscale[];
  /** Protocol entries that are hidden, whatever the legacy system says of their child. */
  readonly entries: readonly EntryKey[];
  /** Protocol entries that stay: applications that the person filed for a child that was hidden already. */
  readonly shownEntries: readonly EntryKey[];
}

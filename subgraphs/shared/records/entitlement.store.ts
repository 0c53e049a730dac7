import type { CalendarDate, CodiceFiscale } from '../../../core/values/index.ts';
import type { ChildKey } from '../../../legacy/ports/anagrafe.port.ts';
import type { EntryKey } from '../../../legacy/ports/keys.ts';
import { entriesForChildren } from './filing.store.ts';
import { blocksOf, isBlocked, openBlocks } from './protection.store.ts';
import { receivedShares } from './share.store.ts';
import type { SharingScope } from './sharing-scopes.ts';

/** A share that works now, as its recipient holds it. */
export interface ReceivedShare {
  readonly id: string;
  readonly giver: CodiceFiscale;
  readonly childKey: ChildKey;
  readonly scopes: readonly SharingScope[];
  readonly createdAt: string;
  readonly endsOn: CalendarDate | null;
}

/** A child that does not exist for the caller. */
export interface Block {
  readonly child: CodiceFiscale;
  readonly childKeys: readonly string[];
  /** In milliseconds of the epoch. */
  readonly sinceMs: number;
}

export interface Entitlement {
  readonly shares: readonly ReceivedShare[];
  readonly blocks: readonly Block[];
  /** Protocol entries of the caller's applications for blocked children, filed before the block or after it. */
  readonly entries: readonly { readonly key: EntryKey; readonly isHidden: boolean }[];
}

/**
 * The shares and blocks of a person ($1) on a day ($2), in one statement. A block wins over every share: of the
 * recipient's, and of the giver's, who sees nothing to share any more.
 */
export const entitlementOfPerson = {
  name: 'entitlement_of_person',
  text: `WITH blocked AS (${blocksOf('$1', '$2')})
    SELECT ${receivedShares('$1', '$2', 'blocked', (person, child) => isBlocked(person, child, '$2'))} AS shares,
      ${openBlocks('blocked')} AS blocks, ${entriesForChildren('$1', 'blocked')} AS entries`,
};

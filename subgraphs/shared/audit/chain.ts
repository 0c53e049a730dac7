import type { AuditEvent } from '../../../core/audit.ts';
import type { ChainKey } from './audit-keys.ts';
import type { Others } from './noted-event.ts';

/** One request's access or refusal as a link. */
export interface LinkedEvent {
  /** Form of the link; links of the first form have none. */
  readonly v: 2;
  /** One for each request, made by us. */
  readonly id: string;
  /** As the log has it; null when a client chose it. */
  readonly requestId: string | null;
  readonly at: string;
  /** The last of several that are kept as one. */
  readonly until?: string;
  /** Persons by their pseudonyms, programs by name. */
  readonly actor: Omit<AuditEvent['actor'], 'formerIds'>;
  readonly level: number | null;
  readonly outcome: AuditEvent['outcome'];
  readonly did: readonly LinkedAction[];
}

export interface LinkedAction {
  readonly action: string;
  /** How often, when more than once. */
  readonly times?: number;
  readonly ids?: readonly string[];
  /** The actor's relation to each child, by the child's pseudonym. */
  readonly children?: Readonly<Record<string, string>>;
  /** Pseudonyms of grown persons. */
  readonly persons?: readonly string[];
  readonly others?: Others;
}

/** Ends of other chains, recorded in this one, so that a cut in another chain is noticed. */
export interface AnchorLink {
  readonly v: 2;
  /** The first link of a chain names its key. */
  readonly open?: { readonly key: string };
  readonly at: string;
  readonly anchors: readonly Anchor[];
}

export interface Anchor extends Head {
  readonly chain: string;
}

/** A link of before there were keys, whose subjects may be whatever a client sent. */
export interface FormerEvent {
  readonly at: string;
  readonly requestId: string;
  readonly actor: AuditEvent['actor'];
  readonly did: readonly { readonly action: string; readonly subjectIds: readonly string[] }[];
}

export interface Link {
  readonly sequence: number;
  readonly at: string;
  readonly actorId: string | null;
  /** Its JSON, as it was hashed. */
  readonly event: string;
  readonly hash: string;
}

/** Where a chain ends. */
export interface Head {
  readonly sequence: number;
  readonly hash: string;
}

/** The predecessor of a chain's first link: the chain's own name, so that no chain can replace another. */
export function startOf(chain: string, key: ChainKey): Head {
  return { sequence: 0, hash: key.hash('', chain) };
}

/** The links that follow a head. */
export function linksAfter(
  head: Head,
  events: readonly (LinkedEvent | AnchorLink)[],
  key: ChainKey,
): readonly Link[] {
  let { sequence, hash } = head;
  return events.map((one) => {
    const event = JSON.stringify(one);
    sequence += 1;
    hash = key.hash(hash, event);
    return { sequence, at: one.at, actorId: actorIdOf(one), event, hash };
  });
}

/** The value of the column beside the event; null for the trail's own events. */
export function actorIdOf(link: LinkedEvent | AnchorLink | FormerEvent): string | null {
  return 'actor' in link ? link.actor.id : null;
}

/** The key that a chain's first link names; null when it is of before there were keys. */
export function keyIdOf(firstLink: unknown): string | null {
  const key = (firstLink as Partial<AnchorLink> | null)?.open?.key;
  return typeof key === 'string' ? key : null;
}

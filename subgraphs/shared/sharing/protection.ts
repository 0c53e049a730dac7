import type { EntityManager } from 'typeorm';
import {
  type CalendarDate,
  type CodiceFiscale,
  codiceFiscaleOf,
  isCalendarDate,
} from '../../../core/values/index.ts';
import { childId } from '../family.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { lockName } from '../lock-name.ts';
import { recordByOperator } from '../record-access.ts';
import {
  addKeys,
  blockedChildren,
  endBlock,
  endPassed,
  insertBlock,
  listWhere,
  type ProtectionBlock,
} from '../records/protection.store.ts';
import type { Services } from '../request-context.ts';

export type { ProtectionBlock };

// Blocks: children who do not exist for a person, by an act of a court or of the office. Operators alone make them.

export interface NewBlock {
  readonly child: string;
  readonly person: string;
  readonly until: string | null;
  readonly reference: string;
}

/** A request of an operator that cannot be carried out. The message is a sentence for the operator. */
export class ProtectionRefused extends Error {
  constructor(
    readonly code:
      | 'CHILD_INVALID'
      | 'PERSON_INVALID'
      | 'SAME_PERSON'
      | 'UNTIL_IN_THE_PAST'
      | 'REFERENCE_MISSING'
      | 'BLOCK_EXISTS'
      | 'BLOCK_UNKNOWN',
    message: string,
  ) {
    super(message);
  }
}

const maxReference = 200;

/**
 * Makes a child not exist for a person, from the person's next request on.
 *
 * Errors: ProtectionRefused, with nothing done; LEGACY_UNAVAILABLE.
 */
export async function block(services: Services, asked: NewBlock): Promise<ProtectionBlock> {
  const { database, legacy, clock } = services;
  const { child, person, until, reference } = readBlock(asked, clock.today());
  const [keys = []] = await legacy.anagrafe.childKeysOf([child]);
  return database.transaction(async (manager) => {
    await lockName(manager, `block ${person} ${child}`);
    await endPassed(manager, { person, child }, clock.now(), clock.today());
    const id = await insertBlock(manager, { child, person, keys, until, reference }, clock.now());
    if (id === null)
      throw new ProtectionRefused(
        'BLOCK_EXISTS',
        'This child is blocked for this person already: see protection:list, or lift that block first.',
      );
    await record(services, manager, 'Protection.block', keys);
    await services.jobs.add(manager, protectionQueue, 'keys', new Date(clock.now().getTime() + refreshMs));
    return found(await listWhere(manager, 'b.id = $1', [id]));
  });
}

/** Ends a block. Errors: ProtectionRefused. */
export async function lift(
  services: Services,
  asked: Pick<NewBlock, 'child' | 'person' | 'reference'>,
): Promise<ProtectionBlock> {
  const { child, person, reference } = readLift(asked);
  const { database, clock } = services;
  return database.transaction(async (manager) => {
    const row = await endBlock(manager, { person, child }, clock.now(), reference);
    if (row === null)
      throw new ProtectionRefused(
        'BLOCK_UNKNOWN',
        'There is no such block: protection:list shows those that there are.',
      );
    await record(services, manager, 'Protection.lift', row.childKeys);
    return found(await listWhere(manager, 'b.id = $1', [row.id]));
  });
}

/** The options of a block, checked without a database. Errors: ProtectionRefused. */
export function readBlock(asked: NewBlock, today: CalendarDate) {
  const { child, person } = personsOf(asked);
  if (child === person)
    throw new ProtectionRefused('SAME_PERSON', '--child and --person are the same person: check both codes.');
  return { child, person, until: untilOf(asked.until, today), reference: referenceOf(asked.reference) };
}

/** The options of the end of a block. Errors: ProtectionRefused. */
export function readLift(asked: Omit<NewBlock, 'until'>) {
  return { ...personsOf(asked), reference: referenceOf(asked.reference) };
}

function personsOf({ child, person }: Pick<NewBlock, 'child' | 'person'>) {
  return {
    child: codeOf(child, 'CHILD_INVALID', '--child'),
    person: codeOf(person, 'PERSON_INVALID', '--person'),
  };
}

/** Every block that was not lifted, the newest first; those that ended by themselves too. */
export function listBlocks({ database }: Pick<Services, 'database'>): Promise<readonly ProtectionBlock[]> {
  return listWhere(database.manager, 'b.lifted_at IS NULL', []);
}

function found([block]: readonly ProtectionBlock[]): ProtectionBlock {
  if (block === undefined) throw new Error('A block that was just written was expected.');
  return block;
}

export const protectionQueue = 'protection.keys';
const refreshMs = 10 * 60_000;

/**
 * Looks up the keys of blocked children anew: the legacy system may make another record of a child. Where it is asked
 * itself, blocks go by the child's code and need no key; our own rows of payments hold keys only.
 */
export const refreshProtection: JobDefinition = {
  queue: protectionQueue,
  concurrency: 1,
  timeoutMs: 60_000,
  async run({ database, legacy, clock }) {
    const children = await blockedChildren(database);
    if (children.length === 0) return null;
    const keys = await legacy.anagrafe.childKeysOf(children);
    await addKeys(
      database,
      children.map((child, position) => ({ child, keys: keys[position] ?? [] })),
    );
    return new Date(clock.now().getTime() + refreshMs);
  },
};

function codeOf(text: string, code: 'CHILD_INVALID' | 'PERSON_INVALID', option: string): CodiceFiscale {
  const given = codiceFiscaleOf(text);
  if (given?.length === 16) return given;
  throw new ProtectionRefused(
    code,
    text === ''
      ? `${option} is missing: give a codice fiscale of 16 characters.`
      : `${option} is not a codice fiscale of 16 characters: check every character.`,
  );
}

function untilOf(text: string | null, today: CalendarDate): CalendarDate | null {
  if (text === null) return null;
  if (isCalendarDate(text) && text >= today) return text;
  throw new ProtectionRefused(
    'UNTIL_IN_THE_PAST',
    '--until is the last day of the block, today or later, like 2027-06-30.',
  );
}

function referenceOf(text: string): string {
  const reference = text.trim();
  if (reference !== '' && reference.length <= maxReference) return reference;
  throw new ProtectionRefused(
    'REFERENCE_MISSING',
    reference === ''
      ? '--reference is missing: name the act that asks for it, like "Decreto 12/2026".'
      : `--reference is too long: name the act that asks for it in at most ${maxReference} characters.`,
  );
}

function record(
  services: Services,
  manager: EntityManager,
  action: string,
  childKeys: readonly string[],
): Promise<void> {
  return recordByOperator(
    services,
    manager,
    action,
    childKeys.map((key) => childId({ key: key as never })),
  );
}

import type { EntryKey, FileKey, PositionKey, PracticeKey } from '../ports/keys.ts';

const largestInteger = 2_147_483_647;
const largestSmallint = 32_767;

/** hyperSIC's key as a port's. */
export function toKey<Key extends EntryKey | PracticeKey | FileKey | PositionKey>(column: number): Key {
  return String(column) as Key;
}

export function toKeyOrNull<Key extends EntryKey | PracticeKey | FileKey>(column: number | null): Key | null {
  return column === null ? null : toKey(column);
}

/** hyperSIC's keys are integers of 32 bits, from 1: any other text asks for 0, which no record has. */
export function toInteger(key: string): number {
  return /^[1-9]\d{0,9}$/.test(key) && Number(key) <= largestInteger ? Number(key) : 0;
}

/** A number of an invoice or enrolment; -1, which none has, for one that hyperSIC cannot store. */
export function storable(number: number): number {
  return number <= largestInteger ? number : -1;
}

/** A bound of a page: no number lies beyond the largest one. */
export function atMostInteger(number: number): number {
  return Math.min(number, largestInteger);
}

/** The same, of instalments. */
export function atMostRata(rata: number): number {
  return Math.min(rata, largestSmallint);
}

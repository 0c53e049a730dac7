import type { Brand } from '../../core/values/brand.ts';

// Keys of the legacy system's records. Any text: only the vendor's adapter knows their form. A key that comes from a
// client and has another form is the key of a record that does not exist.

/** Key of an entry of the protocol register. */
export type EntryKey = Brand<string, 'EntryKey'>;
/** Key of a practice that was filed elsewhere. */
export type PracticeKey = Brand<string, 'PracticeKey'>;
export type FileKey = Brand<string, 'FileKey'>;
/** Key of a payment position. */
export type PositionKey = Brand<string, 'PositionKey'>;

import { createFileKeys, type FileKeyList } from '../../core/file-keys.ts';

export const testFileKeyList: FileKeyList = [{ id: 'demo', secret: Buffer.alloc(32, 7) }];

/** The keys with which tests store files, and with which the end-to-end tests' town reads them. */
export const testFileKeys = createFileKeys(testFileKeyList);

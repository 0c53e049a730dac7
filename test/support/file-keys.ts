import { createFileKeys, type FileKeyList } from '../../core/file-keys.ts';

const secret = Buffer.alloc(32, 7);
export const testFileKeyList: FileKeyList = [{ id: 'demo', secret }];
/** For `FILE_KEYS` of programs that read what a test stored. */
export const testFileKeyText = `demo:${secret.toString('base64')}`;

/** The keys with which tests store files, and with which the end-to-end tests' town reads them. */
export const testFileKeys = createFileKeys(testFileKeyList);

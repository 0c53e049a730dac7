import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../../../core/errors.ts';

const openZip = promisify<string, yauzl.Options, ZipFile>(yauzl.open);

export interface ArchiveEntry {
  readonly name: string;
  open(): Promise<AsyncIterable<Buffer>>;
}

/** The files of a zip. Each is opened separately and read as a stream. Errors: BAD_USER_INPUT. */
export async function entriesOf(path: string): Promise<readonly ArchiveEntry[]> {
  const names = (await listOf(path)).map(({ fileName }) => fileName);
  return names.map((name) => ({ name, open: () => openEntry(path, name) }));
}

async function listOf(path: string): Promise<readonly Entry[]> {
  try {
    const zip = await openZip(path, {});
    const entries: Entry[] = [];
    return await new Promise((resolve, reject) => {
      zip.on('entry', (entry: Entry) => void entries.push(entry));
      zip.on('end', () => resolve(entries)).on('error', reject);
    });
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', 'The archive cannot be read: a zip was expected.', { cause });
  }
}

async function openEntry(path: string, name: string): Promise<AsyncIterable<Buffer>> {
  const zip = await openZip(path, { lazyEntries: true });
  const entry = await new Promise<Entry>((resolve, reject) => {
    zip.on('entry', (one: Entry) => (one.fileName === name ? resolve(one) : zip.readEntry()));
    zip.on('end', () => reject(new Error('The entry is gone.'))).on('error', reject);
    zip.readEntry();
  });
  const stream = await promisify(zip.openReadStream.bind(zip) as OpenEntry)(entry);
  stream.once('close', () => zip.close());
  return stream;
}

type OpenEntry = (
  entry: Entry,
  done: (error: Error | null, stream: NodeJS.ReadableStream & AsyncIterable<Buffer>) => void,
) => void;

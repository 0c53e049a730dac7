import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { DefinitionProblem } from '../../ports/forms.port.ts';

export type Cell = string | number | boolean | Date | null;

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

const sheetName = 'Dati Specifici';

/** Limits that no workbook of forms comes near. Unit: bytes, unpacked. */
const mostBytes = 20 * 1024 * 1024;
const mostParts = 200;

/** The sheet of a workbook: the one called "Dati Specifici", or the only one. */
export async function readWorkbook(bytes: Buffer): Promise<Sheet | DefinitionProblem> {
  const refuse = (expected: string): DefinitionProblem => ({
    sheet: null,
    row: null,
    column: null,
    expected,
  });
  const size = await unpackedSize(bytes).catch(() => null);
  if (size === null) return refuse('an .xlsx workbook');
  if (size > mostBytes) return refuse('a workbook of at most 20 MB, unpacked');
  // Loaded on first use: only the import needs it.
  const { default: readSheets } = await import('read-excel-file/node');
  const sheets = await readSheets(bytes).catch(() => null);
  if (sheets === null) return refuse('an .xlsx workbook');
  const found =
    sheets.find(({ sheet }) => sheet === sheetName) ?? (sheets.length === 1 ? sheets[0] : undefined);
  if (found === undefined) return refuse(`one sheet, or one called "${sheetName}"`);
  return { name: found.sheet, rows: found.data as Sheet['rows'] };
}

/**
 * The unpacked size of a zip's parts, counted while unpacking instead of trusting the header; stops one byte above
 * the limit.
 */
async function unpackedSize(bytes: Buffer): Promise<number> {
  const zip = await openZip(bytes, { lazyEntries: false, autoClose: false });
  if (zip.entryCount > mostParts) return mostBytes + 1;
  const entries = await new Promise<readonly Entry[]>((resolve, reject) => {
    const found: Entry[] = [];
    zip.on('entry', (entry: Entry) => void found.push(entry));
    zip.on('end', () => resolve(found)).on('error', reject);
  });
  const openEntry = promisify(zip.openReadStream.bind(zip) as OpenEntry);
  let total = 0;
  for (const entry of entries) {
    for await (const chunk of await openEntry(entry)) {
      total += chunk.length;
      if (total > mostBytes) return total;
    }
  }
  return total;
}

const openZip = promisify<Buffer, yauzl.Options, ZipFile>(yauzl.fromBuffer);

type OpenEntry = (
  entry: Entry,
  done: (error: Error | null, stream: NodeJS.ReadableStream & AsyncIterable<Buffer>) => void,
) => void;

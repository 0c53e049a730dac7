import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type {
  ReconciliationFile,
  ReconciliationHead,
  ReconciliationLine,
  ReconciliationPort,
  ReconciliationRow,
} from '../ports/reconciliation.port.ts';
import { entriesOf } from './av20/archive.ts';
import { head } from './av20/columns.ts';
import { isOpenFile, parseFileName, refuse, toFileName } from './av20/file-name.ts';
import { decode, linesOf } from './av20/lines.ts';
import { formatRow, MalformedRow, parseRow } from './av20/row.ts';

type OpenBytes = () => Promise<AsyncIterable<Buffer>>;

/** "RENDICONTAZIONE_AV20": `;`-separated files of 51 columns, alone or in GovPay's zip. Source: facts/hypersic.md §6. */
export function createReconciliation(): ReconciliationPort {
  return {
    async open(path) {
      await access(path, constants.R_OK).catch(() => refuse('There is no such file, or it may not be read.'));
      if (!(await stat(path)).isFile()) refuse('A file was expected, and this is none.');
      const name = basename(path);
      if (!name.endsWith('.zip')) return [await openFile(name, async () => createReadStream(path))];
      // [CLIENT] §6.4: `GOVPAY_<CF>_<date and time>_1.zip`, formerly `GOVPAY_<CF>_<progressive>.zip`.
      if (!/^GOVPAY_\d{11}_\w+\.zip$/.test(name))
        refuse('The name GOVPAY_<codice fiscale>_<date>_1.zip was expected.');
      const entries = await entriesOf(path);
      if (entries.length === 0) refuse('The archive is empty.');
      const files: ReconciliationFile[] = [];
      for (const entry of entries) files.push(await openFile(entry.name, entry.open));
      return files;
    },
    write: (fileHead, rows) => ({ name: toFileName(fileHead), text: textOf(rows) }),
  };
}

async function openFile(name: string, open: OpenBytes): Promise<ReconciliationFile> {
  const fileHead = parseFileName(name);
  await checkHead(open);
  return { name, ...fileHead, lines: { [Symbol.asyncIterator]: () => parseLines(fileHead, open) } };
}

async function checkHead(open: OpenBytes): Promise<void> {
  for await (const line of linesOf(await open())) {
    const names =
      line === null
        ? []
        : decode(line)
            .replace(/^\uFEFF/, '')
            .split(';');
    const wrong = head.findIndex((name, index) => names[index]?.trim() !== name);
    if (wrong !== -1) refuse(`Column ${wrong + 1} of the first line: ${head[wrong]} was expected.`);
    if (names.length > head.length) refuse(`The first line has more than ${head.length} columns.`);
    return;
  }
  refuse('The file is empty: a first line with the names of its columns was expected.');
}

async function* parseLines(
  fileHead: ReconciliationHead,
  open: OpenBytes,
): AsyncGenerator<ReconciliationLine> {
  let number = 0;
  for await (const line of linesOf(await open())) {
    number++;
    if (number === 1 || line?.length === 0) continue;
    if (line === null) yield { line: number, problem: 'the line is too long' };
    else yield parseLine(number, decode(line), isOpenFile(fileHead));
  }
}

function parseLine(line: number, text: string, isOpen: boolean): ReconciliationLine {
  try {
    return { line, row: parseRow(text, isOpen) };
  } catch (error) {
    if (error instanceof MalformedRow) return { line, problem: error.message };
    throw error;
  }
}

async function* textOf(rows: AsyncIterable<ReconciliationRow>): AsyncGenerator<string> {
  yield `${head.join(';')}\r\n`;
  for await (const row of rows) yield `${formatRow(row)}\r\n`;
}

import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Tinypool } from 'tinypool';
import { AppError } from '../errors.ts';
import { projectFile } from '../project-root.ts';
import type { PdfContent } from './content.ts';
import { createDrawnFiles } from './drawn-files.ts';
import { createFairQueue } from './fair-queue.ts';

const timeoutMs = 20_000;
const threads = Math.max(1, Math.min(2, availableParallelism() - 1));
const queue = createFairQueue({ atOnce: threads, maxWaiting: 200, maxWaitingOfOne: 20 });
const drawn = createDrawnFiles({ keptForMs: 5 * 60_000, maxBytes: 32 * 1024 * 1024 });

let pool: Tinypool | undefined;

/**
 * Draws a document in a thread of its own, so that no other request waits for it; equal content within five
 * minutes is not drawn again.
 *
 * `group`: the person it is drawn for. Waiting documents alternate by person; without one the content itself counts as
 * one. Threads start with the first document, share nothing, end when idle, and keep no process alive.
 * Errors: OVERLOADED when too many wait, TIMEOUT.
 */
export function renderPdf(content: PdfContent, group?: string): Promise<Buffer> {
  const key = createHash('sha256').update(JSON.stringify(content)).digest('base64');
  return drawn.take(key, () => draw(content, group ?? key));
}

async function draw(content: PdfContent, group: string): Promise<Buffer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const bytes = await queue.run(group, () => drawInThread(content, signal), signal);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    if (signal.aborted)
      throw new AppError('TIMEOUT', 'The document took too long to make.', { cause: error });
    throw error;
  }
}

function drawInThread(content: PdfContent, signal: AbortSignal): Promise<Uint8Array> {
  pool ??= openPool();
  return pool.run(content, { signal });
}

function openPool(): Tinypool {
  // The same file is TypeScript where the source runs, as in tests, and JavaScript in dist/.
  const extension = extname(fileURLToPath(import.meta.url));
  const folder = extension === '.ts' ? [] : ['dist'];
  return new Tinypool({
    filename: pathToFileURL(projectFile(...folder, 'core', 'pdf', `pdf-thread${extension}`)).href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 30_000,
    // The process's arguments and flags do not apply to its threads.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 },
  });
}

import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import { AppError } from '../errors.ts';
import type { PdfContent } from './content.ts';

const timeoutMs = 20_000;
const maxQueue = 200;

let pool: Tinypool | undefined;

/**
 * Draws a document in a thread of its own, so that nobody else waits for it.
 *
 * Threads start with the first document, share nothing, end when idle, and keep no process alive.
 * Errors: OVERLOADED when too many wait, TIMEOUT.
 */
export async function renderPdf(content: PdfContent): Promise<Buffer> {
  pool ??= openPool();
  if (pool.queueSize >= maxQueue)
    throw new AppError('OVERLOADED', 'Too many documents are being made. Try again shortly.');
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const bytes: Uint8Array = await pool.run(content, { signal });
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    if (signal.aborted)
      throw new AppError('TIMEOUT', 'The document took too long to make.', { cause: error });
    throw error;
  }
}

function openPool(): Tinypool {
  // The same file is TypeScript where the source runs, as in tests, and JavaScript in dist/.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new Tinypool({
    filename: new URL(`./pdf-thread.${extension}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: Math.max(1, Math.min(2, availableParallelism() - 1)),
    idleTimeout: 30_000,
    // What the process was started with is not for its threads.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 },
  });
}

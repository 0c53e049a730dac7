import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A collection of what is young takes about half a millisecond. */
const collectAfterBytes = 2 * 1024 * 1024;

let collect: ((options: { readonly type: 'minor' }) => void) | null = null;
let passedBytes = 0;

/**
 * Passes the bytes of a file on, and has what they leave behind collected at every second megabyte of the process.
 *
 * Buffers lie beside V8's heap: of whatever streams through, a file of the disk as well, it lets a hundred megabytes
 * pile up before it looks. Measured with 20 MB from the register: up to 6 MB more resident in place of 75.
 */
export async function* passBytes(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    yield chunk;
    passedBytes += chunk.length;
    if (passedBytes < collectAfterBytes) continue;
    passedBytes = 0;
    collect ??= exposeCollector();
    collect({ type: 'minor' });
  }
}

/** Node offers it to who starts it with `--expose-gc`; whoever starts us need not know. */
function exposeCollector(): NonNullable<typeof collect> {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

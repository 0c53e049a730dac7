import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A minor collection takes about half a millisecond. */
const collectAfterBytes = 2 * 1024 * 1024;

let collect: ((options: { readonly type: 'minor' }) => void) | null = null;
let passedBytes = 0;

/**
 * Passes the bytes of a file on and runs a minor collection every two megabytes of the process.
 *
 * Buffers lie outside V8's heap: for any stream, a file on disk included, V8 lets a hundred megabytes accumulate
 * before it collects. Measured with 20 MB from the legacy system: up to 6 MB more resident memory instead of 75.
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

/** Node.js offers it with `--expose-gc`; it is switched on here so that no start command needs the flag. */
function exposeCollector(): NonNullable<typeof collect> {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

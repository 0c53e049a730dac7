import { createLog, type Log } from './log.ts';

/** Something that runs until it is told to stop. */
export interface Running {
  close(): Promise<void>;
}

const longestStopMs = 9_500;

/**
 * Runs a program: what cannot start says so in one sentence and exits with 1, without a stack trace; SIGTERM
 * and SIGINT close it in order and exit with 0.
 */
export async function runMain(start: () => Promise<Running>): Promise<void> {
  try {
    const running = await start();
    const stop = () => {
      // Whoever asked us to stop waits ten seconds before it stops us itself.
      setTimeout(() => process.exit(0), longestStopMs).unref();
      running.close().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
      // A second signal does not wait.
      process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
    };
    process.once('SIGTERM', stop).once('SIGINT', stop);
  } catch (error) {
    fail(error);
  }
}

/** Runs a command to its end: a failure is one sentence and exits with 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    fail(error);
  }
}

/** JSON lines on stderr: stdout is for what people and scripts read. */
export function processLog(): Log {
  return createLog((line) => process.stderr.write(`${line}\n`));
}

function fail(error: unknown): void {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
}

function sentenceOf(error: unknown): string {
  const { code, address, port, message } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${address} is taken by another program. Choose another one.`;
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} may not be used by this user. Choose one above 1023.`;
  return message || 'The program could not start.';
}

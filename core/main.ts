import { createLog, type Log, type LogLevel, type LogOptions } from './log.ts';
import { isDatabaseGone, notMigrated, wantsMigration } from './resilience/database-problem.ts';

/** A process that runs until it is stopped. */
export interface Running {
  close(): Promise<void>;
  /** How long it still serves after a signal to stop: closing may take that much longer. */
  readonly stopDelayMs?: number;
}

const longestStopMs = 9_500;

/**
 * Runs a program. One that cannot start prints a sentence without a stack trace and exits with 1; SIGTERM
 * and SIGINT close it in order and exit with 0.
 */
export async function runMain(start: () => Promise<Running>): Promise<void> {
  const starting = start();
  // From the beginning on: a signal may come as soon as `ready` is read.
  const stop = () => {
    // Supervisors wait ten seconds before they kill the process.
    const cut = (afterMs: number) => setTimeout(() => process.exit(0), afterMs).unref();
    const usual = cut(longestStopMs);
    starting
      .then((running) => {
        clearTimeout(usual);
        cut(longestStopMs + (running.stopDelayMs ?? 0));
        return running.close();
      })
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    // A second signal ends the process at once.
    process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  await starting.catch(fail);
}

/** Runs a command to its end: a failure is one sentence and exits with 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    fail(error);
  }
}

/** JSON lines on stderr: stdout is for what people and scripts read. `observe` gets every event. */
export function processLog(least: LogLevel = 'info', observe: LogOptions['observe'] = () => undefined): Log {
  return createLog(gathered(), undefined, undefined, { least, observe });
}

/** How long a request's line waits for others, with which it is written. */
const gatheredForMs = 10;

/** Each write to a pipe holds the process up: for a small request as long as anything else. */
function gathered(): (line: string, isUrgent: boolean) => void {
  let text = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (text !== '') process.stderr.write(text);
    text = '';
  };
  process.once('exit', flush);
  return (line, isUrgent) => {
    text += `${line}\n`;
    if (isUrgent) flush();
    else timer ??= setTimeout(flush, gatheredForMs);
  };
}

/** Logs the mode of a program once it runs: the mode decides what is accessible. */
export function logMode(log: Log, { isProduction }: { readonly isProduction: boolean }): void {
  log.info('process.mode', { mode: isProduction ? 'production' : 'development' });
}

function fail(error: unknown): void {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
}

const databaseGone =
  'DATABASE_URL: the database ended its sessions while the program was starting. Start it again once the database answers.';

function sentenceOf(error: unknown): string {
  // Errors of our own database; the legacy system's statements fail with an AppError.
  if (wantsMigration(error)) return notMigrated;
  if (isDatabaseGone(error)) return databaseGone;
  return (error instanceof Error && error.message) || 'The program could not start.';
}

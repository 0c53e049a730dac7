import { parseArgs } from 'node:util';
import type { DataSource } from 'typeorm';
import { readDatabaseUrl } from '../core/config.ts';
import { openDatabase } from '../core/database.ts';
import { runCommand } from '../core/main.ts';
import { type CalendarDate, parseCalendarDate } from '../core/values/index.ts';
import { townEnvironment } from './town-environment.ts';

/** Runs a command that prints a report over our own database, `--from` and `--to` included; null for no limit. */
export function printReport(
  report: (database: DataSource, from: CalendarDate | null, to: CalendarDate | null) => Promise<string>,
): Promise<void> {
  return runCommand(async () => {
    const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
    const day = (text: string | undefined) => (text === undefined ? null : parseCalendarDate(text));
    const [from, to] = [day(values.from), day(values.to)];
    const url = readDatabaseUrl(townEnvironment(process.env));
    const database = await openDatabase({ url, entities: [], migrations: [], poolSize: 1 });
    try {
      console.log(await report(database, from, to));
    } finally {
      await database.destroy();
    }
  });
}

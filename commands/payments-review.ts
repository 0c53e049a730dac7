import '../core/runtime-check.ts';
import { parseArgs } from 'node:util';
import { readDatabaseUrl } from '../core/config.ts';
import { openDatabase } from '../core/database.ts';
import { runCommand } from '../core/main.ts';
import { parseCalendarDate } from '../core/values/index.ts';
import { describeReview, remarkableReceipts } from '../subgraphs/payments/receipts/review-receipts.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run payments:review -- [--from YYYY-MM-DD] [--to YYYY-MM-DD]` */
await runCommand(async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  const day = (text: string | undefined) => (text === undefined ? null : parseCalendarDate(text));
  const [from, to] = [day(values.from), day(values.to)];
  const url = readDatabaseUrl(townEnvironment(process.env));
  const database = await openDatabase({ url, entities: [], migrations: [], poolSize: 1 });
  try {
    console.log(describeReview(await remarkableReceipts(database, from, to)));
  } finally {
    await database.destroy();
  }
});

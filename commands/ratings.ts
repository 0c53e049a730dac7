import '../core/runtime-check.ts';
import { ratingsBetween } from '../subgraphs/practices/ratings/rating.store.ts';
import { describeRatings } from '../subgraphs/practices/ratings/report-ratings.ts';
import { printReport } from './print-report.ts';

/** `npm run ratings -- [--from YYYY-MM-DD] [--to YYYY-MM-DD]` */
await printReport(async (database, from, to) => describeRatings(await ratingsBetween(database, from, to)));

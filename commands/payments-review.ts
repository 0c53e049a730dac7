import '../core/runtime-check.ts';
import { describeReview } from '../subgraphs/payments/receipts/review-receipts.ts';
import { remarkableReceipts } from '../subgraphs/payments/records/receipt.store.ts';
import { printReport } from './print-report.ts';

/** `npm run payments:review -- [--from YYYY-MM-DD] [--to YYYY-MM-DD]` */
await printReport(async (database, from, to) => describeReview(await remarkableReceipts(database, from, to)));

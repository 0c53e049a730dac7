import type { PayingRules } from '../../subgraphs/shared/pagopa/paying-rules.ts';

/** How the town of the tests lets its debts be paid. */
export const payingRules: PayingRules = {
  returnOrigins: ['https://portal.test', 'http://localhost:*'],
  lockMs: 30 * 60_000,
  segregationCode: '01',
  gpdSegregationCode: '02',
  spontaneous: { days: 30, highestCents: new Map([['', 1_000_000]]) },
};

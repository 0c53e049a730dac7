import { afterAll, beforeAll, describe } from '@jest/globals';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import { type Contract, ofClaudia } from './contract.ts';
import { describeAnagrafe } from './describe-anagrafe.ts';
import { describeFiles } from './describe-files.ts';
import { describePayments } from './describe-payments.ts';
import { describePractices } from './describe-practices.ts';
import { describeProtocolRegister } from './describe-protocol-register.ts';
import { describeSchoolBilling } from './describe-school-billing.ts';

/** A vendor's adapter in front of the demo town, with the statements that it sent. */
export interface ObservedLegacy {
  readonly legacy: Legacy;
  readonly statements: string[];
}

/** What any vendor's adapter must do, port by port, told by the demo town. */
export function describeLegacy(vendor: string, open: () => Promise<ObservedLegacy>): void {
  describe(`the legacy adapter for ${vendor}`, () => {
    let contract: Contract;
    beforeAll(async () => {
      const { legacy, statements } = await open();
      const [family] = await legacy.anagrafe.familiesOf([ofClaudia], { shares: [], hidden: [] });
      contract = {
        legacy,
        children: family?.children.filter(({ hasApplication }) => hasApplication).map(({ key }) => key) ?? [],
        async counted(work) {
          statements.length = 0;
          return [await work(), statements.length];
        },
      };
    });
    afterAll(() => contract.legacy.close());

    describeAnagrafe(() => contract);
    describeSchoolBilling(() => contract);
    describePayments(() => contract);
    describePractices(() => contract);
    describeFiles(() => contract);
    describeProtocolRegister(() => contract);
  });
}

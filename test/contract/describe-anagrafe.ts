import { beforeAll, describe, expect, it } from '@jest/globals';
import { type CodiceFiscale } from '../../core/values/index.ts';
import { creditorCode, luca, trattoria } from '../../demo/town/people.ts';
import { type Contract, ofClaudia, ofMarco, ofPaolo } from './contract.ts';

export function describeAnagrafe(contract: () => Contract): void {
  describe('anagrafe', () => {
    let legacy: Contract['legacy'];
    let counted: Contract['counted'];
    beforeAll(() => {
      ({ legacy, counted } = contract());
    });

    it('knows families, in the order asked for, in one statement', async () => {
      const [families, sent] = await counted(() =>
        legacy.anagrafe.familiesOf([ofPaolo, ofClaudia, 'NBDNBD80A01A794X' as CodiceFiscale], {
          shares: [],
          hidden: [],
        }),
      );
      expect(sent).toBe(1);
      expect(families.map(({ citizen }) => citizen?.firstName ?? null)).toEqual(['Paolo', 'Claudia', null]);
      expect(families[1]?.household.map(({ firstName, relationship }) => [firstName, relationship])).toEqual([
        ['Marco', 'coniuge'],
        ['Luca', 'figlio/a'],
        ['Sofia', 'figlio/a'],
      ]);
      expect(families[0]).toMatchObject({ household: [], children: [] });
      expect(families[2]).toEqual({ citizen: null, household: [], children: [] });
    });

    it('tells who filed an application from who lives there', async () => {
      const ties = async (citizen: CodiceFiscale) => {
        const [family] = await legacy.anagrafe.familiesOf([citizen], { shares: [], hidden: [] });
        const found = family?.children.find(({ codiceFiscale }) => codiceFiscale === luca.codiceFiscale);
        return [found?.isInHousehold, found?.hasApplication, found?.birthDate, found?.residence?.street];
      };
      expect(await ties(ofClaudia)).toEqual([true, true, '2014-05-09', 'Via Roma']);
      expect(await ties(ofMarco)).toEqual([true, false, '2014-05-09', 'Via Roma']);
      expect(await ties(ofPaolo)).toEqual([undefined, undefined, undefined, undefined]);
    });

    it('knows the municipality, its offices and businesses', async () => {
      expect(await legacy.anagrafe.municipality()).toMatchObject({
        name: 'Comune di Calvenzano',
        codiceFiscale: creditorCode,
        offices: [{ name: 'Servizio Istruzione', email: 'segreteria@comunecalvenzano.net' }],
      });
      const [businesses, sent] = await counted(() =>
        legacy.anagrafe.businesses([trattoria.partitaIva, '00000000000'] as never),
      );
      expect([businesses.map((business) => business?.name ?? null), sent]).toEqual([
        [trattoria.name, null],
        1,
      ]);
    });
  });
}

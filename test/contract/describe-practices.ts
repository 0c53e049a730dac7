import { beforeAll, describe, expect, it } from '@jest/globals';
import { type CodiceFiscale } from '../../core/values/index.ts';
import { trattoria } from '../../demo/town/people.ts';
import { type EntryKey } from '../../legacy/ports/keys.ts';
import { nothingHidden } from '../support/people.ts';
import { type Contract, first, ofClaudia, ofPaolo } from './contract.ts';

export function describePractices(contract: () => Contract): void {
  describe('practices', () => {
    let legacy: Contract['legacy'];
    let counted: Contract['counted'];
    beforeAll(() => {
      ({ legacy, counted } = contract());
    });

    it('has the cards of each audience', async () => {
      const areas = await legacy.practices.serviceAreas('CITIZENS');
      expect(areas.map(({ title }) => title)).toEqual([
        'Prenotazioni',
        'Pratiche',
        'Servizi anagrafici',
        'Trasparenza',
        'Servizi scolastici',
        'Pagamenti online',
      ]);
      expect(areas[4]?.services.map(({ title }) => title)).toEqual([
        'Scheda anagrafica',
        'Documenti contabili',
        'Pagamento servizi scolastici',
      ]);
      expect((await legacy.practices.serviceAreas('OTHER_BODIES')).length).toBeGreaterThan(0);
      const [category] = await legacy.practices.categories('CITIZENS');
      expect([category?.code, category?.title, category?.procedures.length]).toEqual([
        'SCUO',
        'SERVIZI SCOLASTICI',
        5,
      ]);
    });

    it('lists practices filed elsewhere with events and documents, in one statement', async () => {
      const business = trattoria.partitaIva as CodiceFiscale;
      const [[own = [], none, ofBusiness], sent] = await counted(() =>
        legacy.practices.practicesOf([ofClaudia, ofPaolo, business], nothingHidden),
      );
      expect([none, ofBusiness?.length, sent]).toEqual([[], 1, 1]);
      const statuses = new Set(own.map(({ status }) => status));
      expect(statuses).toEqual(new Set(['ACCEPTED', 'REGISTERED', 'REJECTED']));
      const rejected = own.find(({ status }) => status === 'REJECTED');
      expect(rejected?.protocollo?.outcome).toMatch(/respinta/);
      const certificate = own.find(({ documents }) => documents.length > 0);
      expect(certificate).toMatchObject({
        channel: 'COUNTER',
        documents: [{ isOutcome: true, file: { mediaType: 'application/pdf' } }],
      });
      expect(certificate?.history).toHaveLength(2);
      expect(own.map(({ createdAt }) => createdAt)).toEqual(
        own
          .map(({ createdAt }) => createdAt)
          .sort()
          .reverse(),
      );
      expect(new Set(own.map(({ protocollo }) => protocollo?.year)).size).toBeGreaterThan(3);
    });

    it('pages entries of the protocol register, newest first, and answers keys to their sender only', async () => {
      const { practices } = legacy;
      const anyYear = { year: null, number: null, hidden: nothingHidden };
      const [[all], sent] = await counted(() => practices.protocolliOf([ofClaudia], anyYear, first(100)));
      expect(sent).toBe(1);
      const entries = all?.rows ?? [];
      const [third] = entries.slice(2);
      if (third === undefined) throw new Error('Claudia has several entries.');
      const after = { registeredAt: third.registeredAt, key: third.key };
      const [rest] = await practices.protocolliOf([ofClaudia], anyYear, { first: 100, after });
      expect(rest?.rows).toEqual(entries.slice(3));
      const [one] = await practices.protocolliOf(
        [ofClaudia],
        { year: third.year, number: third.number, hidden: nothingHidden },
        first(5),
      );
      expect(one?.rows).toEqual([third]);
      expect(await practices.protocolli(ofClaudia, [third.key, 'none' as EntryKey], nothingHidden)).toEqual([
        third,
        null,
      ]);
      expect(await practices.protocolli(ofPaolo, [third.key], nothingHidden)).toEqual([null]);
    });
  });
}

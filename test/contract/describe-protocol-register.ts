import { beforeAll, describe, expect, it } from '@jest/globals';
import { type CodiceFiscale, parseCalendarDate, parseCodiceFiscale } from '../../core/values/index.ts';
import { type EntryKey } from '../../legacy/ports/keys.ts';
import { type SenderKey, type Written } from '../../legacy/ports/protocol-register.port.ts';
import { nothingHidden } from '../support/people.ts';
import { type Contract, first, ofClaudia, ofPaolo } from './contract.ts';

export function describeProtocolRegister(contract: () => Contract): void {
  describe('the protocol register', () => {
    let legacy: Contract['legacy'];
    beforeAll(() => {
      ({ legacy } = contract());
    });

    const sent = <Value>(written: Written<Value>): Value => {
      if (written.outcome === 'sent') return written.value;
      throw new Error(`It was ${written.outcome}.`);
    };
    const senderOf = async (person: CodiceFiscale) => {
      const [key] = await legacy.protocolRegister.findSenders(person);
      if (key === undefined) throw new Error('The town knows them.');
      return { key, name: 'Locatelli Paolo' };
    };
    const days = { from: parseCalendarDate('2026-10-14'), to: parseCalendarDate('2026-10-16') };

    it('knows senders by their code, and takes new ones', async () => {
      const stranger = parseCodiceFiscale('VRDLRA85A41F205B');
      expect(await legacy.protocolRegister.findSenders(stranger)).toEqual([]);
      const added = sent(
        await legacy.protocolRegister.insertSender({
          codiceFiscale: stranger,
          name: `Verdi Laura ${'di Sant’Angelo '.repeat(12)}`,
          email: 'laura.verdi@example.com',
        }),
      );
      expect(await legacy.protocolRegister.findSenders(stranger)).toEqual([added]);
    });

    it('enters what is sent, and finds it again by reference, sender and day', async () => {
      const sender = await senderOf(ofPaolo);
      const subject = 'Richiesta <dieta> & altro “speciale” - Rif. 7F3KQ2M9XA4T';
      const entry = sent(await legacy.protocolRegister.insertEntry({ subject, sender, previous: null }));
      expect(entry).toMatchObject({ year: 2026, registeredAt: '2026-10-15T07:00:00.000Z' });
      const find = (reference: string, of = sender.key) =>
        legacy.protocolRegister.findEntries({ reference, sender: of, ...days });
      expect(await find('7F3KQ2M9XA4T')).toEqual([entry]);
      expect(await find('7F3KQ2M9XA4U')).toEqual([]);
      expect(await find('7F3KQ2M9XA4T', (await senderOf(ofClaudia)).key)).toEqual([]);
      const [page] = await legacy.practices.protocolliOf(
        [ofPaolo],
        { year: null, number: null, hidden: nothingHidden },
        first(5),
      );
      expect(page?.rows).toMatchObject([{ ...entry, subject, status: 'REGISTERED', outcome: null }]);
      const next = sent(await legacy.protocolRegister.insertEntry({ subject, sender, previous: entry }));
      expect(next.number).toBe(entry.number + 1);
      // Oldest first: which is the double of which.
      expect((await find('7F3KQ2M9XA4T')).map(({ key }) => key)).toEqual([entry.key, next.key]);
    });

    it('shows attachments by their names, as often as they are there', async () => {
      const sender = await senderOf(ofPaolo);
      const subject = 'Con allegati - Rif. AAAAAAAAAAAA';
      const { key } = sent(await legacy.protocolRegister.insertEntry({ subject, sender, previous: null }));
      expect(await legacy.protocolRegister.attachmentNames(key)).toEqual([]);
      const attach = (name: string, bytes: Buffer) =>
        legacy.protocolRegister.insertAttachment(key, { name, bytes });
      sent(await attach('AAAAAAAAAAAA-01-perché è così.pdf', Buffer.alloc(200_000, '%PDF-')));
      expect(await legacy.protocolRegister.attachmentNames(key)).toEqual([
        'AAAAAAAAAAAA-01-perché è così.pdf',
      ]);
      sent(await attach('vuoto.txt', Buffer.alloc(0)));
      sent(await attach('vuoto.txt', Buffer.alloc(0)));
      expect((await legacy.protocolRegister.attachmentNames(key)).slice(1)).toEqual([
        'vuoto.txt',
        'vuoto.txt',
      ]);
      expect(await legacy.protocolRegister.attachmentNames('999999999' as EntryKey)).toEqual([]);
    });

    it('refuses what it cannot enter, with its reason', async () => {
      const sender = { key: 'nobody' as SenderKey, name: 'Nessuno' };
      const written = await legacy.protocolRegister.insertEntry({
        subject: 'Di nessuno',
        sender,
        previous: null,
      });
      expect(written).toMatchObject({ outcome: 'rejected', reason: expect.any(String) });
    });
  });
}

import { beforeAll, describe, expect, it } from '@jest/globals';
import { type FileKey } from '../../legacy/ports/keys.ts';
import { alone } from '../support/people.ts';
import { type Contract, guides, ofClaudia } from './contract.ts';

export function describeFiles(contract: () => Contract): void {
  describe('files', () => {
    let legacy: Contract['legacy'];
    beforeAll(() => {
      ({ legacy } = contract());
    });

    const bytesOf = async (key: FileKey, range?: { start: number; end: number }) => {
      const opened = await legacy.files.open(key, range);
      if (opened === null) return null;
      const chunks: Buffer[] = [];
      for await (const chunk of opened.bytes) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    };

    it('streams whole files and ranges', async () => {
      const [[attachment] = []] = await legacy.schoolBilling.attachmentsByInvoice(alone(ofClaudia), [guides]);
      const file = attachment?.file;
      if (file == null) throw new Error('The invoice has a file.');
      const whole = await bytesOf(file.key);
      expect(whole?.subarray(0, 5).toString()).toBe('%PDF-');
      expect(whole?.length).toBe(file.sizeBytes);
      expect(await bytesOf(file.key, { start: 10, end: 99 })).toEqual(whole?.subarray(10, 100));
      expect(await bytesOf('none' as FileKey)).toBeNull();
    });
  });
}

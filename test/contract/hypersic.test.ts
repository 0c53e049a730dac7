import { createHash, randomBytes } from 'node:crypto';
import { afterAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { insertFile } from '../../demo/town/rows.ts';
import { openLegacy } from '../../legacy/open-legacy.ts';
import type { FileKey } from '../../legacy/ports/keys.ts';
import { legacyTownCopy } from '../support/databases.ts';
import { openRegisterTown, type RegisterTown } from '../support/register-town.ts';
import { describeLegacy } from './describe-legacy.ts';

let town: RegisterTown;
afterAll(() => town.close());

describeLegacy('hyperSIC', async () => {
  town = await openRegisterTown();
  return { legacy: openLegacy(town.config), statements: town.statements };
});

it('puts a file of several blocks together, and reads only the blocks that a range wants', async () => {
  const url = await legacyTownCopy();
  const client = new pg.Client(url);
  await client.connect();
  const bytes = randomBytes(200_000);
  const file = {
    id: 7,
    name: 'grande.bin',
    mediaType: 'application/octet-stream',
    bytes,
    storedAt: '2026-01-01 10:00:00',
  };
  await insertFile(client, file);
  await client.end();
  const statements: string[] = [];
  const legacy = openLegacy({ vendor: 'hypersic', url, observe: (name) => void statements.push(name) });
  const read = async (range?: { start: number; end: number }) => {
    statements.length = 0;
    const opened = await legacy.files.open('7' as FileKey, range);
    const chunks: Buffer[] = [];
    for await (const chunk of opened?.bytes ?? []) chunks.push(chunk as Buffer);
    return {
      sha256: opened?.file.sha256,
      content: Buffer.concat(chunks),
      blocks: statements.filter((name) => name === 'block_bytes').length,
    };
  };
  const whole = await read();
  expect([whole.content.equals(bytes), whole.blocks]).toEqual([true, 4]);
  expect(whole.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  const across = await read({ start: 65_530, end: 65_540 });
  expect([across.content.equals(bytes.subarray(65_530, 65_541)), across.blocks]).toEqual([true, 2]);
  const last = await read({ start: 199_999, end: 199_999 });
  expect([last.content.equals(bytes.subarray(199_999)), last.blocks]).toEqual([true, 1]);
  await legacy.close();
});

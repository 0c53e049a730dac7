import { createHash, randomBytes } from 'node:crypto';
import { afterAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { loadChildren } from '../../demo/town/load-children.ts';
import { insertFile } from '../../demo/town/rows.ts';
import * as anagrafe from '../../legacy/hypersic/anagrafe.statements.ts';
import * as invoices from '../../legacy/hypersic/invoice.statements.ts';
import * as payments from '../../legacy/hypersic/payments.statements.ts';
import * as school from '../../legacy/hypersic/school.statements.ts';
import { openLegacy } from '../../legacy/open-legacy.ts';
import type { FileKey } from '../../legacy/ports/keys.ts';
import { legacyTownCopy, testClock } from '../support/databases.ts';
import { openRegisterTown, type RegisterTown } from '../support/register-town.ts';
import { ofClaudia } from './contract.ts';
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

it('lists a debt that was paid twice once, as its first receipt settled it', async () => {
  const url = await legacyTownCopy();
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(
    `INSERT INTO "PAG_RICEV" ("ID_RICEV", "ID_POS", "DATA_PAG", "IMPORTO", "PSP", "COD_PAG", "NOM_PAG")
     SELECT 9000001, q."ID_POS", q."DATA_PAG" + interval '1 day', q."IMPORTO", 'SECONDA BANCA', q."COD_PAG", q."NOM_PAG"
     FROM "PAG_RICEV" q JOIN "PAG_POSIZ" p ON p."ID_POS" = q."ID_POS" WHERE p."COD_DEB" = $1 ORDER BY q."ID_RICEV" LIMIT 1
     RETURNING (SELECT p."COD_IUV" FROM "PAG_POSIZ" p WHERE p."ID_POS" = "PAG_RICEV"."ID_POS") AS iuv`,
    [ofClaudia],
  );
  await client.end();
  const legacy = openLegacy({ vendor: 'hypersic', url });
  const [debts = []] = await legacy.payments.debtsOf([ofClaudia], []);
  const those = debts.filter(({ iuv }) => iuv === rows[0]?.iuv.trim());
  expect(those).toMatchObject([{ status: 'PAID' }]);
  expect(those[0]?.receipt?.pspName).not.toBe('SECONDA BANCA');
  expect(new Set(debts.map(({ iuv }) => iuv)).size).toBe(debts.length);
  await legacy.close();
});

it('reads no whole table of the town for a condition on single rows', async () => {
  const url = await legacyTownCopy();
  await loadChildren(url, 200, testClock);
  const client = new pg.Client(url);
  await client.connect();
  await client.query('ANALYZE');
  const whole: string[] = [];
  for (const { name, text } of statements) {
    const { rows } = await client.query(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`);
    const conditions = nodesOf(rows[0]['QUERY PLAN'][0].Plan).filter(
      (node) => node['Parent Relationship'] === 'SubPlan',
    );
    for (const node of conditions.flatMap(nodesOf)) {
      const isFound = (node['Index Cond'] ?? node['Recheck Cond']) !== undefined;
      if (growing.test(node['Relation Name'] ?? '') && !isFound)
        whole.push(`${name}: ${node['Relation Name']}`);
    }
  }
  await client.end();
  expect([statements.length, whole]).toEqual([22, []]);
});

const growing = /^(SDI_DOMANDE|SDI_FATT|SDI_FATT_\w+|SDI_PRES\w*|PAG_POSIZ|PAG_RICEV)$/;

const statements = [anagrafe, school, invoices, payments].flatMap((statementsOfFile) =>
  Object.values(statementsOfFile).filter((one) => typeof one === 'object' && 'text' in one),
);

interface PlanNode {
  readonly 'Parent Relationship'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Recheck Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

function nodesOf(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

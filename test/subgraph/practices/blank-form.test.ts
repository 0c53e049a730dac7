import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../core/identity/caller.ts';
import { createId } from '../../../core/ids.ts';
import { parseCalendarDate } from '../../../core/values/index.ts';
import { calvenzano } from '../../support/filings.ts';
import { addTemplate, type OwnDatabase, openOwnDatabase, textField } from '../../support/own-database.ts';
import { askPractices, practicesSubgraph, practicesTown } from '../../support/practices-town.ts';
import { openPdf, structureOf, textOf } from '../../support/read-pdf.ts';

const anonymous: Caller = { kind: 'anonymous' };

describe('the blank form of a template', () => {
  let own: OwnDatabase;
  beforeAll(async () => {
    own = await openOwnDatabase();
    const contact = { name: 'Servizio Istruzione', phone: null, email: 'segreteria@comunecalvenzano.net' };
    await addTemplate(
      own,
      { contact, opensOn: '2020-01-01', closesOn: '2020-02-01' },
      {
        '1': [textField('VECCHIO')],
        '2': [textField('NUOVO')],
      },
    );
  });
  afterAll(() => own.database.destroy());

  it('is public, and neither read nor made before it is fetched', async () => {
    const id = createId('PracticeTemplate', 'ISCR-2026');
    own.sent();
    const { data } = await askPractices(
      `{ practiceTemplate(id: "${id}") { isOpen blankForm { fileName mediaType sizeBytes } } }`,
      practicesTown().legacy,
      own.database,
      anonymous,
    );
    const blankForm = { fileName: 'modulo-iscr-2026.pdf', mediaType: 'application/pdf', sizeBytes: null };
    expect(data).toEqual({ practiceTemplate: { isOpen: false, blankForm } });
    expect(own.sent()).toHaveLength(1);
  });

  const fetchForm = async (templateId: string) => {
    const { documents } = await practicesSubgraph();
    const legacy = { anagrafe: { municipality: async () => calvenzano } };
    const today = parseCalendarDate('2026-10-15');
    const context = { caller: anonymous, database: own.database, legacy, today } as never;
    const document = await documents.BlankForm?.(context, [templateId]);
    if (document == null) return null;
    const bytes = await buffer(await document.read({ start: 0, end: document.sizeBytes - 1 }));
    return textOf(await structureOf(await openPdf(bytes)));
  };

  it('asks what the current revision asks', async () => {
    const text = await fetchForm('ISCR-2026');
    expect(text).toContain('Campo NUOVO');
    expect(text).not.toContain('Campo VECCHIO');
    expect(text).toContain('e-mail a segreteria@comunecalvenzano.net');
  });

  it('is null for a template that does not exist', async () => {
    expect(await fetchForm('ISCR-1999')).toBeNull();
  });
});

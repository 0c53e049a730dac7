import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '../../../core/errors.ts';
import type { BusinessCaller, Caller } from '../../../core/identity/caller.ts';
import { createId } from '../../../core/ids.ts';
import { parseCodiceFiscale, parsePartitaIva } from '../../../core/values/index.ts';
import { pageOf, registeredChild } from '../../support/billing-town.ts';
import {
  addDraft,
  addTemplate,
  type OwnDatabase,
  openOwnDatabase,
  textField,
} from '../../support/own-database.ts';
import { claudia, paolo } from '../../support/people.ts';
import {
  askPracticeEntities,
  askPractices,
  elsewhere,
  entryOf,
  filed,
  practicesTown,
} from '../../support/practices-town.ts';

const business: BusinessCaller = {
  kind: 'business',
  id: 'business-trattoria',
  partitaIva: parsePartitaIva('03123450169'),
  codiceFiscale: parseCodiceFiscale('03123450169'),
  name: 'Trattoria del Borgo S.r.l.',
  signInMethod: 'VAT_PASSWORD',
};
const anonymous: Caller = { kind: 'anonymous' };

describe('the practices subgraph: one practice', () => {
  let own: OwnDatabase;
  let draft: string;
  let othersDraft: string;
  beforeAll(async () => {
    own = await openOwnDatabase();
    await addTemplate(own, {}, { '1': [textField('NOME'), textField('ALTRO')], '2': [textField('COGNOME')] });
    draft = await addDraft(own, { answers: { ALTRO: { value: 'sì', certified: true } } });
    othersDraft = await addDraft(own, { applicant: paolo.codiceFiscale });
  });
  afterAll(() => own.database.destroy());
  const ask = (query: string, town = practicesTown([filed(3)]), as: Caller = claudia) =>
    askPractices(query, town.legacy, own.database, as);

  it('answers a draft with the form it was started on, whatever the template has become', async () => {
    const { data } = await ask(
      `{ practice(id: "${createId('Practice', 'O', draft)}") { channel status version submittedAt answers { code value certified } form { revision fields { code } } template { title form { revision } } child { id } problems { path code message } history { at status note } protocollo { id } attachments { id } outcomeDocuments { id } summary { fileName } } }`,
    );
    expect(data).toEqual({
      practice: {
        channel: 'ONLINE',
        status: 'DRAFT',
        version: 2,
        submittedAt: null,
        answers: [{ code: 'ALTRO', value: 'sì', certified: true }],
        form: { revision: '1', fields: [{ code: 'NOME' }, { code: 'ALTRO' }] },
        template: { title: 'Modello Iscrizione Mensa A.S. 2026/2027', form: { revision: '2' } },
        child: { id: createId('Child', '1') },
        problems: [{ path: 'answers.NOME', code: 'REQUIRED', message: 'Compilare il campo "Campo NOME".' }],
        history: [{ at: '2026-10-01T10:00:00.000Z', status: 'DRAFT', note: null }],
        protocollo: null,
        attachments: [],
        outcomeDocuments: [],
        summary: null,
      },
    });
  });

  it('says which answers can still be changed: not the certified ones, unless the form lets one', async () => {
    const at = { REGISTERED: false, INTEGRATION_REQUESTED: true, DRAFT: true } as const;
    const certified = (value: string) => ({ value, certified: true });
    await addTemplate(
      own,
      { id: 'RES-2026' },
      {
        '1': [textField('NOME'), textField('EMAIL', { isEditable: true }), textField('ALTRO')],
      },
    );
    for (const [status, isOpen] of Object.entries(at)) {
      const id = await addDraft(own, {
        templateId: 'RES-2026',
        status: status as keyof typeof at,
        answers: {
          ALTRO: { value: 'sì', certified: false },
          EMAIL: certified('a@example.it'),
          NOME: certified('Anna'),
        },
      });
      const { data } = await ask(
        `{ practice(id: "${createId('Practice', 'O', id)}") { answers { code editable } } }`,
      );
      expect(data).toEqual({
        practice: {
          answers: [
            { code: 'ALTRO', editable: isOpen },
            { code: 'EMAIL', editable: isOpen },
            { code: 'NOME', editable: false },
          ],
        },
      });
    }
  });

  it('answers a practice filed elsewhere from its record', async () => {
    const { data } = await ask(
      `{ practice(id: "${elsewhere(3)}") { title channel status template { id } form { revision } answers { code } problems { path } history { status note } protocollo { number year practice { id } } outcomeDocuments { title document { fileName } } attachments { attachmentCode document { fileName } } } }`,
    );
    expect(data).toEqual({
      practice: {
        title: 'Pratica 3',
        channel: 'PREVIOUS_PORTAL',
        status: 'ACCEPTED',
        template: null,
        form: null,
        answers: [],
        problems: [],
        history: [{ status: 'REGISTERED', note: 'Protocollata' }],
        protocollo: { number: 2_003, year: 2026, practice: { id: elsewhere(3) } },
        outcomeDocuments: [{ title: 'Certificazione', document: { fileName: 'carta-11.pdf' } }],
        attachments: [{ attachmentCode: '2', document: { fileName: 'carta-12.pdf' } }],
      },
    });
  });

  it('tells malformed, unknown and others’ ids apart neither in the answer nor in what it asks or records', async () => {
    const uuid = '3f0c1c3e-1111-4222-8333-444455556666';
    const ids = [
      '',
      'nonsense',
      elsewhere(4),
      createId('Practice', 'L', 3, 1),
      createId('Practice', 'L', '03'),
      createId('Practice', 'X', 3),
      createId('Practice', '\0'),
      createId('Child', '1'),
      createId('Practice', 'O', uuid),
      createId('Practice', 'O', 'no-uuid'),
      createId('Practice', 'O', othersDraft),
      createId('Practice', 'O', draft.toUpperCase()),
    ];
    for (const id of ids) {
      const town = practicesTown([filed(3)]);
      own.sent();
      const { data, errors, events } = await ask(`{ practice(id: "${id}") { id } }`, town);
      expect([id, data, errors]).toEqual([id, { practice: null }, undefined]);
      expect([town.asked(), own.sent().length]).toEqual([['practicesOf'], 2]);
      expect(events).toMatchObject([{ action: 'Practice.read', outcome: 'refused', subjectIds: [id] }]);
    }
  });

  it('answers nobody who cannot file, and asks nothing', async () => {
    for (const as of [anonymous, { kind: 'machine', clientId: 'm', scopes: [] } as const]) {
      const town = practicesTown([filed(3)]);
      own.sent();
      const ids = [elsewhere(3), createId('Practice', 'O', draft)];
      const query = `{ ${ids.map((id, n) => `p${n}: practice(id: "${id}") { id }`)} protocollo(id: "${createId('Protocollo', 3)}") { id } }`;
      expect((await ask(query, town, as)).data).toEqual({ p0: null, p1: null, protocollo: null });
      expect([town.asked(), own.sent()]).toEqual([[], []]);
    }
  });

  it('resolves entities of the caller only, all in one statement each', async () => {
    const town = practicesTown([filed(3)]);
    const of = [
      { __typename: 'Practice', id: elsewhere(3) },
      { __typename: 'Practice', id: createId('Practice', 'O', draft) },
      { __typename: 'Practice', id: createId('Practice', 'O', othersDraft) },
      { __typename: 'Citizen', id: claudia.id },
      { __typename: 'Citizen', id: paolo.id },
      { __typename: 'Business', id: business.id },
      { __typename: 'Child', id: createId('Child', '1') },
      { __typename: 'Child', id: createId('Child', '9') },
      { __typename: 'PracticeTemplate', id: createId('PracticeTemplate', 'ISCR-2026') },
      { __typename: 'Protocollo', id: createId('Protocollo', 3) },
    ];
    own.sent();
    const { data } = await askPracticeEntities('', town.legacy, own.database, of);
    const names = (data as { _entities: ({ __typename: string } | null)[] })._entities;
    expect(names.map((entity) => entity?.__typename ?? null)).toEqual([
      'Practice',
      'Practice',
      null,
      'Citizen',
      null,
      null,
      'Child',
      null,
      'PracticeTemplate',
      'Protocollo',
    ]);
    expect([town.asked(), own.sent().length]).toEqual([['practicesOf', 'protocolli'], 3]);
  });

  it('points to no child that the caller may not see', async () => {
    const gone = practicesTown([filed(3, { childKey: registeredChild(9).key })]);
    const { data } = await ask(`{ practice(id: "${elsewhere(3)}") { title child { id } } }`, gone);
    expect(data).toEqual({ practice: { title: 'Pratica 3', child: null } });
  });

  describe('protocol entries', () => {
    it('asks once for all that a request names', async () => {
      const town = practicesTown([filed(3)]);
      const [a, b, c] = [3, 2, 7].map((key) => createId('Protocollo', key));
      const { data, events } = await ask(
        `{ a: protocollo(id: "${a}") { number practice { id } } b: protocollo(id: "${b}") { number practice { id } } c: protocollo(id: "${c}") { number } }`,
        town,
      );
      // Entry 2 registers something of which the caller has no practice.
      expect(data).toEqual({
        a: { number: 2_003, practice: { id: elsewhere(3) } },
        b: { number: 2_002, practice: null },
        c: null,
      });
      expect(town.asked()).toEqual(['practicesOf', 'protocolli']);
      const reads = events.filter(({ action }) => action === 'Protocollo.read');
      expect(reads.map(({ outcome, subjectIds }) => [outcome, subjectIds])).toEqual([
        ['allowed', [a, b]],
        ['refused', [c]],
      ]);
    });

    it('have the status of the practice that was filed here, wherever an answer shows both', async () => {
      const statuses = [
        'SUBMITTED',
        'REGISTERED',
        'INTEGRATION_REQUESTED',
        'ACCEPTED',
        'REJECTED',
        'WITHDRAWN',
      ];
      for (const [index, status] of statuses.entries()) {
        const templateId = `AGREES-${index}`;
        await addTemplate(own, { id: templateId });
        const id = await addDraft(own, {
          templateId,
          status: status as never,
          submittedAt: new Date('2026-10-01T10:00:00Z'),
        });
        const key = 300 + index;
        await own.database.query(
          `INSERT INTO practice_submission (id, practice_id, kind, reference, as_filed, sha256, filed_at, entry_key, entry_number, entry_year, entry_registered_at)
           VALUES (gen_random_uuid(), $1, 'FILING', $2, '{}', repeat('a', 64), now(), $3::int::text, $3::int, 2026, now())`,
          [id, `R${key}`, key],
        );
        // The legacy system is behind, or ahead.
        const behind = practicesTown([], {
          protocolli: async () => [{ ...entryOf(key), status: 'UNKNOWN' }],
          protocolliOf: async () => [pageOf([{ ...entryOf(key), status: 'UNKNOWN' }], 1)],
        });
        const both = 'status practice { status protocollo { status } }';
        const here = createId('Practice', 'O', id);
        const query = `{ practice(id: "${here}") { status protocollo { ${both} } } protocollo(id: "${createId('Protocollo', key)}") { ${both} } }`;
        const text = JSON.stringify((await ask(query, behind)).data);
        const of = [{ __typename: 'Citizen', id: claudia.id }];
        const list = `... on Citizen { protocolli { edges { node { ${both} } } } }`;
        const listed = await askPracticeEntities(list, behind.legacy, own.database, of);
        const shown = (text + JSON.stringify(listed.data)).match(/"status":"\w+"/g) ?? [];
        expect([shown.length, new Set(shown)]).toEqual([10, new Set([`"status":"${status}"`])]);
      }
    });

    it('ask nothing more for the status of the entry of a practice', async () => {
      const town = practicesTown([filed(3)]);
      own.sent();
      const { data } = await ask(
        `{ practice(id: "${elsewhere(3)}") { status protocollo { status } } }`,
        town,
      );
      expect(data).toEqual({ practice: { status: 'ACCEPTED', protocollo: { status: 'ACCEPTED' } } });
      expect([town.asked(), own.sent().length]).toEqual([['practicesOf'], 2]);
    });

    it('tells malformed and unknown ids apart in nothing', async () => {
      const parts = [['7'], ['3', '1'], ['03'], ['3.0'], ['-3'], ['99999999999999'], ['\0'], ['']];
      for (const id of ['nonsense', ...parts.map((of) => createId('Protocollo', ...of))]) {
        const town = practicesTown();
        const { data, errors, events } = await ask(`{ protocollo(id: "${id}") { id } }`, town);
        expect([id, data, errors]).toEqual([id, { protocollo: null }, undefined]);
        expect(town.asked()).toEqual(['protocolli']);
        // The adapter looks for no key that it cannot have: test/unit/legacy/hypersic/keys.test.ts.
        const [key] = (town.calls[0]?.args[1] ?? []) as readonly string[];
        expect(typeof key).toBe('string');
        expect(events).toMatchObject([{ outcome: 'refused', subjectIds: [id] }]);
      }
    });

    it('knows keys as large as the legacy system can hold', async () => {
      const key = 2_147_483_647;
      const town = practicesTown([], { protocolli: async () => [entryOf(key)] });
      const id = createId('Protocollo', key);
      expect((await ask(`{ protocollo(id: "${id}") { id } }`, town)).data).toEqual({ protocollo: { id } });
      expect(town.calls[0]?.args.slice(0, 2)).toEqual([claudia.codiceFiscale, [String(key)]]);
    });

    it('gives a business its entries and practices by its eleven digits', async () => {
      const town = practicesTown();
      const of = [{ __typename: 'Business', id: business.id }];
      const selection = '... on Business { practices { totalCount } protocolli { totalCount } }';
      const { data } = await askPracticeEntities(selection, town.legacy, own.database, of, business);
      expect(data).toMatchObject({
        _entities: [{ practices: { totalCount: 0 }, protocolli: { totalCount: 2 } }],
      });
      expect(town.calls.map(({ args }) => args[0])).toEqual([['03123450169'], ['03123450169']]);
    });
  });

  it('keeps templates readable while the legacy system is down, and says which lists it costs', async () => {
    const fail = async () => {
      throw new AppError('LEGACY_UNAVAILABLE', 'The legacy system does not respond.', { cause: 'ORA-12541' });
    };
    const town = practicesTown([], { serviceAreas: fail, practicesOf: fail, protocolli: fail });
    const { data, errors } = await ask(
      `{ serviceAreas { id } practiceTemplate(id: "${createId('PracticeTemplate', 'ISCR-2026')}") { title } practice(id: "${elsewhere(3)}") { id } protocollo(id: "${createId('Protocollo', 3)}") { id } }`,
      town,
    );
    const title = 'Modello Iscrizione Mensa A.S. 2026/2027';
    expect(data).toEqual({
      serviceAreas: null,
      practiceTemplate: { title },
      practice: null,
      protocollo: null,
    });
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual(
      [['serviceAreas'], ['practice'], ['protocollo']].map((path) => [path, { code: 'LEGACY_UNAVAILABLE' }]),
    );
    expect(JSON.stringify(errors)).not.toMatch(/ORA/);
  });
});

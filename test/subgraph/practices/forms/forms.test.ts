import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import writeWorkbook from 'write-excel-file/node';
import { ZipFile } from 'yazl';
import { townForms } from '../../../../demo/town/forms/town-forms.ts';
import { sheetOf, workbooks } from '../../../../demo/town/forms/workbooks.ts';
import { createForms } from '../../../../legacy/hypersic/forms/forms.adapter.ts';
import { type FormSource, importForms } from '../../../../subgraphs/practices/forms/import-forms.action.ts';
import { FormEntity, TemplateEntity } from '../../../../subgraphs/practices/records/template.entity.ts';
import { testClock } from '../../../support/databases.ts';
import { type OwnDatabase, openOwnDatabase } from '../../../support/own-database.ts';

type Cell = string | number | boolean | Date;
const head = sheetOf('none')[0] as readonly string[];

function workbook(rows: readonly (readonly Cell[])[], sheet = 'Dati Specifici'): Promise<Buffer> {
  const data = rows.map((row) =>
    row.map((value) =>
      value === '' ? null : value instanceof Date ? { value, type: Date, format: 'dd/mm/yyyy' } : { value },
    ),
  );
  return writeWorkbook(data as never, { sheet }).toBuffer();
}

/** Cells of a row by the head they stand under; the rest as in a plain text field. */
function row(order: number, cells: Readonly<Record<string, Cell>>): readonly Cell[] {
  const usual: Record<string, Cell> = {
    CLASSIFICAZIONE: 7,
    ORDINE: order * 100,
    DESCRIZIONE: 'Un campo',
    TIPOLOGIA: 'TE',
    OBBLIGO: 0,
  };
  return head.map((column) => cells[column] ?? usual[column] ?? '');
}

const settings = `
id: PROVA-{year}
procedure: PROVA
title: Prova A.S. {schoolYear}
schoolYear: 2026/2027
opensOn: "{year}-04-01"
concernsChild: false
`;

const source = (bytes: Buffer, more = '', schoolYear: string | null = null): FormSource => ({
  name: 'prova.xlsx',
  workbook: bytes,
  settings: settings + more,
  schoolYear,
});

describe('importing forms', () => {
  let own: OwnDatabase;
  beforeAll(async () => {
    own = await openOwnDatabase();
  });
  afterAll(() => own.database.destroy());
  const forms = createForms();
  const run = (...sources: readonly FormSource[]) => importForms(own.database, forms, sources);
  const problemsOf = (...sources: readonly FormSource[]) =>
    run(...sources).then(
      () => [],
      (error: { problems: readonly string[] }) => error.problems,
    );
  const fieldsOf = async (templateId: string, revision: string) =>
    (await own.database.getRepository(FormEntity).findOneByOrFail({ templateId, revision })).fields;

  it('reads what the vendor’s program writes: types, order, groups, defaults, links, codes that come again', async () => {
    const bytes = await workbook([
      head,
      row(3, { CODICE: 'RIGO', TIPOLOGIA: 'AN', DESCRIZIONE: '<hr>' }),
      row(1, { CODICE: 'NOME', OBBLIGO: -1, CATEGORIA: 'Chi', DATI: 'Anna' }),
      row(2, { CODICE: 'FLDIETA', TIPOLOGIA: 'TE', DATI: -1 }),
      row(4, { CODICE: 'RIGO', TIPOLOGIA: 'AN', DESCRIZIONE: '<hr>' }),
      row(5, {
        CODICE: 'QUALE',
        TIPOLOGIA: '',
        CAMPO_COLLEGATO: 'FLDIETA',
        DESCRIZIONE: 'Quale <b>dieta</b> &amp; perché',
      }),
      row(6, { CODICE: 'DAL', TIPOLOGIA: 'DA', DATI: new Date('2026-09-01T00:00:00Z') }),
      row(7, { CODICE: 'AL', TIPOLOGIA: 'DA', DATI: '30/6/2027' }),
    ]);
    const [imported] = await run(source(bytes));
    expect(imported).toMatchObject({ templateId: 'PROVA-2026', outcome: 'new template', fields: 7 });
    const fields = await fieldsOf('PROVA-2026', imported?.revision ?? '');
    expect(
      fields.map(({ code, kind, required, group, defaultValue, linkedFieldCode }) => [
        code,
        kind,
        required,
        group,
        defaultValue,
        linkedFieldCode,
      ]),
    ).toEqual([
      ['NOME', 'TEXT', true, 'Chi', 'Anna', null],
      ['FLDIETA', 'CHECKBOX', false, null, 'true', null],
      ['RIGO', 'NOTE', false, null, null, null],
      ['RIGO*', 'NOTE', false, null, null, null],
      ['QUALE', 'TEXT', false, null, null, 'FLDIETA'],
      ['DAL', 'DATE', false, null, '2026-09-01', null],
      ['AL', 'DATE', false, null, '2027-06-30', null],
    ]);
    expect(fields[4]?.label).toBe('Quale dieta & perché');
  });

  it('knows the linked field by the other name that the vendor’s editor reads it under', async () => {
    const heads = head.map((title) => (title === 'CAMPO_COLLEGATO' ? 'linked_field' : title));
    const bytes = await workbook([
      heads,
      row(1, { CODICE: 'SI', TIPOLOGIA: 'CS' }),
      row(2, { CODICE: 'QUALE', CAMPO_COLLEGATO: 'SI' }),
    ]);
    const [{ templateId, revision } = { templateId: '', revision: '' }] = await run(source(bytes));
    expect((await fieldsOf(templateId, revision))[1]?.linkedFieldCode).toBe('SI');
  });

  it('keeps of a note what it says, and nothing that runs or loads', async () => {
    const html =
      '<p onclick="x()">Vedi <a href="https://example.it" target="_blank">qui</a> <a href="javascript:x()">o qui</a></p><script>x()</script><img src=x onerror=x()><iframe src="//evil"></iframe><style>p{}</style>';
    const [{ templateId, revision } = { templateId: '', revision: '' }] = await run(
      source(await workbook([head, row(1, { CODICE: 'N', TIPOLOGIA: 'AN', DESCRIZIONE: html })])),
    );
    const [note] = await fieldsOf(templateId, revision);
    expect(note).toMatchObject({
      noteHtml: '<p>Vedi <a href="https://example.it">qui</a> <a>o qui</a></p>',
      label: 'Vedi qui o qui',
    });
  });

  it('is the same revision when nothing changed, and a new one when something did; drafts keep theirs', async () => {
    const first = await workbook([head, row(1, { CODICE: 'NOME' })]);
    const [one] = await run(source(first));
    const [again] = await run(source(first));
    expect([again?.outcome, again?.revision]).toEqual(['same revision', one?.revision]);
    const [next] = await run(source(await workbook([head, row(1, { CODICE: 'NOME', OBBLIGO: -1 })])));
    expect(next?.outcome).toBe('new revision');
    expect(next?.revision).not.toBe(one?.revision);
    const kept = await own.database
      .getRepository(FormEntity)
      .findOneBy({ templateId: 'PROVA-2026', revision: one?.revision ?? '' });
    expect(kept?.fields[0]?.required).toBe(false);
    const template = await own.database.getRepository(TemplateEntity).findOneBy({ id: 'PROVA-2026' });
    expect(template).toMatchObject({
      revision: next?.revision,
      title: 'Prova A.S. 2026/2027',
      opensOn: '2026-04-01',
    });
  });

  it('makes another year of the same files', async () => {
    const bytes = await workbook([head, row(1, { CODICE: 'NOME' })]);
    expect(await run(source(bytes, '', '2027/2028'))).toMatchObject([
      { templateId: 'PROVA-2027', outcome: 'new template' },
    ]);
  });

  it('says of a broken workbook sheet, row, column and what was expected, all at once, and imports nothing', async () => {
    const before = await own.database.getRepository(FormEntity).count();
    const broken = await workbook([
      head,
      row(1, { CODICE: 'BUONO' }),
      row(2, { CODICE: 'ROTTO', OBBLIGO: 'sì', TIPOLOGIA: 'XX', CLASSIFICAZIONE: 8, ORDINE: 'primo' }),
      row(3, { CODICE: 'due parole', DESCRIZIONE: '' }),
      row(4, { CODICE: 'DAL', TIPOLOGIA: 'DA', DATI: '31/02/2026' }),
      row(5, { CODICE: 'SI', TIPOLOGIA: 'CS', DATI: 'forse', CAMPO_COLLEGATO: 'BUONO' }),
    ]);
    const whole = await workbook([head, row(1, { CODICE: 'NUOVO' })]);
    expect(
      await problemsOf(source(whole), { ...source(broken), name: 'rotto.xlsx', schoolYear: '2028/2029' }),
    ).toEqual([
      'rotto.xlsx, sheet "Dati Specifici", row 3, column CLASSIFICAZIONE: expected the same number on all rows.',
      'rotto.xlsx, sheet "Dati Specifici", row 3, column ORDINE: expected a number from 0.',
      'rotto.xlsx, sheet "Dati Specifici", row 3, column OBBLIGO: expected -1 or 0.',
      'rotto.xlsx, sheet "Dati Specifici", row 3, column TIPOLOGIA: expected CS, TE, AN or DA.',
      'rotto.xlsx, sheet "Dati Specifici", row 4, column CODICE: expected 1 to 60 letters, digits, _, - or ..',
      'rotto.xlsx, sheet "Dati Specifici", row 4, column DESCRIZIONE: expected a label, or HTML for AN.',
      'rotto.xlsx, sheet "Dati Specifici", row 5, column DATI: expected a date GG/MM/AAAA for a DA field.',
      'rotto.xlsx, sheet "Dati Specifici", row 6, column DATI: expected -1 or 0 for a CS field.',
      'rotto.xlsx, sheet "Dati Specifici", row 6, column CAMPO_COLLEGATO: expected the code of a CS field of this sheet.',
    ]);
    expect(await own.database.getRepository(FormEntity).count()).toBe(before);
  });

  it('refuses what is no workbook of a form', async () => {
    const good = [head, row(1, { CODICE: 'NOME' })];
    const twoSheets = await writeWorkbook([
      { data: [[{ value: 'a' }]], sheet: 'Uno' },
      { data: [[{ value: 'b' }]], sheet: 'Due' },
    ] as never).toBuffer();
    for (const [bytes, expected] of [
      [Buffer.from('no zip at all'), 'prova.xlsx: expected an .xlsx workbook.'],
      [await zipOf({ 'a.txt': Buffer.from('a') }), 'prova.xlsx: expected an .xlsx workbook.'],
      [
        await zipOf({ 'xl/workbook.xml': Buffer.alloc(21 * 1024 * 1024) }),
        'prova.xlsx: expected a workbook of at most 20 MB, unpacked.',
      ],
      [twoSheets, 'prova.xlsx: expected one sheet, or one called "Dati Specifici".'],
      [await workbook(good.map((cells) => cells.slice(0, 6))), undefined],
      [await workbook([head]), 'prova.xlsx, sheet "Dati Specifici", row 2: expected at least one field.'],
    ] as const) {
      const [first, ...more] = await problemsOf(source(bytes));
      if (expected === undefined) {
        expect([first, ...more].map((text) => text?.slice(0, 55))).toHaveLength(5);
        expect(first).toBe(
          'prova.xlsx, sheet "Dati Specifici", row 1, column TIPOLOGIA: expected a column with this head.',
        );
      } else expect([first, more]).toEqual([expected, []]);
    }
  });

  it('keeps the term with the revision: another term is another revision, and none is the revision of before', async () => {
    const bytes = await workbook([head, row(1, { CODICE: 'NOME' })]);
    const import1 = async (more: string) => {
      const [imported] = await run(source(bytes, more));
      const { templateId = '', revision = '' } = imported ?? {};
      const form = await own.database.getRepository(FormEntity).findOneByOrFail({ templateId, revision });
      return [revision, form.decidedWithinDays];
    };
    const [none, thirty, again] = [
      await import1(''),
      await import1('decidedWithinDays: 30'),
      await import1('decidedWithinDays: 30'),
    ];
    expect(none[1]).toBeNull();
    expect(thirty[1]).toBe(30);
    expect(again).toEqual(thirty);
    expect(none[0]).not.toBe(thirty[0]);
  });

  it('says what is wrong with the file beside it, and what does not fit the workbook', async () => {
    const bytes = await workbook([
      head,
      row(1, { CODICE: 'NOME' }),
      row(2, { CODICE: 'SI', TIPOLOGIA: 'CS' }),
      row(3, { CODICE: 'NO', TIPOLOGIA: 'CS' }),
    ]);
    const wrong = [
      ['colour: red', 'prova.yaml: expected Unrecognized key: "colour".'],
      ['closesOn: 2026-02-30', 'prova.yaml, closesOn: expected a date YYYY-MM-DD.'],
      ['closesOn: 2026-03-31', 'prova.yaml, closesOn: expected a day not before opensOn.'],
      ['fields: { ZZZ: {} }', 'prova.yaml, fields.ZZZ: expected the code of a field of the workbook.'],
      [
        'fields: { SI: { rule: IBAN } }',
        'prova.yaml, fields.SI: expected a TE field for rule, oneOf or maxLength.',
      ],
      [
        'choices: [{ label: Uno, codes: [SI, NOME], atLeast: 1, atMost: 1 }]',
        'prova.yaml, choices.0.codes: expected a CS field of the workbook in place of NOME.',
      ],
      [
        'choices: [{ label: A, codes: [SI, NO], atLeast: 0, atMost: 1 }, { label: B, codes: [NO, SI], atLeast: 0, atMost: 1 }]',
        'prova.yaml, choices: expected each code in one choice, once.',
      ],
      [
        'decidedWithinDays: 0',
        'prova.yaml, decidedWithinDays: expected Too small: expected number to be >=1.',
      ],
      [
        'attachments: [{ code: A, label: A, mediaTypes: [application/x-msdownload], maxMegabytes: 1 }]',
        'prova.yaml, attachments.0.mediaTypes.0: expected PDF or a picture: application/pdf, image/jpeg, ….',
      ],
    ] as const;
    for (const [more, problem] of wrong) expect(await problemsOf(source(bytes, more))).toEqual([problem]);
    expect(await problemsOf({ ...source(bytes), settings: '{' })).toEqual([
      'prova.yaml: expected a YAML file of names and values.',
    ]);
  });

  it('has the demo town’s five procedures as real workbooks, one template a school year, equal to what made them', async () => {
    const sources = await townForms(testClock.today());
    for (const name of Object.keys(workbooks)) {
      const file = sources.find((one) => one.name === `${name}.xlsx`)?.workbook ?? Buffer.alloc(0);
      const made = await workbook(sheetOf(name) as readonly (readonly Cell[])[]);
      expect(await forms.readDefinition(file)).toEqual(await forms.readDefinition(made));
    }
    const imported = await run(...sources);
    expect(imported).toHaveLength(35);
    const enrolment = imported.find(({ templateId }) => templateId === 'ISCR-2026');
    const form = await own.database
      .getRepository(FormEntity)
      .findOneByOrFail({ templateId: 'ISCR-2026', revision: enrolment?.revision ?? '' });
    const asked = form.fields.map(({ code }) => code);
    for (const code of [
      'RICH_CF',
      'ALUN_CF',
      'SCUOLA',
      'CLASSE',
      'GIORNO_5',
      'PAG_PAGOPA',
      'PAG_SDD',
      'IBAN',
      'DIETA',
      'PRIVACY',
    ])
      expect(asked).toContain(code);
  });
});

function zipOf(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name);
  zip.end();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    zip.outputStream
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => resolve(Buffer.concat(chunks)));
  });
}

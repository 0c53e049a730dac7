import { describe, expect, it } from '@jest/globals';
import { renderPdf } from '../../../../core/pdf/render-pdf.ts';
import { parseCalendarDate } from '../../../../core/values/index.ts';
import { blankFormContent } from '../../../../subgraphs/practices/documents/blank-form.content.ts';
import type {
  FormEntity,
  StoredField,
  TemplateEntity,
} from '../../../../subgraphs/practices/records/template.entity.ts';
import { calvenzano } from '../../../support/filings.ts';
import { textField } from '../../../support/own-database.ts';
import { flat, openPdf, structureOf, textOf } from '../../../support/read-pdf.ts';

const template: TemplateEntity = {
  id: 'ISCR-2026',
  procedureCode: 'ISCR',
  title: 'Modello Iscrizione Mensa A.S. 2026/2027',
  schoolYear: '2026/2027',
  opensOn: '2026-05-01',
  closesOn: null,
  concernsChild: true,
  contact: { name: 'Servizio Istruzione', phone: '0363/860734-33', email: 'segreteria@comunecalvenzano.net' },
  oncePerChild: true,
  audiences: ['CITIZENS'],
  informationSheetId: null,
  revision: '1',
};

const fields: readonly StoredField[] = [
  textField('RICH_CF', { label: 'Codice fiscale del genitore', group: 'Richiedente', maxLength: 16 }),
  textField('PARENTELA', {
    label: 'Parentela',
    group: 'Richiedente',
    required: false,
    rule: { kind: 'ONE_OF', options: ['Padre', 'Madre'] },
  }),
  textField('SDD', {
    kind: 'CHECKBOX',
    label: 'Pago con SDD',
    group: 'Pagamento',
    required: false,
    maxLength: null,
  }),
  textField('IBAN', { label: 'IBAN', group: 'Pagamento', linkedFieldCode: 'SDD', rule: { kind: 'IBAN' } }),
  textField('DAL', {
    kind: 'DATE',
    label: 'Dal giorno',
    group: 'Pagamento',
    required: false,
    maxLength: null,
  }),
  textField('NOTA', {
    kind: 'NOTE',
    label: 'Da sapere',
    group: 'Informativa',
    noteHtml: '<p>Leggere <em>bene</em>:</p><ul><li>primo</li></ul>',
  }),
];

async function read(more: Partial<FormEntity> = {}, of: Partial<TemplateEntity> = {}) {
  const form = {
    templateId: 'ISCR-2026',
    revision: '1',
    fields,
    requiredAttachments: [],
    choices: [],
    decidedWithinDays: null,
    ...more,
  };
  const today = parseCalendarDate('2026-10-15');
  const bytes = await renderPdf(blankFormContent({ ...template, ...of }, form, calvenzano, today));
  const pdf = await openPdf(bytes);
  const elements = await structureOf(pdf);
  return { bytes, pdf, elements, spoken: textOf(elements) };
}

describe('a blank form', () => {
  it('asks what the form asks, in its order, and says where to send it', async () => {
    const certificate = {
      code: 'CERT',
      label: 'Certificato medico',
      mediaTypes: ['application/pdf', 'image/jpeg'],
      maxBytes: 5 * 1024 * 1024,
      required: true,
    };
    const { spoken } = await read({ requiredAttachments: [certificate] });
    expect(spoken).toContain('Si presenta dal 01/05/2026.');
    expect(spoken).toContain(
      'Richiedente Codice fiscale del genitore * Parentela Barrare una sola casella. Padre Madre Pagamento Pago con SDD IBAN * 27 caratteri, se italiano: comincia con IT. Solo per: Pago con SDD. Dal giorno gg/mm/aaaa Informativa Da sapere Leggere bene: • primo Allegati • Certificato medico * (PDF, JPEG; al massimo 5 MB)',
    );
    expect(spoken).toContain(
      'Inviare il modulo, con gli allegati, per e-mail a segreteria@comunecalvenzano.net (Servizio Istruzione).',
    );
    expect(spoken).toContain('titolare del trattamento');
  });

  it('asks on paper who applies and for whom where the form leaves that to the sign-in', async () => {
    const { spoken } = await read({ fields: [textField('NOTE', { label: 'Note' })] });
    expect(spoken).toContain(
      'Richiedente Cognome * Nome * Codice fiscale * Telefono E-mail Alunno Cognome *',
    );
    const none = await read({ fields: [textField('NOTE', { label: 'Note' })] }, { concernsChild: false });
    expect(none.spoken).not.toContain('Alunno');
  });

  it.each([
    [1, 1, 'Giorni: barrare una sola casella.'],
    [1, 3, 'Giorni: barrare almeno 1.'],
    [1, 2, 'Giorni: barrare almeno 1 e al massimo 2.'],
    [0, 2, 'Giorni: barrare al massimo 2.'],
    [0, 3, 'Giorni: barrare le caselle che servono.'],
  ])('says how many boxes to tick, from %i to %i', async (atLeast, atMost, told) => {
    const days = ['Lunedì', 'Martedì', 'Mercoledì'].map((label, n) =>
      textField(`G${n}`, { kind: 'CHECKBOX', label, group: 'Mensa', required: false, maxLength: null }),
    );
    const choices = [{ label: 'Giorni', codes: days.map(({ code }) => code), atLeast, atMost }];
    expect((await read({ fields: days, choices })).spoken).toContain(`Mensa ${told} Lunedì Martedì`);
  });

  it('has fields for who fills it in on a screen, each with its label and its place in the reading order', async () => {
    const { pdf, elements } = await read({}, { concernsChild: false });
    const page = await pdf.getPage(1);
    const annotations = (await page.getAnnotations()) as readonly Record<string, unknown>[];
    const named = annotations.map(({ fieldName, fieldType, alternativeText, required, maxLen }) => ({
      fieldName,
      fieldType,
      alternativeText,
      required,
      maxLen,
    }));
    expect(named.slice(0, 5)).toMatchObject([
      {
        fieldName: 'RICH_CF',
        fieldType: 'Tx',
        alternativeText: 'Codice fiscale del genitore *',
        required: true,
        maxLen: 16,
      },
      { fieldName: 'PARENTELA-1', fieldType: 'Btn', alternativeText: 'Parentela: Padre' },
      { fieldName: 'PARENTELA-2', fieldType: 'Btn', alternativeText: 'Parentela: Madre' },
      { fieldName: 'SDD', fieldType: 'Btn', alternativeText: 'Pago con SDD' },
      { fieldName: 'IBAN', fieldType: 'Tx', required: true },
    ]);
    const forms = flat(elements).filter(({ role }) => role === 'Form');
    expect(forms).toHaveLength(annotations.length);
    expect(forms.every(({ annotations: held }) => held === 1)).toBe(true);
    expect((await pdf.getMetadata()).info).toMatchObject({ IsAcroFormPresent: true, Language: 'it-IT' });
  });

  it('flows over pages when it is long, and breaks no box', async () => {
    const long = Array.from({ length: 100 }, (_, n) =>
      textField(`C${n}`, {
        label: `Campo ${n} ${'molto lungo '.repeat(n % 20)}`,
        maxLength: 40 * n,
        group: `G${n >> 3}`,
      }),
    );
    const { pdf, bytes } = await read({ fields: long });
    expect(pdf.numPages).toBeGreaterThan(8);
    expect(bytes.length).toBeLessThan(300_000);
    const seen: string[] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      for (const { fieldName, rect } of await page.getAnnotations()) {
        seen.push(fieldName as string);
        const [, bottom = 0, , top = 0] = rect as number[];
        expect(bottom).toBeGreaterThan(50);
        expect(top).toBeLessThan(800);
      }
    }
    expect(seen.filter((name) => name.startsWith('C'))).toEqual(long.map(({ code }) => code));
  });
});

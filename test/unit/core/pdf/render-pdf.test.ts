import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Block, PdfContent } from '../../../../core/pdf/content.ts';
import { renderPdf } from '../../../../core/pdf/render-pdf.ts';
import { projectFile } from '../../../../core/project-root.ts';
import { flat, openPdf, structureOf, textOf, writtenText } from '../../../support/read-pdf.ts';

function documentOf(...blocks: readonly Block[]): PdfContent {
  return { title: 'Prova', author: 'Comune di Calvenzano', date: '2026-10-15', blocks };
}

async function read(content: PdfContent) {
  const pdf = await openPdf(await renderPdf(content));
  return { pdf, elements: await structureOf(pdf) };
}

describe('a PDF drawn in a thread', () => {
  it('is itself however many are drawn at once, and one that cannot be drawn harms no other', async () => {
    const broken = documentOf({
      kind: 'barCode',
      symbology: 'QR',
      data: 'x'.repeat(500),
      alt: '',
      sizeMm: 30,
    });
    const drawn = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) =>
        renderPdf(n % 4 === 3 ? broken : documentOf({ kind: 'text', text: `Documento ${n}` })),
      ),
    );
    for (const [n, one] of drawn.entries()) {
      if (n % 4 === 3) expect(one.status).toBe('rejected');
      else
        expect(one.status === 'fulfilled' && textOf(await structureOf(await openPdf(one.value)))).toBe(
          `Documento ${n}`,
        );
    }
  });

  it('is not drawn again for the same content, and is for any other', async () => {
    const content = documentOf({ kind: 'text', text: 'Una volta' });
    const first = await renderPdf(content, 'claudia');
    expect(await renderPdf(structuredClone(content), 'paolo')).toBe(first);
    expect(await renderPdf({ ...content, title: 'Altro' }, 'claudia')).not.toBe(first);
  });

  it('is made for everybody else while one caller asks for hundreds at once', async () => {
    const greedy = Array.from({ length: 230 }, (_, n) =>
      renderPdf(documentOf({ kind: 'text', text: `Di uno solo, ${n}` }), 'greedy').then(
        () => 'drawn',
        ({ code }: { code: string }) => code,
      ),
    );
    const others = await Promise.all(
      ['claudia', 'paolo', undefined].map((lane) =>
        renderPdf(documentOf({ kind: 'text', text: `Per ${lane}` }), lane),
      ),
    );
    expect(others.map(({ length }) => length > 1_000)).toEqual([true, true, true]);
    const outcomes = await Promise.all(greedy);
    expect(outcomes.filter((outcome) => outcome === 'OVERLOADED').length).toBeGreaterThan(200);
    expect(new Set(outcomes)).toEqual(new Set(['drawn', 'OVERLOADED']));
  });

  it('keeps no process alive', async () => {
    const script = `const { renderPdf } = await import(${JSON.stringify(projectFile('core/pdf/render-pdf.ts'))});
      console.log((await renderPdf(${JSON.stringify(documentOf({ kind: 'text', text: 'Fine' }))})).length > 1000);`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--no-warnings', '--input-type=module', '-e', script],
      { timeout: 15_000 },
    );
    expect(stdout).toBe('true\n');
  });

  it('repeats a table’s head on each page for the eye, and has it read aloud once', async () => {
    const rows = Array.from({ length: 120 }, (_, n) => [`15/10/2026`, `Rata ${n + 1}`, '1.234,50']);
    const head = ['DATA', 'CAUSALE', 'IMPORTO'];
    const { pdf, elements } = await read(documentOf({ kind: 'table', head, rows, rightAligned: [2] }));
    expect(pdf.numPages).toBeGreaterThan(2);
    const roles = flat(elements).map(({ role }) => role);
    expect(roles.filter((role) => role === 'TH')).toHaveLength(3 + 120);
    expect(roles.filter((role) => role === 'TD')).toHaveLength(240);
    for (let number = 1; number <= pdf.numPages; number++) {
      const { items } = await (await pdf.getPage(number)).getTextContent();
      expect(items.filter((item) => 'str' in item && item.str === 'CAUSALE')).toHaveLength(1);
    }
  });

  it('heads each row, and each column, for who hears one cell', async () => {
    const rows = [
      ['15/10/2026', 'Mensa', '1,00'],
      ['16/10/2026', 'Trasporto', '2,00'],
    ];
    const head = ['DATA', 'CAUSALE', 'IMPORTO'];
    const table = { kind: 'table', head, rows, rightAligned: [2] } as const;
    for (const [rowHeader, heads] of [
      [undefined, ['15/10/2026', '16/10/2026']],
      [1, ['Mensa', 'Trasporto']],
    ] as const) {
      const bytes = await renderPdf(documentOf(rowHeader === undefined ? table : { ...table, rowHeader }));
      const elements = flat(await structureOf(await openPdf(bytes)));
      const texts = elements.filter(({ role }) => role === 'TH').map(({ text }) => text);
      expect(texts).toEqual([...head, ...heads]);
      const written = bytes.toString('latin1');
      expect([written.match(/\/Scope \/Column/g)?.length, written.match(/\/Scope \/Row/g)?.length]).toEqual([
        3, 2,
      ]);
    }
  });

  it('keeps the words of two lines apart in what is read aloud', async () => {
    const long = 'Una frase che va a capo più volte perché è lunga. '.repeat(12).trim();
    const { pdf } = await read(
      documentOf(
        { kind: 'text', text: long },
        {
          ...{ kind: 'facts', isStacked: true },
          facts: [{ label: 'Destinatario', value: 'Claudia Rossi\nRSSCLD84C52A794Q' }],
        },
        { kind: 'table', head: ['A'], rows: [[long]], rightAligned: [0] },
        { kind: 'letterhead', name: 'Comune', lines: ['Codice fiscale 1', 'Ufficio'] },
      ),
    );
    const written = await writtenText(pdf);
    expect(written.split(`${long} `)).toHaveLength(3);
    expect(written).toContain('Claudia Rossi RSSCLD84C52A794Q ');
    expect(written).toContain('Comune Codice fiscale 1 Ufficio ');
  });

  it('has bookmarks of its headings from three pages on, each under the one above', async () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, n): Block => ({ kind: 'text', text: `Riga ${n}` }));
    const blocks = (count: number): readonly Block[] => [
      { kind: 'heading', level: 1, text: 'Titolo' },
      { kind: 'heading', level: 2, text: 'Primo' },
      ...lines(count),
      { kind: 'heading', level: 3, text: 'Dentro' },
      ...lines(count),
      { kind: 'heading', level: 2, text: 'Secondo & ultimo' },
    ];
    const short = await read(documentOf(...blocks(5)));
    expect(await short.pdf.getOutline()).toBeNull();
    const { pdf } = await read(documentOf(...blocks(50)));
    const outline = await pdf.getOutline();
    const title = (item: (typeof outline)[number]): unknown => [item.title, item.items.map(title as never)];
    expect(outline.map(title)).toEqual([
      [
        'Titolo',
        [
          ['Primo', [['Dentro', []]]],
          ['Secondo & ultimo', []],
        ],
      ],
    ]);
    const last = outline[0]?.items[1]?.dest?.[0];
    expect(await pdf.getPageIndex(last)).toBe(pdf.numPages - 1);
  });

  it('says that it is PDF/UA-1, but for forms, in metadata that is XML whatever its title is', async () => {
    const content = { ...documentOf({ kind: 'text', text: 'a' }), title: 'Rossi & <figli>', author: 'A & B' };
    const metadataOf = async (of: PdfContent) => await (await openPdf(await renderPdf(of))).getMetadata();
    const { metadata, info } = await metadataOf(content);
    expect(metadata?.get('pdfuaid:part')).toBe('1');
    expect(metadata?.get('dc:title')).toBe('Rossi & <figli>');
    expect(info).toMatchObject({ Title: 'Rossi & <figli>', Author: 'A & B', Language: 'it-IT' });
    const form: Block = { kind: 'input', name: 'X', label: 'X', answer: { kind: 'date' } };
    const ofForm = await metadataOf({ ...content, blocks: [form] });
    expect(ofForm.metadata?.get('pdfuaid:part') ?? null).toBeNull();
  });

  it('draws any text in any block', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    const block = fc.oneof(
      text.map((value): Block => ({ kind: 'text', text: value })),
      text.map((value): Block => ({ kind: 'heading', level: 2, text: value })),
      fc.array(text, { maxLength: 5 }).map((items): Block => ({ kind: 'list', items })),
      fc
        .array(fc.record({ label: text, value: text }), { maxLength: 5 })
        .map((facts): Block => ({ kind: 'facts', facts })),
      fc
        .array(fc.tuple(text, text), { maxLength: 5 })
        .map((rows): Block => ({ kind: 'table', head: ['A', 'B'], rows, rightAligned: [1] })),
      fc.tuple(text, text).map(
        ([label, hint]): Block => ({
          ...{ kind: 'input', name: 'X', label, hint },
          answer: { kind: 'text', letters: 300 },
        }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(block, { maxLength: 8 }), async (blocks) => {
        const pdf = await openPdf(await renderPdf(documentOf(...blocks)));
        expect(pdf.numPages).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });

  it('writes letters that the font lacks in Latin ones, and says so', async () => {
    const { elements } = await read(
      documentOf({ kind: 'text', text: 'Łukasz Çelik 李 Київ e\u0301\u0000\u200d' }),
    );
    expect(textOf(elements)).toBe(
      'Łukasz Çelik Li Kiiv é Le lettere e i segni che non si possono stampare sono qui traslitterati o tralasciati; resta conservato il testo originale.',
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { renderSummary } from '../../../../subgraphs/practices/registration/summary.document.ts';
import { calvenzano, enrolmentOfSofia } from '../../../support/filings.ts';
import { flat, openPdf, structureOf, textOf } from '../../../support/read-pdf.ts';

const hash = '0123456789abcdef'.repeat(4);

async function read(bytes: Buffer) {
  const pdf = await openPdf(bytes);
  const elements = await structureOf(pdf);
  return { pdf, elements, spoken: textOf(elements), roles: flat(elements).map(({ role }) => role) };
}

describe('the summary of an application', () => {
  it('tells everything as it was filed, in the order of the form', async () => {
    const { spoken } = await read(await renderSummary(enrolmentOfSofia(), calvenzano, hash));
    const told = [
      'Comune di Calvenzano',
      'Modello Iscrizione Mensa A.S. 2026/2027',
      'Riferimento 7F3KQ2M9XA4T',
      'Inviata il 15/10/2026 alle 09:00 (ora italiana)',
      'Codice fiscale RSSCLD84C52A794Q',
      'E-mail claudia@example.it',
      'Identificazione SPID, livello 2',
      'Alunno Cognome Bianchi Nome Sofia',
      'Data di nascita 18/02/2021',
      'ALUNNO Nome Sofia (dato certificato) A partire dal 02/11/2026',
      'MENSA Dieta speciale No',
      'Dati della domanda Note nessuna risposta',
      'Allegati Attestazione ISEE File isee 2026.pdf',
      'application/pdf, 120.345 byte',
      'ab'.repeat(32),
      hash,
    ];
    let from = 0;
    for (const text of told) {
      const at = spoken.indexOf(text, from);
      expect({ text, isTold: at >= 0 }).toEqual({ text, isTold: true });
      from = at;
    }
  });

  it('names a business by its VAT number, and a child without a name by its code alone', async () => {
    const filed = enrolmentOfSofia();
    const business = {
      kind: 'BUSINESS',
      codiceFiscale: '03123450169',
      name: 'Trattoria',
      signInMethod: 'VAT_PASSWORD',
    };
    const person = { firstName: null, lastName: null, email: null, level: null };
    const applicant = { ...filed.applicant, ...business, ...person } as typeof filed.applicant;
    const child = { ...filed.child, firstName: ' ', lastName: '' } as typeof filed.child;
    const { spoken } = await read(await renderSummary({ ...filed, applicant, child }, calvenzano, hash));
    expect(spoken).toContain(
      'Denominazione Trattoria Partita IVA 03123450169 Identificazione credenziali dell’impresa',
    );
    expect(spoken).toMatch(/Alunno Codice fiscale BNCSFO21B58L400K/);
  });

  it('is one document with a title, a language, headings that leave no level out, and labels with their answers', async () => {
    const { pdf, elements, roles } = await read(await renderSummary(enrolmentOfSofia(), calvenzano, hash));
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({
      Title: 'Modello Iscrizione Mensa A.S. 2026/2027, riferimento 7F3KQ2M9XA4T',
      Author: 'Comune di Calvenzano',
      Language: 'it-IT',
    });
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    expect(roles.filter((role) => role === 'H1')).toHaveLength(1);
    const levels = roles.flatMap((role) => /^H(\d)$/.exec(role)?.[1] ?? []).map(Number);
    expect(levels.every((level, n) => level <= (levels[n - 1] ?? 0) + 1)).toBe(true);
    const item = flat(elements).find(({ role, children }) => role === 'LI' && children[0]?.text === 'Nome');
    expect(item?.children).toMatchObject([
      { role: 'Lbl', text: 'Nome' },
      { role: 'LBody', text: 'Claudia' },
    ]);
  });

  it('names what an integration or a withdrawal is about, and a child that the legacy system does not know', async () => {
    const { child } = enrolmentOfSofia();
    const asFiled = enrolmentOfSofia({
      kind: 'WITHDRAWAL',
      reason: 'Abbiamo cambiato scuola.',
      previousEntry: { number: 2041, year: 2026 },
      child: child === null ? null : { ...child, key: null },
      attachments: [],
    });
    const { spoken } = await read(await renderSummary(asFiled, null, hash));
    expect(spoken).toContain('Ritiro di un’istanza presentata online');
    expect(spoken).toContain('Riguarda il protocollo n. 2041 del 2026');
    expect(spoken).toContain('Motivazione Abbiamo cambiato scuola.');
    expect(spoken).toContain('Anagrafe dati dichiarati dal richiedente');
    expect(spoken).toContain('Nessun allegato.');
  });

  it('flows over pages with numbers, whatever is written in it', async () => {
    const answers = [
      ['Una parola senza fine', 'x'.repeat(4_000)],
      ['Righe', 'una riga\n'.repeat(120)],
      ['Domanda '.repeat(200), 'sì'],
      ['Lettere', 'Łukasz Çelik 李 e\u0301 \u0000\u200b Ж'],
    ].map(([label = '', value = ''], n) => ({
      ...{ code: `C${n}`, group: null, kind: 'TEXT' as const, certified: false },
      label,
      value,
    }));
    const { pdf, spoken } = await read(await renderSummary(enrolmentOfSofia({ answers }), calvenzano, hash));
    expect(pdf.numPages).toBeGreaterThan(3);
    expect(spoken.replace(/\s/g, '')).toContain('x'.repeat(4_000));
    expect(spoken.match(/una riga/g)).toHaveLength(120);
    expect(spoken).toContain('Łukasz Çelik Li é Zh');
    expect(spoken).toContain('Le lettere e i segni che non si possono stampare sono qui traslitterati');
    const last = await (await pdf.getPage(pdf.numPages)).getTextContent();
    const drawn = last.items.map((item) => ('str' in item ? item.str : '')).join(' ');
    expect(drawn).toContain(`Pagina ${pdf.numPages} di ${pdf.numPages}`);
    expect(drawn).toContain('Riferimento 7F3KQ2M9XA4T');
  });

  it('is the same bytes for the same application', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(() => renderSummary(enrolmentOfSofia(), calvenzano, hash)),
    );
    expect(one?.equals(two ?? Buffer.alloc(0))).toBe(true);
    expect(one?.subarray(0, 5).toString()).toBe('%PDF-');
  });
});

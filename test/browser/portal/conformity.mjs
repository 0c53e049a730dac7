import assert from 'node:assert/strict';
import {
  amina,
  ask,
  claudia,
  diet,
  filedPractice,
  fillDiet,
  goToStep,
  move,
  openAs,
  openPage,
  settled,
  signIn,
  startDraft,
  templates,
  textOf,
} from './visit.mjs';

/**
 * The criteria for a municipality's digital services that one machine can judge, one test each. `run` gets the page to
 * be looked at by `evidence(page)`.
 */
export const conformityTests = [
  {
    criterion: 'C.SE.1.1',
    name: 'the sheet of each service leads into the sign-in and on into that service',
    async run(town, evidence) {
      for (const { id, title } of (await templates(town)).filter(({ isOpen }) => isOpen)) {
        const { page, close } = await openPage(town);
        await page.goto(`${town.portal}/pratiche/modelli/${id}`);
        await page.getByRole('heading', { name: title }).waitFor();
        await evidence(page);
        await page.getByRole('link', { name: 'AVVIA PRATICA', exact: true }).click();
        await page.waitForURL(/\/interaction\//);
        await signIn(page, claudia);
        await page.waitForURL((url) => url.pathname === `/pratiche/avvia/${id}`);
        await page.getByText(title).waitFor();
        await close();
      }
    },
  },
  {
    criterion: 'C.SE.1.3',
    name: 'text is set in Titillium Web, Lora or Roboto Mono',
    async run(town, evidence) {
      const { page, close } = await openPage(town);
      await openAs(page, town.portal, '/servizi-scolastici/scheda', claudia);
      for (const path of [
        '/',
        '/servizi-scolastici/scheda',
        '/servizi-scolastici/documenti',
        '/pratiche/apertura/SCUO',
      ]) {
        await page.goto(`${town.portal}${path}`);
        await settled(page);
        const families = await page.evaluate(() => {
          const found = new Set();
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const { parentElement, textContent } = walker.currentNode;
            if (textContent.trim() === '' || /^(SCRIPT|NOSCRIPT|STYLE)$/.test(parentElement.tagName))
              continue;
            found.add(getComputedStyle(parentElement).fontFamily.split(',')[0].replaceAll('"', ''));
          }
          return [...found];
        });
        const allowed = ['Titillium Web', 'Lora', 'Roboto Mono'];
        assert.deepEqual(
          families.filter((name) => !allowed.includes(name)),
          [],
        );
        assert.ok(await page.evaluate(() => document.fonts.check('16px "Titillium Web"')));
      }
      await evidence(page);
      await close();
    },
  },
  {
    criterion: 'C.SE.1.4',
    name: 'one screen sums everything up in words, immediately before the confirmation',
    async run(town, evidence) {
      const { page, close } = await openPage(town);
      await openAs(page, town.portal, '/area-personale', claudia);
      await startDraft(town, page, claudia, diet, 'Sofia Bianchi');
      await fillDiet(page);
      const text = await textOf(page);
      for (const answer of [
        'Rossi',
        'RSSCLD84C52A794Q',
        'BNCSFO21B58L400K',
        'Priva di glutine',
        '01/12/2026',
        'Sì',
        'certificato.pdf',
      ])
        assert.ok(text.includes(answer), `The summary has ${answer}.`);
      await evidence(page);
      await page.getByRole('button', { name: 'INVIA' }).click();
      await page.getByRole('heading', { name: 'Domanda inviata' }).waitFor();
      await close();
    },
  },
  {
    criterion: 'C.SE.1.5',
    name: 'what the municipality knows is there and not asked again',
    async run(town, evidence) {
      const { page, close } = await openPage(town);
      await openAs(page, town.portal, '/area-personale', claudia);
      await startDraft(town, page, claudia, 'modalità di pagamento', 'Luca Bianchi');
      const applicant = await textOf(page, '.portal-form');
      for (const known of [
        'Rossi',
        'Claudia',
        'RSSCLD84C52A794Q',
        '12/03/1984',
        'Via Roma',
        '24040',
        'Calvenzano',
      ])
        assert.ok(applicant.includes(known), `${known} is there.`);
      // E-mail and telephone may be changed: they are filled in.
      assert.equal(await page.getByLabel(/E-mail/).inputValue(), 'claudia.rossi@example.com');
      assert.equal(await page.getByLabel(/Telefono/).inputValue(), '3331234567');
      assert.equal(await page.locator('.portal-form input').count(), 2);
      await evidence(page);
      await goToStep(page, 'Alunno');
      assert.equal(await page.locator('.portal-form input').count(), 0);
      await close();
    },
  },
  {
    criterion: 'C.SE.1.6',
    name: 'a draft is kept at any step and resumed in another browser',
    async run(town, evidence) {
      const first = await openPage(town);
      await openAs(first.page, town.portal, '/area-personale', amina);
      await startDraft(town, first.page, amina, move, 'Yasmine Alaoui');
      const address = new URL(first.page.url()).pathname.replace(/\/1$/, '');
      await goToStep(first.page, 'Nuova residenza');
      await first.page.getByLabel(/Indirizzo/).fill('Via Dante');
      for (const step of await stepTitles(first.page)) {
        await goToStep(first.page, step);
        await first.page.getByRole('button', { name: 'SOSPENDI' }).waitFor();
      }
      await first.page.getByRole('button', { name: 'SOSPENDI' }).click();
      await first.page.getByText('La bozza è salvata').waitFor();
      await evidence(first.page);
      await first.close();
      const second = await openPage(town);
      await openAs(second.page, town.portal, `${address}/3`, amina);
      assert.equal(await second.page.getByLabel(/Indirizzo/).inputValue(), 'Via Dante');
      await second.close();
    },
  },
  {
    criterion: 'C.SE.1.7',
    name: 'the service is rated in three steps, in the words of the norm, for few stars and for many',
    async run(town, evidence) {
      const branches = [
        [
          '2 stelle su 5',
          'Dove hai incontrato le maggiori difficoltà?',
          [
            'A volte le indicazioni non erano chiare',
            'A volte le indicazioni non erano complete',
            'A volte non capivo se stavo procedendo correttamente',
            'Ho avuto problemi tecnici',
            'Altro',
          ],
        ],
        [
          '5 stelle su 5',
          'Quali sono stati gli aspetti che hai preferito?',
          [
            'Le indicazioni erano chiare',
            'Le indicazioni erano complete',
            'Capivo sempre che stavo procedendo correttamente',
            'Non ho avuto problemi tecnici',
            'Altro',
          ],
        ],
      ];
      for (const [stars, question, answers] of branches) {
        const { page, close } = await openPage(town);
        await openAs(page, town.portal, await filedPractice(town), claudia);
        const rating = page.locator('.portal-rating');
        await rating
          .getByRole('heading', { name: 'Quanto è stato facile usare questo servizio?', exact: true })
          .waitFor();
        assert.equal(await rating.getByRole('radio').count(), 5);
        await rating.locator('label', { hasText: stars }).click();
        await rating.getByRole('button', { name: 'Avanti' }).click();
        await rating.getByRole('heading', { name: question, exact: true }).waitFor();
        assert.deepEqual(await rating.locator('.form-check label').allInnerTexts(), answers);
        await evidence(page);
        await rating.getByLabel(answers[0]).check();
        await rating.getByRole('button', { name: 'Avanti' }).click();
        await rating.getByLabel('Dettaglio').fill('Un breve commento');
        await rating.getByRole('button', { name: 'Invia la valutazione' }).click();
        await rating.getByText('Grazie').waitFor();
        await close();
      }
    },
  },
  {
    criterion: 'C.SE.1.8',
    name: 'the steps are shown with the current one, and each can be gone back to and changed',
    async run(town, evidence) {
      const { page, close } = await openPage(town);
      await openAs(page, town.portal, '/area-personale', claudia);
      await startDraft(town, page, claudia, move, 'Luca Bianchi');
      const steps = await stepTitles(page);
      assert.deepEqual(steps, ['Richiedente', 'Alunno', 'Nuova residenza', 'Informativa']);
      await goToStep(page, 'Nuova residenza');
      assert.match(await textOf(page, '[aria-current="step"]'), /^3\s+Nuova residenza$/);
      await page.getByLabel(/Indirizzo/).fill('Via Manzoni');
      await page.getByLabel(/^Comune/).fill('Treviglio');
      await page.getByLabel(/Dal giorno/).fill('2026-12-01');
      await page.getByRole('button', { name: 'Avanti' }).click();
      await page.getByRole('heading', { name: 'Informativa', level: 1 }).waitFor();
      await goToStep(page, 'Nuova residenza');
      await page.getByLabel(/Indirizzo/).fill('Via Verdi');
      await goToStep(page, 'Riepilogo');
      await page.getByText('Via Verdi').waitFor();
      await evidence(page);
      await close();
    },
  },
  {
    criterion: 'C.SE.1.9',
    name: 'the personal area leads to the milestones of an application',
    async run(town, evidence) {
      await filedPractice(town);
      const { page, close } = await openPage(town);
      await openAs(page, town.portal, '/area-personale', claudia);
      await page
        .getByRole('link', { name: /Richiesta dieta speciale/ })
        .first()
        .click();
      await page.getByRole('heading', { name: 'Avanzamento' }).waitFor();
      const milestones = await page.locator('.portal-milestones li').allInnerTexts();
      assert.ok(milestones.length >= 2, 'There are milestones.');
      for (const milestone of milestones) assert.match(milestone, /\d{4} alle ore \d{2}:\d{2}/);
      await evidence(page);
      await close();
    },
  },
  {
    criterion: 'C.SE.1.10',
    name: 'an application has the day it was taken in charge and the latest day of its outcome',
    async run(town, evidence) {
      const address = await filedPractice(town);
      const id = address.split('/')[2];
      const { practice } = await ask(
        town,
        claudia,
        'query ($id: ID!) { practice(id: $id) { expectedBy protocollo { registeredAt } template { decidedWithinDays } } }',
        { id },
      );
      const { page, close } = await openPage(town);
      await openAs(page, town.portal, `/pratiche/${id}`, claudia);
      await page.getByText('Presa in carico il').waitFor();
      await page.getByText('Esito atteso entro il').waitFor();
      const days =
        (Date.parse(practice.expectedBy) - Date.parse(practice.protocollo.registeredAt)) / 86_400_000;
      assert.ok(days <= practice.template.decidedWithinDays, 'It is within the term of the sheet.');
      await evidence(page);
      await close();
    },
  },
  {
    criterion: 'C.SE.2.1',
    name: 'what must be paid is paid online',
    async run(town, evidence) {
      const { page, close } = await openPage(town);
      await openAs(page, town.portal, '/servizi-scolastici/pagamento', claudia);
      await page.getByRole('checkbox').first().check();
      await page.getByRole('button', { name: 'Paga online con pagoPA' }).click();
      await page.getByRole('button', { name: 'Paga', exact: true }).click();
      await page.getByText('Pagamento riuscito').waitFor({ timeout: 30_000 });
      await evidence(page);
      await close();
    },
  },
  {
    criterion: 'C.SE.3.1',
    name: 'no cookie is set and nobody else is asked for anything',
    async run(town, evidence) {
      const { page, context, close } = await openPage(town);
      const asked = new Set();
      page.on('request', (request) => asked.add(new URL(request.url()).origin));
      for (const path of ['/', '/servizi-scolastici', '/pagamenti', '/privacy']) {
        await page.goto(`${town.portal}${path}`);
        await settled(page);
      }
      assert.deepEqual(await context.cookies(), []);
      assert.deepEqual([...asked].sort(), [town.base, town.portal].sort());
      await evidence(page);
      await close();
    },
  },
  {
    criterion: 'C.SE.3.2',
    name: 'each page links the accessibility statement in its footer',
    run: (town, evidence) => footerLink(town, evidence, 'Dichiarazione di accessibilità', /WCAG 2\.1/),
  },
  {
    criterion: 'C.SE.3.3',
    name: 'each page links the privacy notice in its footer',
    run: (town, evidence) =>
      footerLink(town, evidence, 'Informativa privacy', /Regolamento \(UE\) 2016\/679/),
  },
];

async function stepTitles(page) {
  const titles = await page
    .locator('.portal-stepper li a > span:last-child')
    .evaluateAll((spans) => spans.map((span) => span.firstChild.textContent.trim()));
  return titles.filter((title) => title !== 'Riepilogo');
}

async function footerLink(town, evidence, name, text) {
  const { page, close } = await openPage(town);
  for (const path of ['/', '/pratiche/apertura', '/servizi-scolastici', '/pagamenti', '/nessuna-pagina']) {
    await page.goto(`${town.portal}${path}`);
    await page.locator('footer').getByRole('link', { name }).waitFor();
  }
  await page.locator('footer').getByRole('link', { name }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  assert.match(await textOf(page), text);
  await evidence(page);
  await close();
}

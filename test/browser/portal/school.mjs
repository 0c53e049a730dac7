import assert from 'node:assert/strict';
import { claudia, marco, openAs, openPage } from './visit.mjs';

/** The guide's second half: a family looks at its documents and pays. */
export const schoolTests = [
  {
    name: 'finds invoice 684 of 2020, opens both its files, and pays two debts, within a minute',
    async run(town) {
      const startedAt = Date.now();
      const { page, close } = await openPage(town);
      await page.goto(town.portal);
      await page.getByRole('link', { name: 'Servizi scolastici', exact: true }).last().click();
      await page.getByRole('link', { name: 'Documenti contabili' }).click();
      await page.waitForURL(/\/interaction\//);
      await page.getByLabel('Persona dimostrativa').selectOption(claudia);
      await page.getByRole('button', { name: 'Entra con SPID' }).click();
      await page.getByLabel('Nominativo').selectOption({ label: 'Luca Bianchi' });
      await page.getByLabel('Da data fattura').fill('2020-12-01');
      await page.getByLabel('A data fattura', { exact: true }).fill('2020-12-31');
      await page.getByRole('button', { name: 'Cerca' }).click();
      await page.getByText('Trovato 1 risultato').waitFor();
      const cells = await page.locator('tbody tr').first().locator('td, th').allInnerTexts();
      assert.deepEqual(
        cells.map((text) => text.trim().replace(/\s+/g, ' ')),
        [
          '18/12/2020',
          '684',
          '1',
          'Luca Bianchi',
          '101,42 €',
          '0,00 €',
          '101,42 €',
          '15/01/2021',
          'Pagata',
          'sì',
        ],
      );
      await page.getByRole('link', { name: /Fattura 684/ }).click();
      await page.getByText('Set. 2020 - Ott. 2020').waitFor();
      await page.getByRole('tab', { name: 'Allegati' }).click();
      const files = await page.getByRole('link', { name: /Apri il PDF/ }).all();
      assert.equal(files.length, 2);
      for (const file of files) {
        const answer = await fetch(await file.getAttribute('href'));
        assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'application/pdf']);
      }
      await page.getByRole('link', { name: 'Servizi scolastici' }).last().click();
      await page.getByRole('link', { name: 'Pagamento servizi scolastici' }).click();
      const boxes = page.getByRole('checkbox');
      await boxes.nth(0).check();
      await boxes.nth(1).check();
      await page.getByText('2 debiti scelti').waitFor();
      await page.getByRole('button', { name: 'Paga online con pagoPA' }).click();
      await page.getByRole('button', { name: 'Paga', exact: true }).click();
      await page.getByRole('heading', { name: 'Esito del pagamento' }).waitFor();
      await page.getByText('Pagamento riuscito').waitFor({ timeout: 30_000 });
      assert.equal(await page.getByText('Pagato', { exact: true }).count(), 2);
      const receipt = await page
        .getByRole('link', { name: /Ricevuta di pagamento/ })
        .first()
        .getAttribute('href');
      assert.equal((await fetch(receipt)).status, 200);
      await close();
      assert.ok(Date.now() - startedAt < 60_000, 'It takes a minute at most.');
    },
  },
  {
    name: 'tells Marco why his lists are empty',
    async run(town) {
      const { page, close } = await openPage(town);
      await openAs(page, town.portal, '/servizi-scolastici/documenti', marco);
      await page.getByText('La domanda per Luca Bianchi è stata presentata da un’altra persona').waitFor();
      await page.getByText('Trovati 0 risultati').waitFor();
      await page.goto(`${town.portal}/servizi-scolastici/scheda`);
      await page.getByText('Perché non vedi i dati scolastici').first().waitFor();
      await page.goto(`${town.portal}/servizi-scolastici/pagamento`);
      await page.getByText('Non c’è niente da pagare').waitFor();
      await close();
    },
  },
];

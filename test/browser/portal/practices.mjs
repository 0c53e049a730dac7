import assert from 'node:assert/strict';
import { certificate, claudia, openPage, signIn } from './visit.mjs';

/** The guide's first half: sign in, start, suspend, resume, send, see the number. */
export const practiceTests = [
  {
    name: 'files a diet, suspended once, and sees its number, within a minute',
    async run(town) {
      const startedAt = Date.now();
      const { page, close } = await openPage(town);
      await page.goto(town.portal);
      await page.getByRole('link', { name: 'Pratiche', exact: true }).last().click();
      await page.getByRole('link', { name: 'Apertura pratiche' }).click();
      await page.getByRole('link', { name: 'SERVIZI SCOLASTICI', exact: true }).click();
      await page.getByRole('link', { name: /Scheda informativa di Richiesta dieta speciale/ }).click();
      await page.getByRole('link', { name: 'AVVIA PRATICA', exact: true }).click();
      await signIn(page, claudia);
      await page.getByLabel('Ho letto e compreso').check();
      await page.getByLabel('Luca Bianchi').check();
      await page.getByRole('button', { name: 'Avanti' }).click();
      await page.getByRole('heading', { name: 'Richiedente' }).waitFor();
      await page.getByLabel(/E-mail/).fill('claudia@example.org');
      await page.getByRole('button', { name: 'SOSPENDI' }).click();
      await page.getByText('La bozza è salvata').waitFor();
      await page
        .getByRole('link', { name: /Riprendi/ })
        .first()
        .click();
      assert.equal(await page.getByLabel(/E-mail/).inputValue(), 'claudia@example.org');
      await page.getByRole('button', { name: 'Avanti' }).click();
      await page.getByRole('heading', { name: 'Alunno' }).waitFor();
      await page.getByRole('button', { name: 'Avanti' }).click();
      await page.getByLabel(/Quale dieta/).fill('Priva di glutine');
      await page.getByLabel(/Dal giorno/).fill('2026-12-01');
      await page.getByRole('button', { name: 'Avanti' }).click();
      await page.getByLabel(/Ho letto l'informativa/).check();
      await page.getByRole('button', { name: 'Avanti' }).click();
      await page.getByLabel(/Certificato medico/).setInputFiles(certificate);
      await page.getByRole('link', { name: 'certificato.pdf' }).waitFor();
      await page.getByRole('button', { name: 'Avanti' }).click();
      await page.getByRole('heading', { name: 'Riepilogo' }).waitFor();
      await page.getByText('Priva di glutine').waitFor();
      await page.getByRole('button', { name: 'INVIA' }).click();
      await page.getByText(/Il numero di protocollo è \d+\/\d{4}/).waitFor({ timeout: 30_000 });
      await close();
      assert.ok(Date.now() - startedAt < 60_000, 'It takes a minute at most.');
    },
  },
];

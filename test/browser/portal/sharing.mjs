import assert from 'node:assert/strict';
import { claudia, marco, openAs, openPage, settled } from './visit.mjs';

/** The applicant shows the other parent some of the school data, sees who looked, and takes it back. */
export const sharingTests = [
  {
    name: 'shares with the other parent, refused at the field first, and revokes',
    async run(town) {
      const { page, close } = await openPage(town);
      await openAs(page, town.portal, '/servizi-scolastici/scheda', claudia);
      await page.getByRole('link', { name: 'Condividi i dati di Luca' }).click();
      await page.getByText('Non condividi questi dati con nessuno').waitFor();
      const recipient = page.getByLabel(/Codice fiscale della persona/);
      const share = page.getByRole('button', { name: 'Condividi', exact: true });
      const refusals = [
        ['', /codice fiscale di una persona/],
        ['BNCMRC82L25L400Y', /codice fiscale di una persona/],
        [claudia, /È il proprio codice fiscale/],
        // His own child.
        ['BNCSFO21B58L400K', /persona maggiorenne/],
      ];
      for (const [code, text] of refusals) {
        await recipient.fill(code);
        await share.click();
        await assertRefused(page, recipient, text);
        // Everything that is wrong is said at once.
        await assertRefused(
          page,
          page.getByRole('group', { name: /Che cosa può vedere/ }),
          /almeno una cosa/,
        );
      }
      await recipient.fill(marco.toLowerCase());
      await page.getByLabel(/^Iscrizioni/).check();
      await page.getByLabel(/^Documenti contabili Fatture/).check();
      const endsOn = page.getByLabel(/Ultimo giorno/);
      await endsOn.fill('2020-01-01');
      await share.click();
      await assertRefused(page, endsOn, /già passato/);
      await endsOn.fill('2099-12-31');
      await share.click();
      await page.getByText('La condivisione è salvata').waitFor();
      const shares = page.getByRole('region', { name: 'Condivisioni attive' });
      await shares.getByText(marco, { exact: true }).waitFor();
      await shares.getByText('Iscrizioni, Documenti contabili').waitFor();
      await shares.getByText('31 dicembre 2099').waitFor();
      await seenByMarco(town);
      // Without the last day, and to be paid as well.
      await page.getByRole('button', { name: /^Modifica/ }).click();
      await page.getByLabel(/^Documenti contabili e pagamento/).check();
      await endsOn.fill('');
      await page.getByRole('button', { name: 'Salva la modifica' }).click();
      await shares.getByText('Fino alla revoca').waitFor();
      await page.getByRole('link', { name: 'Chi ha visto i dati di Luca' }).click();
      const seen = page.locator('tbody tr').filter({ hasText: 'Una persona con cui i dati sono condivisi' });
      for (let time = 0; time < 20 && (await seen.count()) === 0; time += 1) {
        await page.reload();
        await settled(page);
      }
      assert.match(await seen.first().textContent(), /\d/);
      await page.getByRole('link', { name: /Condivisione dei dati/ }).click();
      await page.getByRole('button', { name: /^Revoca/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Annulla' }).click();
      await page.getByRole('button', { name: /^Revoca/ }).click();
      await dialog.getByRole('button', { name: 'Revoca la condivisione' }).click();
      await page.getByText('Non condividi questi dati con nessuno').waitFor();
      await page.getByText('Condivisioni terminate').waitFor();
      await close();
      await notSeenByMarco(town);
    },
  },
];

async function seenByMarco(town) {
  const { page, close } = await openPage(town);
  await openAs(page, town.portal, '/servizi-scolastici/scheda', marco);
  await page.getByText('Dati condivisi con te').waitFor();
  await page.getByText('Iscrizioni, Documenti contabili, fino al 31 dicembre 2099 compreso').waitFor();
  await page.getByRole('heading', { name: 'Iscrizioni ai servizi scolastici' }).waitFor();
  assert.equal(await page.getByText('Presenze e assenze di Luca').count(), 0);
  await page.goto(`${town.portal}/servizi-scolastici/documenti`);
  await settled(page);
  await page.getByText(/sono condivisi con te/).waitFor();
  assert.ok((await page.locator('tbody tr').count()) > 0);
  // To be read, and not to be paid.
  await page.goto(`${town.portal}/servizi-scolastici/pagamento`);
  await settled(page);
  await page.getByText('Condiviso con te in sola lettura').first().waitFor();
  assert.equal(await page.locator('.portal-debt input:enabled').count(), 0);
  await close();
}

async function notSeenByMarco(town) {
  const { page, close } = await openPage(town);
  await openAs(page, town.portal, '/servizi-scolastici/documenti', marco);
  await page.getByText('Trovati 0 risultati').waitFor();
  await close();
}

/** At the field, as text that a screen reader reads with it. */
async function assertRefused(page, field, text) {
  await page.getByRole('alert').getByRole('link', { name: text }).waitFor();
  const told = await field.evaluate((control) =>
    (control.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(' '),
  );
  assert.match(told, text);
}

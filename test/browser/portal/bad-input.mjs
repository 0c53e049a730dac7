import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  amina,
  ask,
  certificate,
  claudia,
  diet,
  filedPractice,
  giulia,
  goToStep,
  move,
  openAs,
  openPage,
  openTemplate,
  settled,
  signIn,
  startDraft,
  templates,
} from './visit.mjs';

/** What a portal is given wrong. Each reaches its field, or the page, as Italian text that is announced. */
export const badInputTests = [
  {
    name: 'an IBAN that is wrong, at its field and in the summary',
    async run(town) {
      const { page, close } = await signedIn(town, giulia);
      await startDraft(town, page, giulia, 'modalità di pagamento', 'Tommaso Colombo');
      await goToStep(page, 'Pagamento');
      await page.getByLabel(/SDD/).check();
      const iban = page.getByLabel(/IBAN/);
      await iban.fill('IT60X0542811101000000123457');
      await page.getByRole('button', { name: 'Avanti' }).click();
      await assertRefused(page, iban, /IBAN/);
      // What was typed is still there, and right it goes on.
      assert.equal(await iban.inputValue(), 'IT60X0542811101000000123457');
      await iban.fill('IT60X0542811101000000123456');
      await page.getByRole('button', { name: 'Avanti' }).click();
      await page.getByRole('heading', { name: 'Informativa', level: 1 }).waitFor();
      await close();
    },
  },
  {
    name: 'a day that is typed in part is wrong, not empty, and so is one far away',
    async run(town) {
      const { page, close } = await signedIn(town, claudia);
      await startDraft(town, page, claudia, diet, 'Sofia Bianchi');
      await goToStep(page, 'Dieta');
      await page.getByLabel(/Quale dieta/).fill('Priva di lattosio');
      const day = page.getByLabel(/Dal giorno/);
      await day.focus();
      await page.keyboard.type('12');
      for (const button of ['Avanti', 'SOSPENDI']) {
        await page.getByRole('button', { name: button }).click();
        await assertRefused(page, day, /non esiste o non è completa/);
      }
      await day.fill('12026-12-01');
      await page.getByRole('button', { name: 'Avanti' }).click();
      await assertRefused(page, day, /data che esiste/);
      await page.goto(`${town.portal}/servizi-scolastici/documenti`);
      const from = page.getByLabel('Da data fattura');
      await from.focus();
      await page.keyboard.type('12');
      await page.getByRole('button', { name: 'Cerca' }).click();
      await assertDescribed(from, /non esiste o non è completa/);
      await close();
    },
  },
  {
    name: 'a file of another type, and one too large',
    async run(town) {
      const { page, close } = await signedIn(town, claudia);
      await startDraft(town, page, claudia, diet, 'Sofia Bianchi');
      await goToStep(page, 'Allegati');
      const field = page.getByLabel(/Certificato medico/);
      // On the disk, where the browser reads it: as a message of the test it would take seconds.
      const large = join(town.dataDir, certificate.name);
      await writeFile(large, Buffer.alloc(11_000_000, 32));
      const wrong = [
        [{ name: 'nota.txt', mimeType: 'text/plain', buffer: Buffer.from('niente') }, /tip|formato/i],
        // Its name says one thing and its bytes another.
        [{ ...certificate, buffer: Buffer.from('MZ nothing of a PDF') }, /tip|formato|contenuto/i],
        [large, /grande|MB|dimension/i],
        [{ ...certificate, buffer: Buffer.alloc(0) }, /vuoto/i],
      ];
      for (const [file, text] of wrong) {
        await field.setInputFiles(file);
        await assertDescribed(field, text);
        await page.getByRole('alert').filter({ hasText: text }).waitFor();
        assert.equal(await page.locator('.portal-attached li').count(), 0);
      }
      await field.setInputFiles(certificate);
      await page.getByRole('link', { name: 'certificato.pdf' }).waitFor();
      assert.equal(await field.getAttribute('aria-invalid'), 'false');
      await close();
    },
  },
  {
    name: 'two tabs: the second one chooses, and nothing typed is lost',
    async run(town) {
      const { page, context, close } = await signedIn(town, claudia);
      await startDraft(town, page, claudia, diet, 'Sofia Bianchi');
      await goToStep(page, 'Dieta');
      const other = await context.newPage();
      await other.goto(page.url());
      await other.getByRole('heading', { name: 'Dieta', level: 1 }).waitFor();
      const answer = (tab) => tab.getByLabel(/Quale dieta/);
      await answer(other).fill('Nella seconda');
      await other.getByRole('button', { name: 'SOSPENDI' }).click();
      await other.getByText('La bozza è salvata').waitFor();
      await answer(page).fill('Nella prima');
      await page.getByRole('button', { name: 'SOSPENDI' }).click();
      await page.getByRole('alert').filter({ hasText: 'modificata in un’altra finestra' }).waitFor();
      assert.equal(await answer(page).inputValue(), 'Nella prima');
      await page.getByRole('button', { name: 'Usa i dati modificati altrove' }).click();
      assert.equal(await answer(page).inputValue(), 'Nella seconda');
      await other.close();
      await close();
    },
  },
  {
    name: 'a model that takes no applications today',
    async run(town) {
      const closed = (await templates(town)).find(({ isOpen }) => !isOpen);
      const { page, close } = await signedIn(town, claudia);
      await page.goto(`${town.portal}/pratiche/modelli/${closed.id}`);
      await page.getByText('Le domande non si possono presentare oggi').waitFor();
      assert.equal(await page.getByRole('link', { name: 'AVVIA PRATICA' }).count(), 0);
      // By its address all the same.
      await page.goto(`${town.portal}/pratiche/avvia/${closed.id}`);
      await page.getByLabel('Ho letto e compreso').check();
      await page.getByLabel('Luca Bianchi').check();
      await page.getByRole('button', { name: 'Avanti' }).click();
      await page
        .getByRole('alert')
        .filter({ hasText: /chius|non si può|presentare/i })
        .waitFor();
      await close();
    },
  },
  {
    name: 'an application that was filed before: a link leads to it',
    async run(town) {
      const filed = (await filedPractice(town)).replace(/\/conferma$/, '');
      const { page, close } = await signedIn(town, claudia);
      await page.goto(`${town.portal}/pratiche/avvia/${(await openTemplate(town, diet)).id}`);
      await page.getByLabel('Ho letto e compreso').check();
      await page.getByLabel('Luca Bianchi').check();
      await page.getByRole('button', { name: 'Avanti' }).click();
      const link = page.getByRole('alert').getByRole('link', { name: 'Vai alla domanda già presentata' });
      assert.equal(await link.getAttribute('href'), filed);
      await close();
    },
  },
  {
    name: 'a sign-in that lapses in a form: nothing typed is lost',
    async run(town) {
      const { page, close } = await signedIn(town, amina);
      await startDraft(town, page, amina, move, 'Yasmine Alaoui');
      await goToStep(page, 'Nuova residenza');
      await page.getByLabel(/Indirizzo/).fill('Via dei Tigli');
      await page.evaluate(() => {
        for (const key of Object.keys(sessionStorage).filter((one) => one.startsWith('oidc.user'))) {
          const user = JSON.parse(sessionStorage.getItem(key));
          sessionStorage.setItem(key, JSON.stringify({ ...user, access_token: 'a.b.c', refresh_token: 'x' }));
        }
      });
      await page.getByRole('button', { name: 'Avanti' }).click();
      await page.getByRole('alert').filter({ hasText: 'Devi accedere di nuovo' }).waitFor();
      assert.equal(await page.getByLabel(/Indirizzo/).inputValue(), 'Via dei Tigli');
      await page.getByRole('button', { name: 'Accedi di nuovo' }).first().click();
      // The provider may still know the person; otherwise it asks.
      await page.waitForURL((url) => /\/interaction\/|\/3$/.test(url.pathname));
      if (/interaction/.test(page.url())) await signIn(page, amina);
      await page.getByRole('heading', { name: 'Nuova residenza', level: 1 }).waitFor();
      assert.equal(await page.getByLabel(/Indirizzo/).inputValue(), 'Via dei Tigli');
      await close();
    },
  },
  {
    name: 'a payment that is given up, and a card that is refused',
    async run(town) {
      const { page, close } = await signedIn(town, claudia);
      const ends = [
        ['Annulla e torna al Comune', 'Hai annullato il pagamento'],
        [
          'Prova con una carta che viene rifiutata',
          /Il pagamento (non è stato completato|è stato rifiutato)/,
        ],
      ];
      for (const [button, text] of ends) {
        await page.goto(`${town.portal}/servizi-scolastici/pagamento`);
        await settled(page);
        // The same one each time: what was given up can be begun anew.
        await page.locator('.portal-debt input:enabled').last().check();
        await page.getByRole('button', { name: 'Paga online con pagoPA' }).click();
        await page.getByRole('button', { name: button }).click();
        await page.getByRole('heading', { name: 'Esito del pagamento' }).waitFor();
        await page.getByText(text).waitFor();
        await page.getByRole('link', { name: 'Torna ai pagamenti' }).waitFor();
      }
      await close();
    },
  },
  {
    name: 'a debt that was paid elsewhere meanwhile',
    async run(town) {
      const { page, close } = await signedIn(town, claudia);
      await page.goto(`${town.portal}/servizi-scolastici/pagamento`);
      await settled(page);
      const debt = page
        .locator('.portal-debt')
        .filter({ has: page.locator('input:enabled') })
        .first();
      const [, noticeNumber] = /Avviso (\d{18})/.exec(await debt.textContent());
      await debt.getByRole('checkbox').check();
      const { municipality } = await ask(town, claudia, '{ municipality { codiceFiscale } }');
      const paid = await fetch(`${town.pagopa}/control/counter`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ fiscalCode: municipality.codiceFiscale, noticeNumber }),
      });
      assert.equal(paid.status, 200);
      await untilPaid(town, noticeNumber);
      await page.getByRole('button', { name: 'Paga online con pagoPA' }).click();
      await page
        .getByRole('alert')
        .filter({ hasText: /pagat|pagare/i })
        .waitFor();
      await page.getByText('0 debiti scelti').waitFor();
      await close();
    },
  },
  {
    name: 'what is wrong is said in English to those who choose it, from the API and from the portal',
    async run(town) {
      const { page, close } = await signedIn(town, claudia);
      const { me } = await ask(town, claudia, '{ me { children { id } } }');
      await page.goto(`${town.portal}/servizi-scolastici/figli/${me.children[0].id}/condivisione`);
      await page.getByRole('button', { name: 'Error messages in English' }).click();
      const back = page.getByRole('button', { name: 'Messaggi di errore in italiano' });
      await back.waitFor();
      const recipient = page.getByLabel(/Codice fiscale della persona/);
      const share = page.getByRole('button', { name: 'Condividi', exact: true });
      await share.click();
      await assertRefused(page, recipient, /codice fiscale of a person/);
      await page.locator('[lang=en]').filter({ hasText: 'codice fiscale of a person' }).first().waitFor();
      const day = page.getByLabel(/Ultimo giorno/);
      await day.focus();
      await page.keyboard.type('12');
      await share.click();
      await assertDescribed(day, /The date does not exist or is not complete/);
      await back.click();
      await page.getByRole('button', { name: 'Error messages in English' }).waitFor();
      await share.click();
      await assertRefused(page, recipient, /codice fiscale di una persona/);
      await close();
    },
  },
  {
    name: 'a page that is older than the service: it asks to be loaded again, and nothing typed is lost',
    async run(town) {
      const { page, close } = await signedIn(town, amina);
      const outdate = () => page.route(`${town.base}/graphql`, ofAnotherVersion);
      const update = () => page.unroute(`${town.base}/graphql`);
      const reload = async () => {
        await page.getByRole('alert').filter({ hasText: 'nuova versione dei servizi online' }).waitFor();
        await update();
        await page.getByRole('button', { name: 'Ricarica la pagina' }).click();
      };
      // Typed into a draft.
      await startDraft(town, page, amina, move, 'Yasmine Alaoui');
      await goToStep(page, 'Nuova residenza');
      await page.getByLabel(/Indirizzo/).fill('Via delle Querce');
      await outdate();
      await page.getByRole('button', { name: 'Avanti' }).click();
      await reload();
      await settled(page);
      assert.equal(await page.getByLabel(/Indirizzo/).inputValue(), 'Via delle Querce');
      // Into a form that is kept nowhere.
      await page.goto(`${town.portal}/pagamenti/avviso`);
      await settled(page);
      await page.getByLabel('Numero avviso').fill('301000000000000017');
      await outdate();
      await page.getByRole('button', { name: 'Cerca l’avviso' }).click();
      await reload();
      await settled(page);
      assert.equal(await page.getByLabel('Numero avviso').inputValue(), '301000000000000017');
      // It comes back once: the next visit is a new one.
      await page.reload();
      await settled(page);
      assert.equal(await page.getByLabel('Numero avviso').inputValue(), '');
      // A page that shows nothing yet.
      await outdate();
      await page.goto(`${town.portal}/area-personale`);
      await reload();
      await page.getByRole('heading', { name: 'Area personale', level: 1 }).waitFor();
      await settled(page);
      assert.equal(await page.getByText('nuova versione').count(), 0);
      // A file.
      await startDraft(town, page, amina, diet, 'Yasmine Alaoui');
      await goToStep(page, 'Allegati');
      await outdate();
      const field = page.getByLabel(/Certificato medico/);
      await field.setInputFiles(certificate);
      await assertDescribed(field, /Il file non è stato allegato/);
      await reload();
      await settled(page);
      await page.getByLabel(/Certificato medico/).setInputFiles(certificate);
      await page.getByRole('link', { name: 'certificato.pdf' }).waitFor();
      await close();
    },
  },
  {
    name: 'an address that is no page',
    async run(town) {
      const { page, close } = await openPage(town);
      for (const path of ['/nessuna-pagina', '/pratiche/a/b/c', '/servizi-scolastici/x']) {
        const response = await page.goto(`${town.portal}${path}`);
        assert.equal(response.status(), 404);
        await page.getByRole('heading', { name: 'Pagina non trovata', level: 1 }).waitFor();
      }
      await page.getByRole('link', { name: 'Pratiche' }).last().click();
      await page.getByRole('heading', { name: 'Pratiche', level: 1 }).waitFor();
      // Things that are not there, at addresses that are pages.
      const { page: inside, close: closeInside } = await signedIn(town, claudia);
      for (const path of ['/pratiche/x', '/servizi-scolastici/documenti/x', '/pratiche/compila/x/1']) {
        await inside.goto(`${town.portal}${path}`);
        await inside
          .getByText(/non esiste|non trovat/i)
          .first()
          .waitFor();
      }
      await closeInside();
      await close();
    },
  },
  {
    name: 'too many requests: how long to wait',
    async run(town) {
      const { page, close } = await openPage(town);
      await page.goto(`${town.portal}/pagamenti/avviso`);
      await settled(page);
      await page.getByLabel('Numero avviso').fill('301000000000000017');
      const alert = page.getByRole('alert').filter({ hasText: /Troppe richieste.*Riprova tra \d+ second/ });
      for (let time = 0; time < 100 && (await alert.count()) === 0; time += 1) {
        await page.getByRole('button', { name: 'Cerca l’avviso' }).click();
        await page.locator('#look:enabled').waitFor();
      }
      await alert.waitFor({ timeout: 5_000 });
      assert.equal(await page.getByLabel('Numero avviso').inputValue(), '301000000000000017');
      await close();
    },
  },
];

async function signedIn(town, person) {
  const opened = await openPage(town);
  await openAs(opened.page, town.portal, '/area-personale', person);
  return opened;
}

/** As if the server had another version of the operations: it is asked for one that it does not have. */
async function ofAnotherVersion(route) {
  const text = route.request().postData() ?? '';
  await route.continue({ postData: text.replace(/sha256:[0-9a-f]{64}/g, `sha256:${'0'.repeat(64)}`) });
}

/** At the field, which says so to a screen reader, and in the summary, which has the focus. */
async function assertRefused(page, field, text) {
  await assertDescribed(field, text);
  const summary = page.getByRole('alert').filter({ hasText: 'Controlla questi dati' });
  await summary.getByRole('link', { name: text }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'alert');
  await summary.getByRole('link', { name: text }).click();
  assert.ok(await field.evaluate((control) => control === document.activeElement));
}

async function assertDescribed(field, text) {
  for (let time = 0; time < 150 && (await field.getAttribute('aria-invalid')) !== 'true'; time += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  const told = await field.evaluate((control) =>
    (control.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(' '),
  );
  assert.match(told, text);
}

async function untilPaid(town, numeroAvviso) {
  const query = '{ me { debts(status: [PAYABLE]) { numeroAvviso } } }';
  for (let time = 0; time < 100; time += 1) {
    const { debts } = (await ask(town, claudia, query)).me;
    if (!debts.some((debt) => debt.numeroAvviso === numeroAvviso)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail('The receipt arrives.');
}

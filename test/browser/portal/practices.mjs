import assert from 'node:assert/strict';
import {
  ask,
  certificate,
  claudia,
  filedPractice,
  openAs,
  openPage,
  settled,
  signIn,
  textOf,
} from './visit.mjs';

const confirmations = {
  SUBMITTED: 'Abbiamo ricevuto la tua domanda',
  REGISTERED: 'Abbiamo ricevuto la tua domanda',
  INTEGRATION_REQUESTED: 'L’ufficio ti chiede un’integrazione',
  ACCEPTED: 'La tua domanda è stata accolta',
  REJECTED: 'La tua domanda è stata respinta',
  WITHDRAWN: 'Hai ritirato questa domanda',
  DRAFT: 'Questa domanda non risulta inviata',
  ADDED_LATER: 'Lo stato di questa domanda è da verificare con l’ufficio',
};
const exam = 'L’ufficio esamina la domanda';

const debtTexts = {
  PAYMENT_IN_PROGRESS: 'Un pagamento è in corso: non pagare di nuovo.',
  PAID: 'È già pagato: non pagare di nuovo.',
  EXPIRED: 'chiedi all’ufficio un avviso nuovo',
  CANCELLED: 'L’Ente creditore lo ha annullato: non si paga.',
  ADDED_LATER: 'Non si può pagare da qui: chiedi all’ufficio.',
};
const pay = 'Paga online con pagoPA';

/** The API's answers, with another status in the first object that `find` finds. */
async function answerWith(town, page, find, status) {
  await page.unroute(`${town.base}/graphql`);
  await page.route(`${town.base}/graphql`, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const response = await route.fetch();
    const json = await response.json();
    const found = find(json.data ?? {});
    if (found) found.status = status;
    await route.fulfill({ response, json });
  });
}

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
  {
    name: 'the confirmation of an application says what has become of it',
    async run(town) {
      const { page, close } = await openPage(town);
      const path = await filedPractice(town);
      await openAs(page, town.portal, path, claudia);
      for (const [status, title] of Object.entries(confirmations)) {
        await answerWith(town, page, ({ practice }) => practice, status);
        await page.goto(`${town.portal}${path}`);
        await settled(page);
        const text = await textOf(page);
        assert.ok(text.includes(title), `${status}: ${text}`);
        const isOpen = ['SUBMITTED', 'REGISTERED'].includes(status);
        assert.equal(text.includes('Abbiamo ricevuto'), isOpen, status);
        assert.equal(text.includes(exam), isOpen, status);
      }
      await close();
    },
  },
  {
    name: 'a notice that cannot be paid says why',
    async run(town) {
      const { me, municipality } = await ask(
        town,
        claudia,
        '{ me { debts { numeroAvviso status } } municipality { codiceFiscale } }',
      );
      const { numeroAvviso } = me.debts.find(({ status }) => status === 'PAYABLE');
      const { page, close } = await openPage(town);
      await page.goto(`${town.portal}/pagamenti/avviso`);
      await settled(page);
      await page.getByLabel(/Numero avviso/).fill(numeroAvviso);
      await page.getByLabel(/Ente creditore/).fill(municipality.codiceFiscale);
      for (const [status, reason] of Object.entries({ ...debtTexts, PAYABLE: pay })) {
        await answerWith(town, page, ({ paymentNotice }) => paymentNotice, status);
        await page.getByRole('button', { name: 'Cerca l’avviso' }).click();
        await page.getByText(reason).waitFor();
        assert.equal((await textOf(page)).includes(pay), status === 'PAYABLE', status);
      }
      await close();
    },
  },
];

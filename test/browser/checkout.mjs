// `npm run test:browser`: a parent pays at the demo's Checkout with a keyboard, is refused, and cancels.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { ask as askAs, newPage, withBrowser } from './browser.mjs';

const startPayment = `mutation ($input: StartPaymentInput!) {
  startPayment(input: $input) { __typename ... on PaymentStarted { session { id checkoutUrl } } } }`;
const payableDebts = '{ me { debts(status: [PAYABLE]) { id amount } } }';
const paymentSession = 'query ($id: ID!) { paymentSession(id: $id) { status items { status } } }';

await withBrowser(async (town) => {
  const { browser } = town;
  const ask = (query, variables) => askAs(town, 'RSSCLD84C52A794Q', query, variables);
  // The portal that the payer comes back to.
  const portal = createServer((_request, response) => response.end('<title>Portale</title>')).listen(
    0,
    '127.0.0.1',
  );
  await new Promise((resolve) => portal.once('listening', resolve));
  const returnUrl = `http://127.0.0.1:${portal.address().port}/pagamento`;
  try {
    const { debts } = (await ask(payableDebts)).me;
    const start = async (debtIds) => {
      const input = { debtIds, returnUrl, idempotencyKey: randomUUID() };
      return (await ask(startPayment, { input })).startPayment.session;
    };
    const page = await newPage(browser, { viewport: { width: 390, height: 844 } });
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    const goOn = () => Promise.all([page.waitForURL(`${returnUrl}**`), page.keyboard.press('Enter')]);
    const focus = async (text) => {
      for (let step = 0; step < 20; step += 1) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate(() => document.activeElement?.textContent)) === text) return;
      }
      assert.fail(`${text} is not reached with the Tab key.`);
    };
    const outcomeOf = () => new URL(page.url()).searchParams;

    const paid = await start(debts.slice(0, 2).map(({ id }) => id));
    await page.goto(paid.checkoutUrl);
    assert.equal(await page.getAttribute('html', 'lang'), 'it');
    assert.equal(await page.locator('h1').count(), 1);
    const fields = page.locator('input');
    for (let index = 0; index < (await fields.count()); index += 1)
      assert.equal(await fields.nth(index).evaluate((field) => field.labels.length), 1);
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
      'The page fits a telephone.',
    );
    if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT, fullPage: true });
    await page.getByLabel('Nome e cognome').fill('Marco Bianchi');
    await page.getByLabel('Codice fiscale').fill('BNCMRC82L25L400X');
    await focus('Paga');
    await goOn();
    assert.deepEqual([outcomeOf().get('session'), outcomeOf().get('outcome')], [paid.id, 'ok']);
    for (let time = 0; time < 100; time += 1) {
      const { status } = (await ask(paymentSession, { id: paid.id })).paymentSession;
      if (status === 'SETTLED') break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { status, items } = (await ask(paymentSession, { id: paid.id })).paymentSession;
    assert.deepEqual([status, items.map((item) => item.status)], ['SETTLED', ['PAID', 'PAID']]);

    const ends = [
      ['Prova con una carta che viene rifiutata', 'error'],
      ['Annulla e torna al Comune', 'cancel'],
    ];
    for (const [index, [label, outcome]] of ends.entries()) {
      const attempt = await start([debts[2 + index].id]);
      await page.goto(attempt.checkoutUrl);
      await focus(label);
      await goOn();
      assert.deepEqual([outcomeOf().get('session'), outcomeOf().get('outcome')], [attempt.id, outcome]);
    }
    assert.deepEqual(problems, []);
    console.log('1 passed, 0 failed');
  } finally {
    portal.close();
    portal.closeAllConnections();
  }
});

// `npm run test:browser`: the flagship from GraphiQL in a real browser.
import assert from 'node:assert/strict';
import { newPage, withBrowser } from './browser.mjs';

await withBrowser(async ({ base, browser }) => {
  const page = await newPage(browser, { viewport: { width: 1400, height: 900 } });
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`${base}/graphiql`);
  await page.waitForSelector('.graphiql-execute-button');
  const [response] = await Promise.all([
    page.waitForResponse(
      (answer) => answer.url().endsWith('/graphql') && /Flagship/.test(answer.request().postData() ?? ''),
    ),
    page.click('.graphiql-execute-button'),
  ]);
  const { data, errors } = await response.json();
  assert.equal(errors, undefined);
  assert.deepEqual(
    data.me.children.map(({ firstName }) => firstName),
    ['Luca', 'Sofia'],
  );
  const invoice = data.me.children[0].invoices.edges.at(-1).node;
  assert.deepEqual(
    [invoice.year, invoice.number, invoice.period.label, invoice.amount],
    [2020, 684, 'Set. 2020 - Ott. 2020', 10142],
  );
  await page.waitForFunction(() => document.querySelector('.result-window')?.textContent?.includes('Luca'));
  if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT });
  const pdf = await fetch(invoice.attachments[0].document.downloadUrl);
  assert.deepEqual([pdf.status, pdf.headers.get('content-type')], [200, 'application/pdf']);
  assert.deepEqual(problems, []);

  // Sandbox' script comes from Apollo's network: what we give it is looked at in the page.
  const sandbox = await (await fetch(base)).text();
  assert.match(sandbox, /embeddable-sandbox/);
  assert.match(sandbox, /query Flagship/);
  assert.match(sandbox, /Bearer eyJ/);

  // Without that network the page shows GraphiQL: when it is refused at once, and when it gives no answer.
  for (const isolate of [(route) => route.abort(), () => undefined]) {
    const isolated = await newPage(browser, { viewport: { width: 1280, height: 800 } });
    await isolated.route(/apollographql\.com/, isolate);
    await isolated.goto(base, { waitUntil: 'commit' });
    await isolated.waitForSelector('.graphiql-execute-button');
    const labels = await isolated.locator('nav[aria-label="Of this server"] a').allTextContents();
    assert.deepEqual(labels.slice(0, 5), ['GraphiQL', 'Schema', 'Portal', 'Docs', 'People']);
    for (const link of await isolated.locator('nav[aria-label="Of this server"] a').all())
      assert.equal((await fetch(new URL(await link.getAttribute('href'), base))).status, 200);
    // The one place of documents: the reference, with the guides.
    assert.match(await (await fetch(`${base}/docs/`)).text(), /guide-integrators\.html/);
    if (process.env.SCREENSHOT) await isolated.screenshot({ path: process.env.SCREENSHOT });
    await isolated.close();
  }
  console.log('1 passed, 0 failed');
});

// `npm run test:browser`: the page of docs/clients.md, as it is written there, signs in from another port.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { newPage, withBrowser } from './browser.mjs';

await withBrowser(async ({ base, issuer, browser }) => {
  const [, page = ''] = /```html\n([\s\S]+?)```/.exec(await readFile('docs/clients.md', 'utf8')) ?? [];
  assert.ok(page.split('\n').length <= 41, 'The sample has 40 lines at most.');
  const sample = page
    .replace('http://127.0.0.1:4010', issuer)
    .replace('http://127.0.0.1:4000/graphql', `${base}/graphql`);
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(sample);
  }).listen(0, 'localhost');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    const address = `http://localhost:${server.address().port}/`;
    const tab = await newPage(browser);
    const problems = [];
    tab.on('pageerror', (error) => problems.push(error.message));
    await tab.goto(address);
    await tab.getByRole('button', { name: 'Entra' }).click();
    await tab.getByLabel('Persona dimostrativa').selectOption('RSSCLD84C52A794Q');
    if (process.env.SCREENSHOT) await tab.screenshot({ path: process.env.SCREENSHOT, fullPage: true });
    await tab.getByRole('button', { name: 'Entra con SPID' }).click();
    await tab.getByText('Luca Bianchi').waitFor();
    assert.deepEqual(await tab.locator('li').allTextContents(), ['Luca Bianchi', 'Sofia Bianchi']);
    assert.equal(tab.url(), address);
    await tab.getByRole('button', { name: 'Esci' }).click();
    await tab.waitForURL(address);
    // Signed out at the provider too: the next one who enters is asked again.
    await tab.getByRole('button', { name: 'Entra' }).click();
    await tab.getByRole('button', { name: 'Annulla e torna al portale' }).click();
    await tab.waitForURL(/error=access_denied/);
    assert.deepEqual(problems, []);
    console.log('1 passed, 0 failed');
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

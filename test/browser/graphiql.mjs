// `npm run test:browser`: the flagship from GraphiQL in a real browser, against a town that is started here.
// Wants Chromium (Debian: apt install chromium); CHROMIUM_PATH says where it is when it is not /usr/bin/chromium.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const folder = await mkdtemp(join(tmpdir(), 'browser-'));
const env = {
  ...process.env,
  DATA_DIR: join(folder, 'data'),
  PORT: '4391',
  DEMO_IDENTITY_PORT: '4392',
  DEMO_HYPERSIC_PORT: '4394',
  DEMO_PAGOPA_PORT: '4393',
};
const town = spawn(process.execPath, ['dist/demo/start.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
let browser;
try {
  const base = await readyAddress(town);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`${base}/graphiql`);
  await page.waitForSelector('.graphiql-execute-button', { timeout: 20_000 });
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
  console.log('1 passed, 0 failed');
} finally {
  await browser?.close();
  town.kill('SIGTERM');
  await new Promise((resolve) => town.once('exit', resolve));
  await rm(folder, { recursive: true, force: true });
}

function readyAddress(server) {
  return new Promise((resolve, reject) => {
    let output = '';
    server.stdout.on('data', (chunk) => {
      output += chunk;
      const [, address] = /ready (http:\S+)\/graphql/.exec(output) ?? [];
      if (address !== undefined) resolve(address);
    });
    server.once('exit', (code) => reject(new Error(`The town ended with ${code}.`)));
  });
}

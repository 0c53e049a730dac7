import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { silentLog } from '../../dist/core/log.js';
import { processLog } from '../../dist/core/main.js';
import { fetchDemoToken } from '../../dist/demo/identity/fetch-token.js';
import { startDemo } from '../../dist/demo/start-demo.js';

const anyFreePort = '0';

/**
 * Runs `work` with a town started here and a real browser:
 * `work({ base, issuer, audience, portal, hypersic, pagopa, town, browser, dataDir })`.
 *
 * Wants Chromium (Debian: apt install chromium); CHROMIUM_PATH says where it is when it is not /usr/bin/chromium.
 * TOWN_LOG=1 prints the town's log.
 */
export async function withBrowser(work, more = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'browser-'));
  const dataDir = join(folder, 'data');
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: anyFreePort,
    DEMO_IDENTITY_PORT: anyFreePort,
    DEMO_PAGOPA_PORT: anyFreePort,
    DEMO_HYPERSIC_PORT: anyFreePort,
    DEMO_PORTAL_PORT: anyFreePort,
    ...more,
  };
  const demo = await startDemo(env, process.env.TOWN_LOG ? processLog() : silentLog);
  let browser;
  try {
    browser = await launchBrowser();
    const { town } = demo;
    await work({
      base: new URL(town.graphqlUrl).origin,
      issuer: town.issuer,
      audience: town.audience,
      portal: demo.portalUrl,
      hypersic: new URL(town.environment.HYPERSIC_SOAP_URL).origin,
      pagopa: town.pagopaUrl,
      town,
      browser,
      dataDir,
    });
  } finally {
    await browser?.close();
    await demo.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=it-IT',
];

export function launchBrowser() {
  return chromium.launch({ executablePath: chromiumPath(), args: chromiumArguments });
}

/** A busy machine is slow, and no failure; what takes long in a test is asserted there. */
const patienceMs = 90_000;

/** A page of a browser of its own. */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patienceMs);
  return context.newPage();
}

export const chromiumPath = () => process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Asks the API itself, as one of the demo's people: the whole answer. */
export async function ask({ base, issuer, audience }, person, query, variables = {}) {
  const token = await fetchDemoToken({ issuer, audience, code: person, method: 'spid', level: 2 });
  const response = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined);
  return data;
}

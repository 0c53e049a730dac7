import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const ports = {
  PORT: '4391',
  DEMO_IDENTITY_PORT: '4392',
  DEMO_PAGOPA_PORT: '4393',
  DEMO_HYPERSIC_PORT: '4394',
  DEMO_PORTAL_PORT: '4395',
};

/**
 * Runs `work` with a town started here and a real browser: `work({ base, issuer, portal, hypersic, pagopa, browser, dataDir })`.
 *
 * Wants Chromium (Debian: apt install chromium); CHROMIUM_PATH says where it is when it is not /usr/bin/chromium.
 */
export async function withBrowser(work, more = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'browser-'));
  const dataDir = join(folder, 'data');
  const env = { ...process.env, DATA_DIR: dataDir, ...ports, ...more };
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
        '--lang=it-IT',
      ],
    });
    const at = (name) => `http://127.0.0.1:${ports[name]}`;
    await work({
      base,
      issuer: at('DEMO_IDENTITY_PORT'),
      portal: at('DEMO_PORTAL_PORT'),
      hypersic: at('DEMO_HYPERSIC_PORT'),
      pagopa: at('DEMO_PAGOPA_PORT'),
      browser,
      dataDir,
    });
  } finally {
    await browser?.close();
    town.kill('SIGTERM');
    if (town.exitCode === null) await new Promise((resolve) => town.once('exit', resolve));
    await rm(folder, { recursive: true, force: true });
  }
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

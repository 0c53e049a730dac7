import '../core/runtime-check.ts';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { isCodiceFiscale, isPartitaIva } from '../core/values/index.ts';
import { integrator, machineScopes, portal } from './identity/clients.ts';
import { fetchDemoToken, fetchMachineToken } from './identity/fetch-token.ts';
import type { Level, Method } from './identity/sign-in.ts';
import { findRunningTown } from './running-town.ts';

const usage =
  'Usage: npm run --silent token -- <codice fiscale or partita IVA> [--method spid|cie|cns|password] [--level 1|2|3] [--client demo-integrator], --nth N for the N-th applicant of those loaded, or --machine demo-integrator [--scope "payment:status webhooks:manage"].';

/** `npm run --silent token -- RSSCLD84C52A794Q` prints a token of the running demo. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      method: { type: 'string' },
      level: { type: 'string' },
      nth: { type: 'string' },
      client: { type: 'string', default: portal.clientId },
      machine: { type: 'string' },
      scope: { type: 'string', default: machineScopes },
    },
  });
  const town = findRunningTown(process.env.DATA_DIR ?? '.data');
  const { issuer, audience } = town;
  if (values.machine !== undefined) {
    if (values.machine !== integrator.clientId)
      throw new Error(`The demo has one machine: --machine ${integrator.clientId}`);
    return console.log(await fetchMachineToken(issuer, audience, values.scope));
  }
  const client = [portal, integrator].find(({ clientId }) => clientId === values.client);
  if (client === undefined)
    throw new Error(`The demo's clients are ${portal.clientId} and ${integrator.clientId}.`);
  const code =
    values.nth === undefined ? positionals[0]?.toUpperCase() : await loaded(town.legacyUrl, values.nth);
  if (code === undefined) throw new Error(usage);
  if (!isCodiceFiscale(code) && !isPartitaIva(code)) {
    throw new Error('A codice fiscale or a partita IVA with a valid check character was expected.');
  }
  const method = (values.method ?? (isPartitaIva(code) ? 'password' : 'spid')) as Method;
  const level = Number(values.level ?? 2) as Level;
  console.log(await fetchDemoToken({ issuer, audience, code, method, level, client }));
}

async function loaded(legacyUrl: string, nth: string): Promise<string> {
  const number = Number(nth);
  if (!Number.isInteger(number) || number < 1) throw new Error('--nth is a whole number from 1.');
  const client = new pg.Client(legacyUrl);
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT DISTINCT s."COD_SOGG", s."COD_FISC" FROM "AN_SOGG" s JOIN "SDI_DOMANDE" d ON d."COD_RICH" = s."COD_SOGG"
       WHERE s."COD_SOGG" LIKE 'G%' ORDER BY 1 OFFSET $1 LIMIT 1`,
      [number - 1],
    );
    if (rows[0] === undefined)
      throw new Error('There are not so many applicants. Load some: npm run demo:load');
    return rows[0].COD_FISC;
  } finally {
    await client.end();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : usage);
  process.exitCode = 1;
});

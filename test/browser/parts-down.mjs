// `npm run test:browser`: with each subgraph down in turn, and with the legacy system down, every page says what is missing.
import assert from 'node:assert/strict';
import pg from 'pg';
import { withBrowser } from './browser.mjs';
import { addressesOf } from './portal/pages.mjs';
import { ask, claudia, openAs, openPage, settled, textOf } from './portal/visit.mjs';

const told =
  /non disponibil|non risponde|non è raggiungibile|richiede troppo tempo|molto richiesto|Qualcosa non ha funzionato/;
/** Pages that ask the part for nothing. */
const untouched = {
  anagrafe: ['home', 'category', 'template', 'paymentKinds'],
  practices: ['paymentKinds', 'invoices', 'invoice', 'schoolPayment', 'archive'],
  'school-billing': [
    'home',
    'category',
    'template',
    'paymentKinds',
    'personal',
    'form',
    'mine',
    'protocolli',
    'archive',
  ],
  payments: ['home', 'category', 'template', 'form', 'mine', 'protocolli', 'practice', 'record', 'invoices'],
  'the legacy system': ['template'],
};

await withBrowser(
  async (town) => {
    const { page, close } = await openPage(town);
    await openAs(page, town.portal, '/area-personale', claudia);
    const pages = await pagesOf(town, page);
    await untilDecided(town);
    const see = async (path) => {
      await page.goto(`${town.portal}${path}`);
      await settled(page);
      return textOf(page);
    };
    const whole = {};
    for (const [name, path] of Object.entries(pages)) {
      whole[name] = await see(path);
      assert.doesNotMatch(whole[name], told, `${name} is whole.`);
    }
    const found = [];
    for (const { name: part, stop, start } of parts(town)) {
      await stop();
      for (const [name, path] of Object.entries(pages)) {
        let text = await see(path);
        // On a busy machine another part may take too long as well: asked again, it answers.
        for (let time = 0; time < 3 && untouched[part].includes(name) && told.test(text); time += 1)
          text = await see(path);
        const gone = whole[name].split('\n').filter((line) => line.trim() !== '' && !text.includes(line));
        if (gone.length > 0 && !told.test(text))
          found.push(`${name} without ${part} lacks ${gone[0]} in silence`);
        if (gone.length > 0 && untouched[part].includes(name))
          found.push(`${name} without ${part} lacks ${gone[0]}`);
      }
      await start();
      for (let time = 0; time < 20; time += 1)
        if (!told.test(`${await see(pages.home)} ${await see(pages.schoolPayment)}`)) break;
    }
    await close();
    assert.deepEqual(found, []);
    console.log('1 passed, 0 failed');
  },
  { SUBGRAPH_TRANSPORT: 'http' },
);

/** The office's decision changes what pages say: it must not fall between two looks. */
async function untilDecided(town) {
  for (let time = 0; time < 120; time += 1) {
    const { me } = await ask(
      town,
      claudia,
      '{ me { practices(first: 50) { edges { node { channel status } } } } }',
    );
    const isOpen = ({ node }) =>
      node.channel === 'ONLINE' && ['SUBMITTED', 'REGISTERED'].includes(node.status);
    if (!me.practices.edges.some(isOpen)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('The office did not decide within a minute.');
}

async function pagesOf(town, page) {
  const { open, signedIn } = await addressesOf(town, page);
  const find = (pattern) => [...open, ...signedIn].find((path) => pattern.test(path));
  return {
    home: '/',
    category: find(/apertura\/./),
    template: find(/modelli/),
    paymentKinds: '/pagamenti/spontaneo',
    personal: '/area-personale',
    form: find(/compila\/.*\/1$/),
    mine: '/pratiche/mie',
    protocolli: '/pratiche/protocolli',
    practice: find(/^\/pratiche\/[^/]{30,}$/),
    record: '/servizi-scolastici/scheda',
    invoices: '/servizi-scolastici/documenti',
    invoice: find(/documenti\/./),
    schoolPayment: '/servizi-scolastici/pagamento',
    archive: '/pagamenti/archivio',
  };
}

function parts({ town }) {
  const subgraphs = ['anagrafe', 'practices', 'school-billing', 'payments'].map((name) => ({
    name,
    stop: () => town.stopSubgraph(name),
    start: () => town.startSubgraph(name),
  }));
  const admin = new URL(town.legacyUrl);
  const database = admin.pathname.slice(1);
  // Host and port are in its query.
  admin.pathname = '/postgres';
  const tell = async (...statements) => {
    const client = new pg.Client({ connectionString: admin.href });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  return [
    ...subgraphs,
    {
      name: 'the legacy system',
      stop: () =>
        tell(
          `ALTER DATABASE ${database} ALLOW_CONNECTIONS false`,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`,
        ),
      start: () => tell(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`),
    },
  ];
}

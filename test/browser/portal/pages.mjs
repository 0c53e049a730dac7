import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  ask,
  assertFits,
  claudia,
  diet,
  filedPractice,
  openAs,
  openPage,
  openTemplate,
  settled,
  startDraft,
  textOf,
} from './visit.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Of a telephone; of a screen zoomed to 200 %, as browsers do it: half the pixels, each twice as large; of a screen. */
const views = [
  { width: 360, height: 640, deviceScaleFactor: 1 },
  { width: 640, height: 450, deviceScaleFactor: 2 },
  { width: 1280, height: 900, deviceScaleFactor: 1 },
];
const mostScriptBytes = 250_000;
const mostRequests = 2;

/** The address of each page, with ids of things that Claudia has. */
export async function addressesOf(town, page) {
  const { id: templateId } = await openTemplate(town, diet);
  const filed = (await filedPractice(town)).replace(/\/conferma$/, '');
  const { me, paymentKinds } = await ask(
    town,
    claudia,
    `{ me { children { id invoices(first: 1) { edges { node { id } } } } }
       paymentKinds(first: 1) { edges { node { id } } } }`,
  );
  await startDraft(town, page, claudia, diet, 'Sofia Bianchi');
  const draft = new URL(page.url()).pathname.replace(/\/1$/, '');
  return {
    open: [
      '/',
      '/imprese',
      '/altri-enti',
      '/pratiche',
      '/pratiche/apertura',
      '/pratiche/apertura/SCUO',
      `/pratiche/modelli/${templateId}`,
      '/servizi-scolastici',
      '/pagamenti',
      '/pagamenti/avviso',
      '/pagamenti/spontaneo',
      `/pagamenti/spontaneo/${paymentKinds.edges[0].node.id}`,
      '/privacy',
      '/accessibilita',
      '/nessuna-pagina',
    ],
    signedIn: [
      '/area-personale',
      `/pratiche/avvia/${templateId}`,
      ...['1', '2', '3', '4', '5', 'riepilogo'].map((step) => `${draft}/${step}`),
      '/pratiche/mie',
      '/pratiche/protocolli',
      filed,
      `${filed}/conferma`,
      '/servizi-scolastici/scheda',
      ...['condivisione', 'accessi'].map((page) => `/servizi-scolastici/figli/${me.children[0].id}/${page}`),
      '/servizi-scolastici/documenti',
      `/servizi-scolastici/documenti/${me.children[0].invoices.edges[0].node.id}`,
      '/servizi-scolastici/pagamento',
      '/pagamenti/archivio',
    ],
  };
}

export const pageTests = [
  ...['open', 'signedIn'].map((kind) => ({
    name: `${kind === 'open' ? 'public pages' : 'pages behind the sign-in'}: axe, width, 200 %, reduced motion, requests, script`,
    async run(town) {
      const { page, close } = await openPage(town);
      await openAs(page, town.portal, '/area-personale', claudia);
      const paths = (await addressesOf(town, page))[kind];
      let requests = 0;
      page.on('request', (request) => {
        if (request.url() === `${town.base}/graphql` && request.method() === 'POST') requests += 1;
      });
      const found = [];
      for (const path of paths) {
        requests = 0;
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.goto(`${town.portal}${path}`);
        await settled(page);
        const problems = requests > mostRequests ? [`${path}: ${requests} requests`] : [];
        const bytes = await scriptBytesOf(page);
        if (bytes > mostScriptBytes) problems.push(`${path}: ${bytes} bytes of script`);
        problems.push(...(await problemsAt(page, path)));
        // As they are found: a visit of all pages takes its time.
        for (const problem of problems) console.error(problem);
        found.push(...problems);
      }
      await close();
      assert.deepEqual(found, []);
    },
  })),
  {
    name: 'the first frame needs no script, and has the menu and the height of the page that takes its place',
    async run(town) {
      const menuOf = (page) =>
        page
          .locator('.portal-nav a')
          .evaluateAll((links) => links.map(({ href, textContent }) => `${href} ${textContent}`));
      const heightOf = async (page) => (await page.locator('.portal-header').boundingBox()).height;
      for (const width of [360, 1280]) {
        const { page, context, close } = await openPage(town, { width });
        await page.goto(town.portal);
        await settled(page);
        const frame = await context.newPage();
        await frame.route(/assets\/start-/, (route) => route.abort());
        await frame.goto(town.portal);
        await frame.getByText('Controlla la connessione').waitFor();
        assert.deepEqual(await menuOf(frame), await menuOf(page));
        assert.equal(
          await heightOf(frame),
          await heightOf(page),
          `The content does not jump at ${width} px.`,
        );
        await close();
      }
      const still = await openPage(town, { javaScriptEnabled: false });
      await still.page.goto(town.portal);
      assert.match(await textOf(still.page), /attiva JavaScript/);
      await still.page.getByRole('link', { name: 'Pagamenti online' }).waitFor();
      await still.close();
    },
  },
  {
    name: 'the first frame has the top of the page, where the page has it, and the largest text of the home page',
    async run(town) {
      const topOf = (page) =>
        page.locator('main').evaluate((main) => ({
          crumbs: [...main.querySelectorAll('.breadcrumb-item > a')].map((link) => link.getAttribute('href')),
          title: main.querySelector('h1').textContent,
          lead: main.querySelector('.lead')?.textContent ?? null,
          at: Math.round(main.querySelector('h1').getBoundingClientRect().top),
        }));
      for (const path of ['/', '/altri-enti', '/pratiche/apertura', '/pagamenti/spontaneo', '/privacy']) {
        const { page, close } = await openPage(town, { width: 412 });
        let release;
        const released = new Promise((resolve) => {
          release = resolve;
        });
        await page.route(/assets\/start-/, (route) => released.then(() => route.continue()));
        await page.goto(`${town.portal}${path}`, { waitUntil: 'commit' });
        await page.locator('main h1').waitFor();
        await page.evaluate(() => document.fonts.ready);
        const before = await topOf(page);
        const beforeMs = await page.evaluate(() => performance.now());
        release();
        await page.locator('footer').waitFor();
        await settled(page);
        assert.deepEqual(await topOf(page), before);
        if (path === '/') assert.ok((await largestPaintMs(page)) < beforeMs, 'The largest text was there.');
        await close();
      }
    },
  },
  {
    name: 'a page whose script does not come says so, and the next one opens',
    async run(town) {
      const { page, context } = await openPage(town);
      await page.goto(town.portal);
      await settled(page);
      await page.route(/assets\/pages-/, (route) => route.abort());
      await page
        .getByRole('navigation', { name: 'Principale' })
        .getByRole('link', { name: 'Pratiche' })
        .click();
      await page.getByText('La pagina non si è aperta').waitFor();
      await page
        .getByRole('navigation', { name: 'Principale' })
        .getByRole('link', { name: 'Servizi', exact: true })
        .click();
      await page.getByText('In evidenza').waitFor();
      // At once: the script of the whole portal.
      await page.route(/assets\/start-/, (route) => route.abort());
      await page.goto(`${town.portal}/pagamenti`);
      await page.getByText('Controlla la connessione e ricaricala').waitFor();
      await context.close();
    },
  },
  {
    name: 'the first page loads 250 kB of script at most',
    async run(town) {
      const { page, close } = await openPage(town);
      await page.goto(town.portal);
      await settled(page);
      const bytes = await scriptBytesOf(page);
      await close();
      assert.ok(bytes > 0 && bytes <= mostScriptBytes, `It loads ${bytes} bytes.`);
      return `${Math.round(bytes / 1000)} kB`;
    },
  },
];

/** Compressed, from the cache or not. */
function scriptBytesOf(page) {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\.js$/.test(name))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  );
}

function largestPaintMs(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
}

async function problemsAt(page, path) {
  const found = [];
  const browser = await page.context().newCDPSession(page);
  for (const view of views) {
    const { width } = view;
    await browser.send('Emulation.setDeviceMetricsOverride', { ...view, mobile: false });
    assert.deepEqual(await page.evaluate(() => [innerWidth, devicePixelRatio]), [
      width,
      view.deviceScaleFactor,
    ]);
    await assertFits(page).catch(() => found.push(`${path}: scrolls sideways at ${width} px`));
    if (width !== 640)
      for (const { id, nodes } of await findings(page))
        found.push(`${path}: ${id} at ${width} px: ${nodes.map(({ html }) => html).join(' ')}`);
    if (process.env.SCREENSHOTS) {
      const name = path.replace(/[^/]{20,}/g, 'id').replaceAll('/', '_');
      // By the browser itself: the page's own screenshot has the page's own viewport.
      const { data } = await browser.send('Page.captureScreenshot', { captureBeyondViewport: true });
      await writeFile(`${process.env.SCREENSHOTS}/${name}-${width}.png`, Buffer.from(data, 'base64'));
    }
  }
  await browser.send('Emulation.clearDeviceMetricsOverride');
  await browser.detach();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  if (await page.evaluate(moves)) found.push(`${path}: moves although motion is reduced`);
  await page.emulateMedia({ reducedMotion: null });
  return found;
}

/** What axe holds to be serious or critical. */
async function findings(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run({ resultTypes: ['violations'] }).then(({ violations }) => ({
      violations: violations.map(({ id, impact, nodes }) => ({
        id,
        impact,
        nodes: nodes.slice(0, 3).map(({ html }) => ({ html: html.slice(0, 200) })),
      })),
    })),
  );
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}

function moves() {
  const isLong = (times) => times.split(',').some((time) => Number.parseFloat(time) > 0.01);
  return [...document.querySelectorAll('body *')].some((element) => {
    const { transitionDuration, animationName } = getComputedStyle(element);
    return isLong(transitionDuration) || animationName !== 'none';
  });
}

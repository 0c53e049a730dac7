// `node test/browser/pictures.mjs`, after `npm run build`: takes the pictures of README.md, of a town that starts here.
import { withBrowser } from './browser.mjs';
import { claudia, openAs, openPage, settled } from './portal/visit.mjs';

const folder = 'docs/pictures';
// Small enough for a row of three.
const size = { width: 1120, height: 760 };

await withBrowser(async (town) => {
  const { page, close } = await openPage(town, size);
  const keep = async (name) => {
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${folder}/portal-${name}.jpg`, type: 'jpeg', quality: 70 });
    // To be looked at in full.
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
  };
  await page.goto(town.portal);
  await settled(page);
  await keep('home');
  await openAs(page, town.portal, '/servizi-scolastici/documenti?dal=2020-09-01&al=2021-08-31', claudia);
  await page.getByText('684').first().waitFor();
  await page
    .getByRole('heading', { name: 'Elenco', exact: true })
    .evaluate((title) => title.scrollIntoView());
  await keep('invoices');
  await page.goto(`${town.portal}/servizi-scolastici/pagamento`);
  await settled(page);
  for (const box of (await page.locator('.portal-debt input:enabled').all()).slice(0, 2)) await box.check();
  await page.getByText('2 debiti scelti').waitFor();
  await page.evaluate(() => {
    document.activeElement.blur();
    window.scrollTo(0, 0);
  });
  await keep('payment');
  await close();
});

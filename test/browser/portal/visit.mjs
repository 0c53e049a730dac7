import assert from 'node:assert/strict';
import { ask, newPage } from '../browser.mjs';

export { ask };

export const claudia = 'RSSCLD84C52A794Q';
export const marco = 'BNCMRC82L25L400X';
export const giulia = 'FRRGLI88S43F205Z';
export const amina = 'LDRMNA90A55Z330T';

/** Of titles of models. */
export const diet = 'dieta speciale';
export const move = 'cambio residenza';

/** A page of a browser of its own, which fails the test for whatever goes wrong in it. */
export async function openPage({ browser }, { width = 1280, height = 900, ...more } = {}) {
  const page = await newPage(browser, { viewport: { width, height }, locale: 'it-IT', ...more });
  const context = page.context();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message)) problems.push(message.text());
  });
  return {
    page,
    context,
    async close() {
      await context.close();
      assert.deepEqual(problems, []);
    },
  };
}

/** Browsers note each answer that is not a success; those are what many tests are about. */
function isExpected(message) {
  return /Failed to load resource/.test(message.text());
}

/** On the provider's page: the sign-in of one of the demo's people. */
export async function signIn(page, person, { button = 'Entra con SPID' } = {}) {
  await page.getByLabel('Persona dimostrativa').selectOption(person);
  await page.getByRole('button', { name: button }).click();
}

/** Opens a page of the portal that wants a sign-in, and signs in. */
export async function openAs(page, portal, path, person) {
  await page.goto(`${portal}${path}`);
  await page.waitForURL(/\/interaction\//);
  await signIn(page, person);
  await page.waitForURL((url) => url.origin === portal && url.pathname !== '/accesso');
  await settled(page);
}

/** Until what the page asked for is there. */
export async function settled(page) {
  await page.waitForLoadState('networkidle');
  await page.locator('main h1').waitFor();
  await page.locator('.portal-loading').waitFor({ state: 'hidden' });
}

/** As it is shown, with its line breaks. */
export async function textOf(page, selector = 'main') {
  return (await page.locator(selector).allInnerTexts()).join('\n').trim();
}

export async function assertFits(page) {
  const isWider = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
  assert.equal(await page.evaluate(isWider), false, `${page.url()} scrolls sideways.`);
}

/** The templates of the town, by the code of their procedure: `DIETA`. Closed ones last. */
export async function templates(town) {
  const query =
    '{ practiceCategories { procedures { title templates { id title isOpen decidedWithinDays } } } }';
  const { practiceCategories } = await ask(town, claudia, query);
  return practiceCategories.flatMap(({ procedures }) => procedures.flatMap((one) => one.templates));
}

export async function openTemplate(town, title) {
  const found = (await templates(town)).find((one) => one.isOpen && one.title.includes(title));
  assert.ok(found, `There is an open template ${title}.`);
  return found;
}

/**
 * From the start page of a model to the first step of an empty form. Wants a page where `person` is signed in. What an
 * earlier test began or filed for the child is withdrawn: there is one application of a model for each child.
 */
export async function startDraft(town, page, person, title, child) {
  const template = await openTemplate(town, title);
  await withdraw(town, person, template.id, child);
  await page.goto(`${town.portal}/pratiche/avvia/${template.id}`);
  await page.getByLabel('Ho letto e compreso').check();
  await page.getByLabel(child).check();
  await page.getByRole('button', { name: 'Avanti' }).click();
  await page.getByText(/Passo 1 di/).waitFor();
}

const filed = `{ me { practices(first: 50) { edges { node {
  id version status channel template { id } child { firstName lastName } } } } } }`;
const withdrawal = `mutation ($input: WithdrawPracticeInput!) { withdrawPractice(input: $input) { __typename } }`;

export async function withdraw(town, person, templateId, name) {
  const { edges } = (await ask(town, person, filed)).me.practices;
  const found = edges.filter(
    ({ node: { status, channel, template, child } }) =>
      channel === 'ONLINE' &&
      ['DRAFT', 'SUBMITTED', 'REGISTERED'].includes(status) &&
      template?.id === templateId &&
      `${child?.firstName} ${child?.lastName}` === name,
  );
  for (const { node } of found) {
    const input = { practiceId: node.id, version: node.version };
    const { withdrawPractice } = await ask(town, person, withdrawal, { input });
    assert.equal(withdrawPractice.__typename, 'PracticeWithdrawn');
  }
}

/** From one step of a form to that of a heading. */
export async function goToStep(page, title) {
  await page
    .getByRole('navigation', { name: 'Passi della pratica' })
    .getByRole('link', { name: title })
    .click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
}

export const certificate = {
  name: 'certificato.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'),
};

/** Fills in what a diet asks for and the legacy system does not know, up to the review. */
export async function fillDiet(page) {
  await goToStep(page, 'Dieta');
  await page.getByLabel(/Quale dieta/).fill('Priva di glutine');
  await page.getByLabel(/Dal giorno/).fill('2026-12-01');
  await page.getByRole('button', { name: 'Avanti' }).click();
  await page.getByLabel(/Ho letto l'informativa/).check();
  await page.getByRole('button', { name: 'Avanti' }).click();
  await page.getByLabel(/Certificato medico/).setInputFiles(certificate);
  await page.getByRole('link', { name: 'certificato.pdf' }).waitFor();
  await page.getByRole('button', { name: 'Avanti' }).click();
  await page.getByRole('heading', { name: 'Riepilogo', level: 1 }).waitFor();
}

/** The confirmation of an application that was filed here. */
export async function filedPractice(town) {
  const query = '{ me { practices(first: 50) { edges { node { id channel status } } } } }';
  const find = async () =>
    (await ask(town, claudia, query)).me.practices.edges.find(
      ({ node }) => node.channel === 'ONLINE' && ['SUBMITTED', 'REGISTERED'].includes(node.status),
    );
  const found = await find();
  if (found !== undefined) return `/pratiche/${found.node.id}/conferma`;
  const { page, close } = await openPage(town);
  await openAs(page, town.portal, '/area-personale', claudia);
  await startDraft(town, page, claudia, diet, 'Luca Bianchi');
  await fillDiet(page);
  await page.getByRole('button', { name: 'INVIA' }).click();
  await page.waitForURL(/\/conferma$/);
  const { pathname } = new URL(page.url());
  await close();
  return pathname;
}

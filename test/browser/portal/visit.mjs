import assert from 'node:assert/strict';

export const claudia = 'RSSCLD84C52A794Q';
export const marco = 'BNCMRC82L25L400X';
export const giulia = 'FRRGLI88S43F205Z';
export const amina = 'LDRMNA90A55Z330T';

/** A page of a browser of its own, which fails the test for whatever goes wrong in it. */
export async function openPage({ browser }, { width = 1280, height = 900, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'it-IT', ...more });
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message)) problems.push(message.text());
  });
  return {
    page,
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
export async function signIn(page, person, { button = 'Entra con SPID', level } = {}) {
  await page.getByLabel('Persona dimostrativa').selectOption(person);
  if (level !== undefined) await page.getByLabel('Livello di sicurezza').selectOption(level);
  await page.getByRole('button', { name: button }).click();
}

/** Opens a page of the portal that wants a sign-in, and signs in. */
export async function openAs(page, portal, path, person) {
  await page.goto(`${portal}${path}`);
  await page.waitForURL(/\/interaction\//);
  await signIn(page, person);
  await page.waitForURL((url) => url.origin === portal && url.pathname !== '/accesso');
}

export async function assertFits(page) {
  const isWider = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
  assert.equal(await page.evaluate(isWider), false, `${page.url()} scrolls sideways.`);
}

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { certificate, claudia, diet, openPage, openTemplate, withdraw } from './visit.mjs';

const mostSteps = 120;

/** With the keys of a keyboard alone; wherever the focus stops, it is seen. */
export const keyboardTests = [
  {
    name: 'keyboard only: from the sign-in to INVIA',
    async run(town) {
      const { page, close } = await openPage(town);
      const { tabTo, press, type } = keyboardOf(page);
      const { id } = await openTemplate(town, diet);
      await withdraw(town, claudia, id, 'Sofia Bianchi');
      const path = join(town.dataDir, 'certificato.pdf');
      await writeFile(path, certificate.buffer);
      // From the beginning: a browser that is asked to report choosers too late opens its own.
      page.on('filechooser', (chooser) => void chooser.setFiles(path));
      await page.goto(`${town.portal}/pratiche/modelli/${id}`);
      await page.getByRole('link', { name: 'AVVIA PRATICA', exact: true }).waitFor();
      // The first stop of each page leads past its header.
      await page.keyboard.press('Tab');
      assert.equal(await focused(page), 'Vai al contenuto principale');
      await press('Enter');
      await tabTo('AVVIA PRATICA');
      await press('Enter');
      await signInByKeyboard(page, { tabTo, press });
      await page.getByRole('heading', { name: 'Avvia pratica' }).waitFor();
      await tabTo(/Ho letto e compreso/);
      await press('Space');
      await tabTo(/Luca Bianchi/);
      await press('Space');
      // Of radio buttons the arrows choose.
      await press('ArrowDown');
      assert.match(await focused(page), /Sofia Bianchi/);
      await tabTo('Avanti');
      await press('Enter');
      await page.getByRole('heading', { name: 'Richiedente', level: 1 }).waitFor();
      // A new page has the focus at its heading.
      assert.equal(await focused(page), 'Richiedente');
      await tabTo('Avanti');
      await press('Enter');
      await page.getByRole('heading', { name: 'Alunno', level: 1 }).waitFor();
      await tabTo('Avanti');
      await press('Enter');
      await page.getByRole('heading', { name: 'Dieta', level: 1 }).waitFor();
      await tabTo(/Quale dieta/);
      await type('Priva di glutine');
      await tabTo(/Dal giorno/);
      // A date picker takes its parts one after the other; 01 and 12 are a day and a month in either order.
      await type('12122026');
      await tabTo('Avanti');
      await press('Enter');
      await page.getByRole('heading', { name: 'Informativa', level: 1 }).waitFor();
      await tabTo(/Ho letto l'informativa/);
      await press('Space');
      await tabTo('Avanti');
      await press('Enter');
      await page.getByRole('heading', { name: 'Allegati', level: 1 }).waitFor();
      await tabTo(/Certificato medico/);
      await press('Enter');
      await page.getByRole('link', { name: 'certificato.pdf' }).waitFor();
      await tabTo('Avanti');
      await press('Enter');
      await page.getByRole('heading', { name: 'Riepilogo', level: 1 }).waitFor();
      await tabTo('INVIA');
      await press('Enter');
      await page.getByRole('heading', { name: 'Domanda inviata' }).waitFor();
      await close();
    },
  },
  {
    name: 'keyboard only: from the sign-in to paid',
    async run(town) {
      const { page, close } = await openPage(town);
      const { tabTo, press } = keyboardOf(page);
      await page.goto(`${town.portal}/servizi-scolastici/pagamento`);
      await signInByKeyboard(page, { tabTo, press });
      await page.locator('.portal-debt input:enabled').first().waitFor();
      const label = await page
        .locator('.portal-debt')
        .filter({ has: page.locator('input:enabled') })
        .first()
        .locator('label')
        .textContent();
      await tabTo(label);
      await press('Space');
      await page.getByText('1 debito scelto').waitFor();
      await tabTo('Paga online con pagoPA');
      await press('Enter');
      await page.getByRole('button', { name: 'Paga', exact: true }).waitFor();
      await tabTo('Paga');
      await press('Enter');
      await page.getByText('Pagamento riuscito').waitFor({ timeout: 30_000 });
      await close();
    },
  },
];

async function signInByKeyboard(page, { tabTo, press }) {
  await page.waitForURL(/\/interaction\//);
  await tabTo(/Persona dimostrativa/);
  // The first letters choose from a list.
  await page.keyboard.type('Claudia');
  assert.equal(await page.getByLabel('Persona dimostrativa').inputValue(), claudia);
  await tabTo('Entra con SPID');
  await press('Enter');
}

function keyboardOf(page) {
  return {
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    async tabTo(wanted) {
      for (let step = 0; step < mostSteps; step += 1) {
        const name = await focused(page);
        if (typeof wanted === 'string' ? name === wanted : wanted.test(name)) return;
        await page.keyboard.press('Tab');
        assert.ok(await page.evaluate(isFocusSeen), `The focus at ${await focused(page)} is seen.`);
      }
      assert.fail(`${wanted} is not reached with the Tab key.`);
    },
  };
}

/** What a screen reader calls the element that has the focus. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (/^(BODY|MAIN)$/.test(element.tagName)) return '';
    const name =
      element.labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? element.textContent;
    return name.replace(/\s+/g, ' ').trim();
  });
}

/** Not covered, and with an outline or a shadow at the element, or at what stands for it, such as the drawn box of a checkbox. */
function isFocusSeen() {
  const element = document.activeElement;
  if (element === document.body) return true;
  // Nothing that stays in sight while the page moves is in front of it.
  const { x, y, width, height } = element.getBoundingClientRect();
  const bar = document.elementFromPoint(x + width / 2, y + height / 2)?.closest('.portal-total');
  if (bar && !bar.contains(element)) return false;
  const isMarked = ({ outlineStyle, outlineWidth, boxShadow }) =>
    (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  return [element, ...(element.labels ?? [])].some((one) =>
    [null, '::before', '::after'].some((part) => isMarked(getComputedStyle(one, part))),
  );
}

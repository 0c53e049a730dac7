import 'bootstrap-italia/dist/css/bootstrap-italia.min.css';
import './styles/fonts.css';
import './styles/portal.css';

const longestWaitMs = 1_000;

/** Until the first frame, that of index.html, is on the screen. A tab in the background draws nothing. */
function firstFrame(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden || !PerformanceObserver.supportedEntryTypes.includes('paint')) return resolve();
    new PerformanceObserver(() => resolve()).observe({ type: 'paint', buffered: true });
    setTimeout(resolve, longestWaitMs);
  });
}

/** The scripts of the pages, by the first part of their address. */
const areas: Readonly<Record<string, () => Promise<unknown>>> = {
  pratiche: () => import('./practices/pages.ts'),
  'servizi-scolastici': () => import('./school/pages.ts'),
  pagamenti: () => import('./payments/pages.ts'),
  'area-personale': () => import('./personal/pages.ts'),
};

/** The large script is on its way already, by index.html; running it would keep a slow telephone from drawing. */
async function open(place: Element): Promise<void> {
  // Not by config.ts, which comes with the large script.
  const config = JSON.parse(document.querySelector('#portal-config')?.textContent ?? '{}');
  for (const text of place.querySelectorAll<HTMLElement>('[data-config]'))
    text.textContent = config[text.dataset.config ?? ''];
  await firstFrame();
  // Beside the large script, which asks for it again when it knows the page.
  areas[location.pathname.split('/')[1] ?? '']?.().catch(() => undefined);
  try {
    const { start } = await import('./start.tsx');
    // Between two long pieces of work the browser answers the person.
    await new Promise((resolve) => setTimeout(resolve));
    await start(place);
  } catch {
    const note = place.querySelector('.portal-loading');
    if (note !== null) note.textContent = 'La pagina non si è aperta. Controlla la connessione e ricaricala.';
  }
}

const place = document.querySelector('#portal');
if (place !== null) await open(place);

import 'bootstrap-italia/dist/css/bootstrap-italia.min.css';
import './styles/fonts.css';
import './styles/portal.css';
import { type Crumb, headAt } from './heads.ts';

const longestWaitMs = 1_000;

/** Until the first frame, that of index.html, is on the screen. A tab in the background draws nothing. */
function firstFrame(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden || !PerformanceObserver.supportedEntryTypes.includes('paint')) return resolve();
    new PerformanceObserver(() => resolve()).observe({ type: 'paint', buffered: true });
    setTimeout(resolve, longestWaitMs);
  });
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** Loads the script of the page beside the large one, which runs it: a slow telephone has it a round trip earlier. */
function loadArea(): void {
  const scripts = JSON.parse(document.querySelector('#portal-areas')?.textContent ?? '{}');
  const href = scripts[location.pathname.split('/')[1] ?? ''];
  if (href === undefined) return;
  document.head.append(
    Object.assign(document.createElement('link'), {
      rel: 'modulepreload',
      crossOrigin: 'anonymous',
      fetchPriority: 'low',
      href,
    }),
  );
}

/** The top of the page, as `Page` draws it, and a note that the rest is being loaded, which it returns. */
function showHead(place: Element): HTMLElement {
  const page = place.querySelector('.portal-page');
  const note = made('p', 'portal-loading', 'Caricamento in corso…');
  note.setAttribute('role', 'status');
  const head = headAt(location.pathname);
  if (head !== null) {
    const { title, crumbs = [], lead } = head;
    if (location.pathname !== '/') page?.append(breadcrumbs([{ label: 'Home', to: '/' }, ...crumbs], title));
    const heading = made('div', 'portal-heading');
    heading.append(made('h1', '', title ?? '\u00a0'));
    page?.append(heading);
    if (lead !== undefined) page?.append(made('p', 'lead', lead));
  }
  page?.append(note);
  return note;
}

function breadcrumbs(crumbs: readonly Crumb[], current: string | null): Element {
  const nav = made('nav', 'breadcrumb-container');
  nav.setAttribute('aria-label', 'Percorso di navigazione');
  const list = made('ol', 'breadcrumb');
  for (const { label, to } of crumbs) {
    const item = made('li', 'breadcrumb-item');
    const link = made('a', '', label);
    link.setAttribute('href', to);
    item.append(link, made('span', 'separator', '/'));
    list.append(item);
  }
  list.append(made('li', 'breadcrumb-item active', current ?? '\u00a0'));
  nav.append(list);
  return nav;
}

function made(tag: string, className: string, text = ''): HTMLElement {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

/** The large script is on its way already, by index.html; running it would keep a slow telephone from drawing. */
async function open(place: Element): Promise<void> {
  // Not by config.ts, which comes with the large script.
  const config = JSON.parse(document.querySelector('#portal-config')?.textContent ?? '{}');
  for (const text of place.querySelectorAll<HTMLElement>('[data-config]'))
    text.textContent = config[text.dataset.config ?? ''];
  const note = showHead(place);
  loadArea();
  await firstFrame();
  try {
    // Between two pieces of work the browser answers the person.
    await import('react-dom/client');
    await nextTask();
    await import('./api/client.ts');
    await nextTask();
    const { start } = await import('./start.tsx');
    await nextTask();
    await start(place);
  } catch {
    note.textContent = 'La pagina non si è aperta. Controlla la connessione e ricaricala.';
  }
}

const place = document.querySelector('#portal');
if (place !== null) await open(place);

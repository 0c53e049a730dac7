import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { loadFirstPage, Portal } from './app.tsx';

/** Puts the portal in the place of the first frame. */
export async function start(place: Element): Promise<void> {
  const root = createRoot(place);
  await loadFirstPage();
  // As a transition it is drawn in short pieces, between which the browser answers the person.
  startTransition(() =>
    root.render(
      <StrictMode>
        <Portal />
      </StrictMode>,
    ),
  );
}

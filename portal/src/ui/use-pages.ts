import { useState } from 'react';

/** Where one is in a list that is read page by page. */
export function usePages() {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  return {
    after: cursors.at(-1) ?? null,
    pageNumber: cursors.length + 1,
    next: (cursor: string | null) => setCursors((before) => (cursor === null ? before : [...before, cursor])),
    previous: () => setCursors((before) => before.slice(0, -1)),
    first: () => setCursors([]),
  };
}

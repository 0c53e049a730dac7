import { useCallback, useState } from 'react';
import type { Values } from './form-model.ts';

const placeOf = (practiceId: string) => `typed ${practiceId}`;

function kept(practiceId: string): Values {
  try {
    return new Map(Object.entries(JSON.parse(sessionStorage.getItem(placeOf(practiceId)) ?? '{}')));
  } catch {
    return new Map();
  }
}

/**
 * What was typed into a draft and is not saved yet. It is kept in the tab, so that nothing is lost when the sign-in
 * lapses or the page is loaded again, and goes with the tab.
 */
export function useTypedAnswers(practiceId: string) {
  const [typed, setTyped] = useState(() => kept(practiceId));
  const keep = useCallback(
    (change: (before: Values) => Values) =>
      setTyped((before) => {
        const after = change(before);
        if (after.size === 0) sessionStorage.removeItem(placeOf(practiceId));
        else sessionStorage.setItem(placeOf(practiceId), JSON.stringify(Object.fromEntries(after)));
        return after;
      }),
    [practiceId],
  );
  const type = useCallback(
    (changes: Readonly<Record<string, string>>) =>
      keep((before) => new Map([...before, ...Object.entries(changes)])),
    [keep],
  );
  /** Those that were saved with exactly these values; what was typed meanwhile stays. */
  const forget = useCallback(
    (saved: Values) =>
      keep((before) => new Map([...before].filter(([code, value]) => saved.get(code) !== value))),
    [keep],
  );
  const clear = useCallback(() => keep(() => new Map()), [keep]);
  return { typed, type, forget, clear };
}

import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react';

const keepers = new Set<() => void>();

/**
 * What was typed into a form that is saved nowhere: it comes back when the page is loaded again by the portal itself, for
 * another language, a newer portal, or a new sign-in. The values can be written as JSON; names are unique in a page.
 */
export function useTyped<Value>(
  name: string,
  first: Value | (() => Value),
): readonly [Value, Dispatch<SetStateAction<Value>>] {
  const [place] = useState(() => `typed ${location.pathname} ${name}`);
  const [value, setValue] = useState<Value>(() => {
    const kept = sessionStorage.getItem(place);
    if (kept !== null) return JSON.parse(kept) as Value;
    return first instanceof Function ? first() : first;
  });
  const latest = useRef(value);
  latest.current = value;
  useEffect(() => {
    // Once only: who comes back later begins anew.
    sessionStorage.removeItem(place);
    const keep = () => sessionStorage.setItem(place, JSON.stringify(latest.current));
    keepers.add(keep);
    return () => {
      keepers.delete(keep);
    };
  }, [place]);
  return [value, setValue];
}

/** Before the page goes: see `useTyped`. */
export function keepTyped(): void {
  for (const keep of keepers) keep();
}

export function reloadPage(): void {
  keepTyped();
  location.reload();
}

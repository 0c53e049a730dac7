import { useEffect, useState } from 'react';

/** What was known last: it stays on the page while it is asked for again. */
export function useKept<Value>(value: Value | null | undefined): Value | null {
  const [kept, setKept] = useState<Value | null>(value ?? null);
  useEffect(() => {
    if (value !== null && value !== undefined) setKept(value);
  }, [value]);
  return value ?? kept;
}

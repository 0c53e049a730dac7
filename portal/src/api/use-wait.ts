import type { Client, WaitOptions } from '@school-services/client';
import { useEffect, useState } from 'react';
import { client } from './client.ts';

/**
 * Waits for one thing, as long as there is an id, and calls `onEnd` when the wait is over. False once it was given up after
 * `patienceMs`.
 *
 * `wait` and `onEnd` stay the same from one rendering to the next.
 */
export function useWait(
  id: string | null,
  wait: (client: Client, id: string, options: WaitOptions) => Promise<unknown>,
  onEnd: () => void,
  patienceMs: number,
): boolean {
  const [isPatient, setPatient] = useState(true);
  useEffect(() => {
    if (id === null) return;
    const stop = new AbortController();
    const giveUp = () => {
      if (!stop.signal.aborted) setPatient(false);
      stop.abort();
    };
    const timer = setTimeout(giveUp, patienceMs);
    setPatient(true);
    wait(client, id, { signal: stop.signal }).then(() => stop.signal.aborted || onEnd(), giveUp);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [id, wait, onEnd, patienceMs]);
  return isPatient;
}

/** Limits how much work runs at the same time. */
export interface Places {
  readonly taken: number;
  /**
   * Takes a place for `key` and returns a function that releases it, safe to call repeatedly; null if no place is
   * free for the key.
   */
  take(key: string): (() => void) | null;
}

/** Places that each key may have in any case: one address may be a whole office. */
const leastShare = 4;

/**
 * Shares `most` places: a key may hold as many as are still free.
 *
 * A single key gets half of them, two keys a third each; one place is always left for another key (Choudhury and
 * Hahne, "Dynamic queue length thresholds", 1998, with α = 1).
 */
export function createPlaces(most: number): Places {
  const held = new Map<string, number>();
  let taken = 0;
  return {
    get taken() {
      return taken;
    },
    take(key) {
      const own = held.get(key) ?? 0;
      if (taken >= most || (own >= leastShare && own >= most - taken)) return null;
      held.set(key, own + 1);
      taken++;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        taken--;
        const left = (held.get(key) ?? 1) - 1;
        if (left === 0) held.delete(key);
        else held.set(key, left);
      };
    },
  };
}

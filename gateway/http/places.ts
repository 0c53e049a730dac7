/** Places for work that is done at the same time. */
export interface Places {
  readonly taken: number;
  /** Takes one for `key` and answers what gives it back, any number of times; null when there is none for it. */
  take(key: string): (() => void) | null;
}

/** As many each may have without regard to the others: an office is behind one address. */
const leastShare = 4;

/**
 * Shares `most` places: a key may hold as many as are free besides.
 *
 * One that comes alone gets half of them, two a third each; there is always one left for another
 * (Choudhury and Hahne, "Dynamic queue length thresholds", 1998, with α = 1).
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

/**
 * Results about recent texts, by their hashes, in bounded memory: about `maxBytes` of texts twice.
 *
 * Two generations: when the young one is full, it replaces the old one; an entry that is used becomes young again.
 */
export function createRecent<Value>(maxEntries: number, maxBytes: number) {
  let young = new Map<string, { readonly value: Value; readonly bytes: number }>();
  let old = young;
  let bytes = 0;

  const keep = (hash: string, entry: { readonly value: Value; readonly bytes: number }) => {
    if (young.size >= maxEntries || bytes + entry.bytes > maxBytes) {
      old = young;
      young = new Map();
      bytes = 0;
    }
    young.set(hash, entry);
    bytes += entry.bytes;
  };

  return {
    get(hash: string): Value | undefined {
      const entry = young.get(hash);
      if (entry !== undefined) return entry.value;
      const aged = old.get(hash);
      if (aged === undefined) return undefined;
      keep(hash, aged);
      return aged.value;
    },
    set: (hash: string, value: Value, textBytes: number) => keep(hash, { value, bytes: textBytes }),
  };
}

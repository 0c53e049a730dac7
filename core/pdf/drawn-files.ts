export interface DrawnFilesOptions {
  readonly keptForMs: number;
  readonly maxBytes: number;
}

interface Kept {
  readonly bytes: Promise<Buffer>;
  /** 0 while it is drawn. */
  size: number;
}

/** A cache of drawn files by content, kept for a short time so that a repetition is not drawn again. */
export interface DrawnFiles {
  /** The file of this key, drawn once for all who ask at the same time. A failure is not kept. */
  take(key: string, draw: () => Promise<Buffer>): Promise<Buffer>;
}

export function createDrawnFiles({ keptForMs, maxBytes }: DrawnFilesOptions): DrawnFiles {
  /** Oldest first. */
  const files = new Map<string, Kept>();
  let total = 0;

  const drop = (key: string, kept: Kept) => {
    if (files.get(key) !== kept) return;
    files.delete(key);
    total -= kept.size;
  };
  const keep = (key: string, kept: Kept, size: number) => {
    if (files.get(key) !== kept) return;
    kept.size = size;
    total += size;
    // Files hold personal data: each is removed after its time, even if no other request follows.
    setTimeout(() => drop(key, kept), keptForMs).unref();
    for (const [oldKey, old] of files) {
      if (total <= maxBytes) return;
      drop(oldKey, old);
    }
  };

  return {
    take(key, draw) {
      const known = files.get(key);
      if (known !== undefined) return known.bytes;
      const kept: Kept = { bytes: draw(), size: 0 };
      files.set(key, kept);
      kept.bytes.then(
        ({ length }) => keep(key, kept, length),
        () => drop(key, kept),
      );
      return kept.bytes;
    },
  };
}

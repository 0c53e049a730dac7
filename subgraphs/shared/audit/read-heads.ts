import type { Anchor } from './chain.ts';

/** The ends of chains that a log contains. */
export interface NotedHeads {
  readonly heads: AsyncIterable<Anchor>;
  /** Lines that name an end and cannot be read, as one that was cut; known once all are read. */
  unreadable: number;
}

/**
 * The ends of chains in a log, `audit.head`.
 *
 * Whatever a collector puts around our line is left aside: the prefix of syslog, journald, Docker or Kubernetes, or
 * JSON of its own in which ours is a text.
 */
export function readHeads(lines: AsyncIterable<string>): NotedHeads {
  const noted: NotedHeads = { heads: headsIn(lines, () => noted.unreadable++), unreadable: 0 };
  return noted;
}

/** Quotes may be escaped, once for each JSON around ours. */
const head =
  /"chain\\{0,8}":\\{0,8}"([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\\{0,8}",\\{0,8}"sequence\\{0,8}":(\d{1,15}),\\{0,8}"hash\\{0,8}":\\{0,8}"([\da-f]{64})\\{0,8}"/;

async function* headsIn(lines: AsyncIterable<string>, onUnreadable: () => void): AsyncIterable<Anchor> {
  for await (const line of lines) {
    if (!/"audit\.head\\{0,8}"/.test(line)) continue;
    const [, chain, sequence, hash] = head.exec(line) ?? [];
    if (chain === undefined || hash === undefined) onUnreadable();
    else yield { chain, sequence: Number(sequence), hash };
  }
}

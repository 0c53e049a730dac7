/** An address of a file, as `Grants` makes them. */
export interface FileAddress {
  readonly kind: 'documents' | 'uploads';
  /** The subgraph that signed it and verifies it. */
  readonly subgraph: string;
  /** The sealed grant. Shape: base64url. */
  readonly grant: string;
}

const shapes = {
  /** The file name is for people who save the file: nothing is looked up by it. */
  documents: /^\/documents\/([A-Za-z\d][\w-]{0,63})\/([\w-]{1,4096})\/[\w.!~*'()%-]{0,4096}$/,
  uploads: /^\/uploads\/([A-Za-z\d][\w-]{0,63})\/([\w-]{1,4096})$/,
} as const;

/**
 * Reads the target of a request line as the address of a file; null when it has any other shape than the one that
 * is given out.
 *
 * A target is never read as a URL, in which a client may name another host (RFC 9112 §3.2.2).
 */
export function parseFileAddress(kind: FileAddress['kind'], target: string | undefined): FileAddress | null {
  const [, subgraph, grant] = shapes[kind].exec(target ?? '') ?? [];
  return subgraph === undefined || grant === undefined ? null : { kind, subgraph, grant };
}

/** The path of an address at the subgraph that signed it: made of what was parsed and of nothing else. */
export function pathOfFile({ kind, subgraph, grant }: FileAddress): string {
  return kind === 'documents' ? `/documents/${subgraph}/${grant}/file` : `/uploads/${subgraph}/${grant}`;
}

/** A fault or a remark of the audit trail's verification. */
export interface Finding {
  readonly chain: string;
  readonly sequence: number;
  readonly what: string;
}

/** The place of a link in its chain. */
export interface LinkKey {
  readonly chain: string;
  readonly sequence: number;
}

/** A link as stored. */
export interface LinkRow extends LinkKey {
  readonly at: Date;
  readonly actor_id: string | null;
  readonly event: string;
  readonly hash: string;
}

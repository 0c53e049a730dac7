/** The faults of one call. `late` takes effect some time after the connection was cut. */
export const faultKinds = [
  'slow',
  'reset-before',
  'reset-after',
  'reset-late',
  'fault',
  'fault-after',
  'in-band',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface PlannedFault {
  readonly kind: FaultKind;
  /** Null: the next call of any operation. */
  readonly operation: string | null;
}

/** Faults on demand, for tests and for users of the demo. */
export interface Faults {
  /** No call gets a response or has an effect. */
  isDown: boolean;
  /** The percentage of calls with some fault. */
  percent: number;
  /** Each applies to one call and is then removed. */
  readonly planned: PlannedFault[];
  /** The maximum delay of `slow` and `late`. */
  delayMs: number;
}

export function createFaults(percent = 0): Faults {
  return { isDown: false, percent, planned: [], delayMs: 1_000 };
}

/** The fault of a call; null for none. */
export function nextFault(faults: Faults, operation: string, random: () => number): FaultKind | null {
  const index = faults.planned.findIndex((one) => one.operation === null || one.operation === operation);
  const [planned] = index < 0 ? [] : faults.planned.splice(index, 1);
  if (planned !== undefined) return planned.kind;
  if (random() * 100 >= faults.percent) return null;
  return faultKinds[Math.floor(random() * faultKinds.length)] ?? null;
}

/** Applies a control message. Errors: one sentence if the message is invalid. */
export function changeFaults(faults: Faults, change: unknown): void {
  const { down, percent, next } = (change ?? {}) as Record<string, unknown>;
  if (down !== undefined) {
    if (typeof down !== 'boolean') throw new Error('down is true or false.');
    faults.isDown = down;
  }
  if (percent !== undefined) {
    if (typeof percent !== 'number' || !(percent >= 0 && percent <= 100))
      throw new Error('percent is a number from 0 to 100.');
    faults.percent = percent;
  }
  if (next !== undefined) faults.planned.push(...plannedFrom(next));
}

function plannedFrom(next: unknown): readonly PlannedFault[] {
  const list = Array.isArray(next) ? next : [next];
  return list.map((one: { readonly kind?: unknown; readonly operation?: unknown } | null) => {
    const kind = faultKinds.find((known) => known === one?.kind);
    if (kind === undefined) throw new Error(`kind is one of ${faultKinds.join(', ')}.`);
    return { kind, operation: typeof one?.operation === 'string' ? one.operation : null };
  });
}

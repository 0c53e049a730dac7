/** The result of a line: exactly one of these. */
export const outcomes = [
  'matched',
  'alreadyKnown',
  'unknownIuv',
  'amountDiffers',
  'notReconciled',
  'malformed',
] as const;
export type Outcome = (typeof outcomes)[number];

export interface ImportReport {
  readonly fileName: string;
  readonly read: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Findings for the operator, in the order of the file: at most a thousand lines. */
  readonly remarks: readonly {
    readonly line: number;
    readonly outcome: Outcome;
    readonly problem: string | null;
  }[];
  /** Number of further findings. */
  readonly unlisted: number;
}

export interface ReportWriter {
  add(outcome: Outcome, line: number, problem?: string): void;
  finish(): ImportReport;
}

/** Keeps a file that is wrong throughout from filling the memory. */
const maxRemarks = 1_000;
const isToCheck = (outcome: Outcome) =>
  outcome === 'unknownIuv' || outcome === 'amountDiffers' || outcome === 'malformed';

export function createReport(fileName: string): ReportWriter {
  let read = 0;
  let unlisted = 0;
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  const remarks: ImportReport['remarks'][number][] = [];
  return {
    add(outcome, line, problem) {
      read++;
      counts[outcome]++;
      if (problem === undefined && !isToCheck(outcome)) return;
      if (remarks.length < maxRemarks) remarks.push({ line, outcome, problem: problem ?? null });
      else unlisted++;
    },
    finish: () => ({
      fileName,
      read,
      counts,
      remarks: remarks.toSorted((a, b) => a.line - b.line),
      unlisted,
    }),
  };
}

const labels: Readonly<Record<Outcome, string>> = {
  matched: 'matched',
  alreadyKnown: 'already known',
  unknownIuv: 'unknown IUV (kept as an orphan)',
  amountDiffers: 'amount differs (kept, to be checked)',
  notReconciled: 'collected, not reconciled yet (nothing recorded)',
  malformed: 'malformed (left out)',
};

/** The remaining finding of a row that was recorded before; null if it matched. */
export function labelToCheck(outcome: Outcome): string | undefined {
  return isToCheck(outcome) ? `${labels.alreadyKnown}; ${labels[outcome]}` : undefined;
}

/** The report for the operator, a line for each finding. */
export function describeReport({ fileName, read, counts, remarks, unlisted }: ImportReport): string {
  const numbered = [['read', read] as const, ...outcomes.map((one) => [labels[one], counts[one]] as const)];
  const told = remarks.map(({ line, outcome, problem }) => `line ${line}: ${problem ?? labels[outcome]}`);
  const more = unlisted > 0 ? [`… and ${unlisted} more lines`] : [];
  return [fileName, ...numbered.map(([label, count]) => `  ${label}: ${count}`), ...told, ...more].join('\n');
}

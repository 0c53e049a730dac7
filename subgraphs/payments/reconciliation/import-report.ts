/** What a line came to: exactly one of these. */
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
  /** What the operator should look at, in the order of the file: at most a thousand lines. */
  readonly remarks: readonly {
    readonly line: number;
    readonly outcome: Outcome;
    readonly problem: string | null;
  }[];
}

export interface ReportWriter {
  add(outcome: Outcome, line: number, problem?: string): void;
  finish(): ImportReport;
}

/** So that a file that is wrong throughout does not fill the memory. */
const maxRemarks = 1_000;
const isRemarkable = (outcome: Outcome) =>
  outcome === 'unknownIuv' || outcome === 'amountDiffers' || outcome === 'malformed';

export function createReport(fileName: string): ReportWriter {
  let read = 0;
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  const remarks: ImportReport['remarks'][number][] = [];
  return {
    add(outcome, line, problem) {
      read++;
      counts[outcome]++;
      if (isRemarkable(outcome) && remarks.length < maxRemarks)
        remarks.push({ line, outcome, problem: problem ?? null });
    },
    finish: () => ({ fileName, read, counts, remarks: remarks.toSorted((a, b) => a.line - b.line) }),
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

/** For the operator, a line each. */
export function describeReport({ fileName, read, counts, remarks }: ImportReport): string {
  const numbered = [['read', read] as const, ...outcomes.map((one) => [labels[one], counts[one]] as const)];
  const told = remarks.map(({ line, outcome, problem }) => `line ${line}: ${problem ?? labels[outcome]}`);
  const wanted = counts.malformed + counts.unknownIuv + counts.amountDiffers;
  const more = wanted > remarks.length ? [`… and ${wanted - remarks.length} more lines`] : [];
  return [fileName, ...numbered.map(([label, count]) => `  ${label}: ${count}`), ...told, ...more].join('\n');
}

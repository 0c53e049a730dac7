import type { EnvironmentReader } from './environment.ts';

/** How long data is kept. Unit: days, by variable. */
export interface RetentionConfig {
  readonly days: Readonly<Record<string, number>>;
  /** Codes of procedures whose applications hold health data. */
  readonly healthProcedures: readonly string[];
}

/** The usual and the shortest period of each that can be changed, in days; `subgraphs/retention` says of what. */
export const periods = {
  RETENTION_DRAFT_FILES_DAYS: [90, 7],
  RETENTION_DRAFTS_DAYS: [365, 30],
  RETENTION_FILED_FILES_DAYS: [60, 1],
  RETENTION_HEALTH_DAYS: [365, 90],
  RETENTION_FILED_DAYS: [1_826, 365],
  RETENTION_SESSIONS_DAYS: [365, 90],
  RETENTION_SPONTANEOUS_DAYS: [365, 30],
  RETENTION_MONEY_DAYS: [3_653, 1_826],
  RETENTION_SHARES_DAYS: [365, 1],
  RETENTION_BLOCKS_DAYS: [1_826, 30],
  RETENTION_RATINGS_DAYS: [730, 30],
  RETENTION_AUDIT_DAYS: [730, 365],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

/** As a rule of the retention table has it. */
export function period(variable: keyof typeof periods) {
  const [days, leastDays] = periods[variable];
  return { variable, days, leastDays };
}

/** A century: longer is a mistake. */
const longestDays = 36_525;
const usualHealthProcedures = 'DIETA';

export function readRetentionConfig(read: EnvironmentReader): RetentionConfig {
  const days = Object.entries(periods).map(([name, [usual, least]]) => [
    name,
    read.wholeNumber(name, usual, [least, longestDays]),
  ]);
  return {
    days: Object.fromEntries(days),
    healthProcedures: read
      .text('RETENTION_HEALTH_PROCEDURES', usualHealthProcedures)
      .split(',')
      .map((code) => code.trim())
      .filter(Boolean),
  };
}

const usualDays = Object.fromEntries(Object.entries(periods).map(([name, [usual]]) => [name, usual]));

/** Where nothing is configured. */
export const usualRetention: RetentionConfig = { days: usualDays, healthProcedures: [usualHealthProcedures] };

/** As .env.example has them. */
export const usualPeriods = { ...usualDays, RETENTION_HEALTH_PROCEDURES: usualHealthProcedures };

export const retentionVariables = {
  RETENTION_DRAFT_FILES_DAYS: 'how long files of a draft are kept after its last change',
  RETENTION_DRAFTS_DAYS: 'how long a draft is kept after its last change',
  RETENTION_FILED_FILES_DAYS: "how long an application's files are kept here once it is decided",
  RETENTION_HEALTH_DAYS: 'how long decided applications of the procedures below are kept',
  RETENTION_HEALTH_PROCEDURES: 'codes of procedures with health data, with commas',
  RETENTION_FILED_DAYS: 'how long filed applications are kept after their last change',
  RETENTION_SESSIONS_DAYS: 'how long payment sessions without a payment are kept',
  RETENTION_SPONTANEOUS_DAYS: 'how long spontaneous payments that nobody paid are kept',
  RETENTION_MONEY_DAYS: 'how long receipts, settlements and paid sessions are kept',
  RETENTION_SHARES_DAYS: 'how long shares are kept that were revoked or ended',
  RETENTION_BLOCKS_DAYS: 'how long blocks are kept that were lifted or ended',
  RETENTION_RATINGS_DAYS: 'how long ratings are kept',
  RETENTION_AUDIT_DAYS: 'how long events of the audit trail are kept',
} as const;

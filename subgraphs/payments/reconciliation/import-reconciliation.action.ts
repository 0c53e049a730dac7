import type { DataSource } from 'typeorm';
import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import { ContractBroken } from '../../../core/unreadable.ts';
import type { CodiceFiscale, EuroCents, Iuv } from '../../../core/values/index.ts';
import type { Legacy } from '../../../legacy/ports/legacy.ts';
import type { DebtRecord } from '../../../legacy/ports/payments.port.ts';
import type { ReconciliationFile, ReconciliationLine } from '../../../legacy/ports/reconciliation.port.ts';
import {
  createSettlements,
  type NewSettlement,
  type Settlements,
} from '../../shared/settlements/settlement.store.ts';
import { findAmounts, recordInstalments } from '../records/spontaneous-settling.store.ts';
import {
  createReport,
  type ImportReport,
  labelToCheck,
  type Outcome,
  type ReportWriter,
} from './import-report.ts';

export interface ReconciliationServices {
  readonly legacy: Legacy;
  readonly database: DataSource;
  readonly settlements: Settlements;
  readonly clock: Clock;
}

/** Rows that are read and recorded together: one statement to the legacy system and three to our database. */
const batchSize = 1_000;

/**
 * Records the payments of a partner's file while reading it.
 *
 * Each batch is a transaction and a payment is recorded once: after a repetition or an interruption the state is
 * the same. A file of payments not yet reconciled records nothing.
 *
 * Errors: BAD_USER_INPUT, and nothing is recorded, if the file belongs to another creditor; LEGACY_UNAVAILABLE.
 */
export async function importReconciliation(
  services: ReconciliationServices,
  path: string,
): Promise<readonly ImportReport[]> {
  const files = await services.legacy.reconciliation.open(path);
  const body = await services.legacy.anagrafe.municipality();
  const foreign = files.find(({ creditor }) => creditor !== body?.codiceFiscale);
  if (foreign !== undefined)
    throw new AppError('BAD_USER_INPUT', `${foreign.name} is for another body: its codice fiscale differs.`);
  const reports: ImportReport[] = [];
  for (const file of files) reports.push(await importFile(services, file));
  return reports;
}

async function importFile(services: ReconciliationServices, file: ReconciliationFile): Promise<ImportReport> {
  const report = createReport(file.name);
  let batch: ReconciliationLine[] = [];
  for await (const line of file.lines) {
    batch.push(line);
    if (batch.length < batchSize) continue;
    await importBatch(services, file, batch, report);
    batch = [];
  }
  await importBatch(services, file, batch, report);
  return report.finish();
}

async function importBatch(
  { legacy, database, clock }: ReconciliationServices,
  { creditor }: ReconciliationFile,
  lines: readonly ReconciliationLine[],
  report: ReportWriter,
): Promise<void> {
  for (const line of lines) if ('problem' in line) report.add('malformed', line.line, line.problem);
  const paid = lines.flatMap((line) => ('row' in line ? [line] : []));
  const settled = paid.flatMap(({ line, row }) => {
    const { paidAmount, flowId } = row;
    if (paidAmount !== null && flowId !== null) return [{ line, row, paidAmount, flowId }];
    report.add('notReconciled', line);
    return [];
  });
  if (settled.length === 0) return;
  const debts = await knownDebts(
    { legacy, database },
    creditor,
    settled.map(({ row }) => row.iuv as Iuv),
  );
  const rows = settled.map(
    ({ row, paidAmount, flowId }, index): NewSettlement => ({
      creditor,
      iuv: row.iuv,
      debtor: debts[index]?.debtor ?? row.debtor,
      amount: paidAmount,
      paidOn: row.paidOn ?? row.flowDate,
      source: 'RECONCILIATION',
      evidence: flowId,
      record: row,
    }),
  );
  const isNew = await database.transaction(async (manager) => {
    const added = await createSettlements(manager).record(rows, clock.now());
    await recordInstalments(
      manager,
      creditor,
      rows.map(({ iuv }) => iuv),
    );
    return added;
  });
  settled.forEach(({ line, paidAmount }, index) => {
    const outcome = outcomeOf(debts[index] ?? null, paidAmount);
    if (isNew[index] === true) report.add(outcome, line);
    // The process that recorded the row may have died before its report: findings are reported again.
    else report.add('alreadyKnown', line, labelToCheck(outcome));
  });
}

type PaidDebt = Pick<DebtRecord, 'debtor' | 'amount'>;

/** The debt in the legacy system's records, or in our own of a spontaneous payment; null if neither knows it. */
async function knownDebts(
  { legacy, database }: Pick<ReconciliationServices, 'legacy' | 'database'>,
  creditor: CodiceFiscale,
  iuvs: readonly Iuv[],
): Promise<readonly (PaidDebt | null)[]> {
  const [registered, own] = await Promise.all([
    legacy.payments.debtsByIuv(iuvs, []),
    findAmounts(database, creditor, iuvs),
  ]);
  const spontaneous = new Map(own.map((payment) => [payment.iuv, payment]));
  return iuvs.map((iuv, index) => {
    const held = registered[index] ?? null;
    // The payment is real, whatever the legacy system holds of the debt: a position that cannot be read is left
    // for the operator.
    if (held instanceof ContractBroken) return spontaneous.get(iuv) ?? null;
    return held?.creditor === creditor ? held : (spontaneous.get(iuv) ?? null);
  });
}

function outcomeOf(debt: PaidDebt | null, paidAmount: EuroCents): Outcome {
  if (debt === null) return 'unknownIuv';
  return debt.amount === paidAmount ? 'matched' : 'amountDiffers';
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReconciliationRow } from '../../../legacy/ports/reconciliation.port.ts';

/** One settlement. Rows are inserted and never changed or removed: a trigger enforces it. */
@Entity('settlement')
export class SettlementEntity {
  /** In the order of recording. */
  @PrimaryColumn({ type: 'bigint' })
  id!: string;

  /** The creditor's codice fiscale. */
  @Column({ type: 'text' })
  creditor!: string;

  @Column({ type: 'text' })
  iuv!: string;

  /** Codice fiscale or partita IVA; null if the debtor is not known. */
  @Column({ type: 'text', nullable: true })
  debtor!: string | null;

  /** Unit: euro cents. */
  @Column({ type: 'bigint' })
  amount!: string;

  @Column({ name: 'paid_on', type: 'date', nullable: true })
  paidOn!: string | null;

  @Column({ type: 'text' })
  source!: 'RECONCILIATION' | 'RECEIPT';

  /** Distinguishes two payments of one debt: the settlement flow, or the receipt's id. */
  @Column({ type: 'text' })
  evidence!: string;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt!: Date;

  /** The complete report, as a row of the reconciliation file. */
  @Column({ type: 'jsonb' })
  record!: ReconciliationRow;
}

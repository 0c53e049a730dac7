import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReconciliationRow } from '../../../legacy/ports/reconciliation.port.ts';

/** What was settled. Rows are added and never changed or removed: a trigger refuses it. */
@Entity('settlement')
export class SettlementEntity {
  /** In the order in which they were recorded. */
  @PrimaryColumn({ type: 'bigint' })
  id!: string;

  /** The body's codice fiscale. */
  @Column({ type: 'text' })
  creditor!: string;

  @Column({ type: 'text' })
  iuv!: string;

  /** Codice fiscale or partita IVA; null when nobody knows whose debt it was. */
  @Column({ type: 'text', nullable: true })
  debtor!: string | null;

  /** Unit: euro cents. */
  @Column({ type: 'bigint' })
  amount!: string;

  @Column({ name: 'paid_on', type: 'date', nullable: true })
  paidOn!: string | null;

  @Column({ type: 'text' })
  source!: 'RECONCILIATION' | 'RECEIPT';

  /** What tells two payments of one debt apart: the settlement flow, or the receipt's id. */
  @Column({ type: 'text' })
  evidence!: string;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt!: Date;

  /** All that was reported, as a row of the reconciliation. */
  @Column({ type: 'jsonb' })
  record!: ReconciliationRow;
}

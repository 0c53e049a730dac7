import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PracticeStatus } from './practice-status.type.ts';

export interface StoredAnswer {
  readonly value: string;
  readonly certified: boolean;
}

/** A practice that was started here. */
@Entity('practice')
export class PracticeEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'template_id', type: 'text' })
  templateId!: string;

  @Column({ type: 'text' })
  revision!: string;

  /** Codice fiscale or partita IVA. */
  @Column({ type: 'text' })
  applicant!: string;

  /** The register's key; null for a practice about no child, or about one it does not know yet. */
  @Column({ name: 'child_key', type: 'text', nullable: true })
  childKey!: string | null;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text' })
  status!: PracticeStatus;

  @Column({ type: 'integer' })
  version!: number;

  @Column({ type: 'jsonb' })
  answers!: Readonly<Record<string, StoredAnswer>>;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column({ name: 'submitted_at', type: 'timestamptz', nullable: true })
  submittedAt!: Date | null;
}

@Entity('practice_event')
export class PracticeEventEntity {
  @PrimaryColumn({ name: 'practice_id', type: 'uuid' })
  practiceId!: string;

  @PrimaryColumn({ type: 'integer' })
  sequence!: number;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ type: 'text' })
  status!: PracticeStatus;

  @Column({ type: 'text', nullable: true })
  note!: string | null;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PracticeStatus } from './practice-status.type.ts';

export interface StoredAnswer {
  readonly value: string;
  readonly certified: boolean;
}

/** The child as it was known when the practice was started, so that INVIA needs no register. */
export interface StoredChild {
  /** The register's key; null for a child it did not know. */
  readonly key: string | null;
  readonly codiceFiscale: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string | null;
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

  /** Null when it is about no child. */
  @Column({ type: 'jsonb', nullable: true })
  child!: StoredChild | null;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text' })
  status!: PracticeStatus;

  /** Rises with each change by the applicant, and with no other. */
  @Column({ type: 'integer' })
  version!: number;

  /** The hash of the applicant's last change, by which its repetition is told from another. */
  @Column({ name: 'last_write', type: 'text', nullable: true })
  lastWrite!: string | null;

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

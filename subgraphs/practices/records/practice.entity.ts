import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PracticeStatus } from './practice-status.type.ts';

export interface StoredAnswer {
  readonly value: string;
  readonly certified: boolean;
}

/** The child as known when the practice was started, so that filing does not need the legacy system. */
export interface StoredChild {
  /** The legacy system's key; null for a child that it did not know. */
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

  /**
   * The child's key in the legacy system; null if the practice concerns no child, or one that is not known there
   * yet.
   */
  @Column({ name: 'child_key', type: 'text', nullable: true })
  childKey!: string | null;

  /** The client through which it was started; null if its token named none. */
  @Column({ type: 'text', nullable: true })
  client!: string | null;

  /** Null if the practice concerns no child. */
  @Column({ type: 'jsonb', nullable: true })
  child!: StoredChild | null;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text' })
  status!: PracticeStatus;

  /** Increments with each change by the applicant, and with no other. */
  @Column({ type: 'integer' })
  version!: number;

  /** The hash of the applicant's last change, by which a repetition is recognised. */
  @Column({ name: 'last_write', type: 'text', nullable: true })
  lastWrite!: string | null;

  @Column({ type: 'jsonb' })
  answers!: Readonly<Record<string, StoredAnswer>>;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  /** Whether a draft from before a block gives way to a new one of the same template and child. */
  @Column({ name: 'is_set_aside', type: 'boolean' })
  isSetAside!: boolean;

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

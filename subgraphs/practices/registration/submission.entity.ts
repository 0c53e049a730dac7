import { Column, Entity, PrimaryColumn } from 'typeorm';

export type SubmissionKind = 'FILING' | 'INTEGRATION' | 'WITHDRAWAL';

/** What was sent to the office, as it was sent, and how far the register is with it. What was filed never changes. */
@Entity('practice_submission')
export class SubmissionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'practice_id', type: 'uuid' })
  practiceId!: string;

  @Column({ type: 'text' })
  kind!: SubmissionKind;

  /** Stands in the entry's subject, by which the entry is found again. Shape: `7F3KQ2M9XA4T`. */
  @Column({ type: 'text' })
  reference!: string;

  /** Canonical JSON of an `AsFiled`: text and not jsonb, so that its hash can be verified for ever. */
  @Column({ name: 'as_filed', type: 'text' })
  asFiled!: string;

  /** Of `asFiled`, in hexadecimal. */
  @Column({ type: 'text' })
  sha256!: string;

  @Column({ name: 'filed_at', type: 'timestamptz' })
  filedAt!: Date;

  /** The PDF summary; null until the worker made it. */
  @Column({ name: 'summary_file_id', type: 'uuid', nullable: true })
  summaryFileId!: string | null;

  @Column({ name: 'sender_key', type: 'text', nullable: true })
  senderKey!: string | null;

  /** Set before the call that inserts the entry: from then on it may be there. */
  @Column({ name: 'entry_attempted_at', type: 'timestamptz', nullable: true })
  entryAttemptedAt!: Date | null;

  @Column({ name: 'entry_key', type: 'integer', nullable: true })
  entryKey!: number | null;

  @Column({ name: 'entry_number', type: 'integer', nullable: true })
  entryNumber!: number | null;

  @Column({ name: 'entry_year', type: 'integer', nullable: true })
  entryYear!: number | null;

  @Column({ name: 'entry_registered_at', type: 'timestamptz', nullable: true })
  entryRegisteredAt!: Date | null;

  /** Attempts that failed since the last that got further. */
  @Column({ type: 'integer' })
  failures!: number;

  @Column({ name: 'next_attempt_at', type: 'timestamptz', nullable: true })
  nextAttemptAt!: Date | null;

  /** When entry and attachments were all seen in the register. */
  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true })
  completedAt!: Date | null;
}

/** A file that goes with a submission into the register, the summary included. */
@Entity('practice_submission_file')
export class SubmissionFileEntity {
  @PrimaryColumn({ name: 'submission_id', type: 'uuid' })
  submissionId!: string;

  @PrimaryColumn({ type: 'integer' })
  sequence!: number;

  @Column({ name: 'file_id', type: 'uuid' })
  fileId!: string;

  /** Its name in the register, unique there, by which it is found again. Shape: `7F3KQ2M9XA4T-02-certificato.pdf`. */
  @Column({ name: 'register_name', type: 'text' })
  registerName!: string;

  /** Set before the call that inserts it. */
  @Column({ name: 'attempted_at', type: 'timestamptz', nullable: true })
  attemptedAt!: Date | null;

  @Column({ name: 'verified_at', type: 'timestamptz', nullable: true })
  verifiedAt!: Date | null;
}

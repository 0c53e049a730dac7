import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EntryKey } from '../../../legacy/ports/keys.ts';

export type SubmissionKind = 'FILING' | 'INTEGRATION' | 'WITHDRAWAL';

/** A filing as it was sent to the office, and the state of its registration. The filed content never changes. */
@Entity('practice_submission')
export class SubmissionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'practice_id', type: 'uuid' })
  practiceId!: string;

  @Column({ type: 'text' })
  kind!: SubmissionKind;

  /** Part of the entry's subject, by which the entry is found again. Shape: `7F3KQ2M9XA4T`. */
  @Column({ type: 'text' })
  reference!: string;

  /** Canonical JSON of a FiledApplication: text instead of jsonb, so that its hash can always be verified. */
  @Column({ name: 'as_filed', type: 'text' })
  asFiled!: string;

  /** SHA-256 of `asFiled`, in hexadecimal. */
  @Column({ type: 'text' })
  sha256!: string;

  @Column({ name: 'filed_at', type: 'timestamptz' })
  filedAt!: Date;

  /** The PDF summary; null until a worker made it. */
  @Column({ name: 'summary_file_id', type: 'uuid', nullable: true })
  summaryFileId!: string | null;

  @Column({ name: 'sender_key', type: 'text', nullable: true })
  senderKey!: string | null;

  /** Set before the call that creates the entry: from then on it may exist. */
  @Column({ name: 'entry_attempted_at', type: 'timestamptz', nullable: true })
  entryAttemptedAt!: Date | null;

  /** The legacy system's key of the entry. */
  @Column({ name: 'entry_key', type: 'text', nullable: true })
  entryKey!: EntryKey | null;

  @Column({ name: 'entry_number', type: 'integer', nullable: true })
  entryNumber!: number | null;

  @Column({ name: 'entry_year', type: 'integer', nullable: true })
  entryYear!: number | null;

  @Column({ name: 'entry_registered_at', type: 'timestamptz', nullable: true })
  entryRegisteredAt!: Date | null;

  /** Failed attempts since the last successful step. */
  @Column({ type: 'integer' })
  failures!: number;

  @Column({ name: 'next_attempt_at', type: 'timestamptz', nullable: true })
  nextAttemptAt!: Date | null;

  /** Time at which the entry and all attachments were seen in the protocol register. */
  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true })
  completedAt!: Date | null;
}

/** A file that goes into the protocol register with a submission, the summary included. */
@Entity('practice_submission_file')
export class SubmissionFileEntity {
  @PrimaryColumn({ name: 'submission_id', type: 'uuid' })
  submissionId!: string;

  @PrimaryColumn({ type: 'integer' })
  sequence!: number;

  @Column({ name: 'file_id', type: 'uuid' })
  fileId!: string;

  /**
   * The name in the protocol register, unique there, by which the file is found again. Shape:
   * `7F3KQ2M9XA4T-02-certificato.pdf`.
   */
  @Column({ name: 'register_name', type: 'text' })
  registerName!: string;

  /** Set before the call that attaches it. */
  @Column({ name: 'attempted_at', type: 'timestamptz', nullable: true })
  attemptedAt!: Date | null;

  @Column({ name: 'verified_at', type: 'timestamptz', nullable: true })
  verifiedAt!: Date | null;
}

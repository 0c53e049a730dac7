import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StoredRequiredAttachment } from '../template/template.entity.ts';

/** When an applicant was last about to be added to the register's senders: from then on they may be there. */
@Entity('register_sender')
export class SenderAttemptEntity {
  @PrimaryColumn({ type: 'text' })
  applicant!: string;

  @Column({ name: 'attempted_at', type: 'timestamptz' })
  attemptedAt!: Date;
}

/** What the register holds twice: an entry beside the submission's own, or an attachment (`fileName`) of an entry. */
@Entity('register_double')
export class RegisterDoubleEntity {
  @PrimaryColumn({ name: 'submission_id', type: 'uuid' })
  submissionId!: string;

  @PrimaryColumn({ name: 'entry_key', type: 'integer' })
  entryKey!: number;

  /** Empty for an entry. */
  @PrimaryColumn({ name: 'file_name', type: 'text' })
  fileName!: string;

  @Column({ name: 'entry_number', type: 'integer' })
  entryNumber!: number;

  @Column({ name: 'entry_year', type: 'integer' })
  entryYear!: number;

  @Column({ name: 'found_at', type: 'timestamptz' })
  foundAt!: Date;
}

/** A registered practice whose outcome is still looked for. */
@Entity('practice_follow')
export class FollowEntity {
  @PrimaryColumn({ name: 'practice_id', type: 'uuid' })
  practiceId!: string;

  /** When the register last showed something new: it is asked less often as time passes. */
  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt!: Date;

  @Column({ name: 'next_at', type: 'timestamptz' })
  nextAt!: Date;
}

/** What the office asked for, as it was when it was first seen. */
@Entity('practice_integration_request')
export class IntegrationRequestEntity {
  @PrimaryColumn({ name: 'practice_id', type: 'uuid' })
  practiceId!: string;

  /** The register's number of the request. */
  @PrimaryColumn({ type: 'integer' })
  sequence!: number;

  @Column({ name: 'requested_at', type: 'timestamptz' })
  requestedAt!: Date;

  @Column({ type: 'text' })
  message!: string;

  @Column({ name: 'due_on', type: 'date', nullable: true })
  dueOn!: string | null;

  @Column({ type: 'jsonb' })
  attachments!: readonly StoredRequiredAttachment[];

  /** When the answer was seen in the register. */
  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true })
  answeredAt!: Date | null;
}

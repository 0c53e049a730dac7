import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EntryKey } from '../../../legacy/ports/keys.ts';
import type { StoredRequiredAttachment } from './template.entity.ts';

/**
 * Time of the last attempt to add the applicant to the protocol register's senders: from then on they may be
 * there.
 */
@Entity('register_sender')
export class SenderAttemptEntity {
  @PrimaryColumn({ type: 'text' })
  applicant!: string;

  @Column({ name: 'attempted_at', type: 'timestamptz' })
  attemptedAt!: Date;
}

/**
 * A double in the protocol register: an entry beside the submission's own, or an attachment (`fileName`) of an
 * entry.
 */
@Entity('register_double')
export class RegisterDoubleEntity {
  @PrimaryColumn({ name: 'submission_id', type: 'uuid' })
  submissionId!: string;

  @PrimaryColumn({ name: 'entry_key', type: 'text' })
  entryKey!: EntryKey;

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

/** A registered practice whose outcome is still awaited. */
@Entity('practice_follow')
export class FollowEntity {
  @PrimaryColumn({ name: 'practice_id', type: 'uuid' })
  practiceId!: string;

  /** Time of the last change: the longer ago, the less often the practice is asked for. */
  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt!: Date;

  @Column({ name: 'next_at', type: 'timestamptz' })
  nextAt!: Date;
}

/** A request of the office, as it was when first seen. */
@Entity('practice_integration_request')
export class IntegrationRequestEntity {
  @PrimaryColumn({ name: 'practice_id', type: 'uuid' })
  practiceId!: string;

  /** The request's number in the protocol register. */
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

  /** Time at which the answer was seen in the protocol register. */
  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true })
  answeredAt!: Date | null;
}

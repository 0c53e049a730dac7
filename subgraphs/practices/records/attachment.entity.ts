import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AcceptableMediaType } from './media-types.ts';

/**
 * A file of a practice, from the announcement of its upload.
 *
 * Announced, then received (`receivedAt`: its file has a row), then attached by a save (`attachedAt`), then filed
 * (`submissionId`). An upload that no save attaches is removed after a day.
 */
@Entity('practice_attachment')
export class AttachmentEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'practice_id', type: 'uuid' })
  practiceId!: string;

  /** Code of the required attachment. */
  @Column({ type: 'text' })
  code!: string;

  @Column({ name: 'file_name', type: 'text' })
  fileName!: string;

  /** As announced; null if the bytes decide. */
  @Column({ name: 'media_type', type: 'text', nullable: true })
  mediaType!: AcceptableMediaType | null;

  /** The accepted media types; null if only the announced one is, as the version before 0.1.0 writes it. */
  @Column({ name: 'accepted_types', type: 'jsonb', nullable: true })
  acceptedTypes!: readonly AcceptableMediaType[] | null;

  @Column({ name: 'max_bytes', type: 'integer' })
  maxBytes!: number;

  @Column({ name: 'announced_bytes', type: 'integer', nullable: true })
  announcedBytes!: number | null;

  @Column({ name: 'announced_sha256', type: 'text', nullable: true })
  announcedSha256!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  /** Bytes must begin to arrive before this time. */
  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;

  /** File id of the current attempt, or of the received file. */
  @Column({ name: 'file_id', type: 'uuid', nullable: true })
  fileId!: string | null;

  @Column({ name: 'receiving_since', type: 'timestamptz', nullable: true })
  receivingSince!: Date | null;

  @Column({ name: 'received_at', type: 'timestamptz', nullable: true })
  receivedAt!: Date | null;

  @Column({ name: 'attached_at', type: 'timestamptz', nullable: true })
  attachedAt!: Date | null;

  @Column({ name: 'submission_id', type: 'uuid', nullable: true })
  submissionId!: string | null;
}

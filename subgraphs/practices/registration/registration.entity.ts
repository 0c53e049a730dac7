import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StoredRequiredAttachment } from '../template.entity.ts';

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

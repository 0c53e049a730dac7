import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An idempotency key with which a practice was started, gone with its draft. */
@Entity('practice_start_key')
export class StartKeyEntity {
  @PrimaryColumn({ type: 'text' })
  applicant!: string;

  @PrimaryColumn({ type: 'text' })
  key!: string;

  /** Of what was asked. */
  @Column({ type: 'text' })
  sha256!: string;

  @Column({ name: 'practice_id', type: 'uuid' })
  practiceId!: string;
}

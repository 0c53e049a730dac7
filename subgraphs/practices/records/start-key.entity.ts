import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The idempotency key of a started practice, deleted with its draft. */
@Entity('practice_start_key')
export class StartKeyEntity {
  @PrimaryColumn({ type: 'text' })
  applicant!: string;

  @PrimaryColumn({ type: 'text' })
  key!: string;

  /** Hash of the input. */
  @Column({ type: 'text' })
  sha256!: string;

  @Column({ name: 'practice_id', type: 'uuid' })
  practiceId!: string;
}

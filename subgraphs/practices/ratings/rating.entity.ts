import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RatedAspect } from './rated-aspect.type.ts';

/** A rating. Neither the person nor the time of day is stored: the day alone identifies nobody. */
@Entity('service_rating')
export class RatingEntity {
  /** SHA-256 of the client's key. */
  @PrimaryColumn({ name: 'key_sha256', type: 'text' })
  keySha256!: string;

  @Column({ type: 'text' })
  service!: string;

  /** The service's name when it was rated. */
  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'smallint' })
  stars!: number;

  @Column({ type: 'jsonb' })
  aspects!: readonly RatedAspect[];

  @Column({ type: 'text', nullable: true })
  comment!: string | null;

  @Column({ name: 'rated_on', type: 'date' })
  ratedOn!: string;
}

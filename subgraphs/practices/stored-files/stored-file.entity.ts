import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A stored file. Its bytes are rows of at most 64 kB, because the driver loads a whole `bytea`. */
@Entity('stored_file')
export class StoredFileEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'file_name', type: 'text' })
  fileName!: string;

  @Column({ name: 'media_type', type: 'text' })
  mediaType!: string;

  @Column({ name: 'size_bytes', type: 'integer' })
  sizeBytes!: number;

  @Column({ type: 'text' })
  sha256!: string;
}

@Entity('stored_file_chunk')
export class StoredFileChunkEntity {
  @PrimaryColumn({ name: 'file_id', type: 'uuid' })
  fileId!: string;

  @PrimaryColumn({ type: 'integer' })
  sequence!: number;

  /** The key of `FILE_KEYS` that `sealed` is encrypted with. */
  @Column({ name: 'key_id', type: 'text', nullable: true })
  keyId!: string | null;

  @Column({ type: 'bytea', nullable: true })
  sealed!: Buffer | null;

  /** Unencrypted bytes: of public files, and of files stored before there were keys. */
  @Column({ type: 'bytea', nullable: true })
  bytes!: Buffer | null;
}

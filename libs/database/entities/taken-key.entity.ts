import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An idempotency key that somebody has used for something other than a step of a case; the id stands for (who, key). */
@Entity('taken_key')
export class TakenKey {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'taken_key_pkey' }) id: string;
  @Column('text', { name: 'payload_hash' }) payloadHash: string;
  @Column({ type: 'timestamptz', name: 'taken_at', precision: 3 }) takenAt: Date;
}

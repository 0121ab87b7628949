import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** A key pair of which the private half stays in somebody's device; a person has as many as they have devices. */
@Entity('passkey')
@Index('passkey_person_idx', ['personId'])
export class Passkey {
  /** Base64url, given by the device. */
  @PrimaryColumn('text', { name: 'credential_id', primaryKeyConstraintName: 'passkey_pkey' }) credentialId: string;
  @ForeignKey(() => Person, { name: 'passkey_person_fkey' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  /** Theirs, to tell one device from another. */
  @Column('text') name: string;
  @Column('bytea', { name: 'public_key' }) publicKey: Buffer;
  /** The device's own count of its uses, as text (bigint); one that goes back is a copy. */
  @Column('bigint') uses: string;
  @Column('text', { array: true }) transports: string[];
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'used_at', precision: 3, nullable: true }) usedAt: Date | null;
}

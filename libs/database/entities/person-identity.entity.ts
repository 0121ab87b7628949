import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** Somebody as an identity provider knows them: the pair that never changes, whatever becomes of their address. */
@Entity('person_identity')
@Index('person_identity_person_idx', ['personId'])
export class PersonIdentity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'person_identity_pkey' }) issuer: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'person_identity_pkey' }) subject: string;
  @ForeignKey(() => Person, { name: 'person_identity_person_fkey' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column({ type: 'timestamptz', name: 'bound_at', precision: 3 }) boundAt: Date;
}

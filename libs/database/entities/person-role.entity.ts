import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '#libs/domain/access/roles.js';
import { Organisation } from './organisation.entity.js';
import { Person } from './person.entity.js';

/** A role that somebody has or had in an organisation, for a mandate: the dated history of `person.roles`. */
@Entity('person_role')
@Index('person_role_person_idx', ['personId'])
@Index('person_role_standing_key', ['personId', 'role', 'mandate'], { unique: true, where: 'revoked_at IS NULL' })
export class PersonRole {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_role_pkey' }) id: string;
  @ForeignKey(() => Person, { name: 'person_role_person_fkey' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @ForeignKey(() => Organisation, { name: 'person_role_organisation_fkey' })
  @Column('uuid', { name: 'organisation_id', nullable: true })
  organisationId: string | null;
  @Column('text') role: Role;
  @Column('text') mandate: string;
  /** Null: given by an operator, or before grants were dated. */
  @Column('uuid', { name: 'granted_by', nullable: true }) grantedBy: string | null;
  @Column({ type: 'timestamptz', name: 'granted_at', precision: 3 }) grantedAt: Date;
  @Column('uuid', { name: 'revoked_by', nullable: true }) revokedBy: string | null;
  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true }) revokedAt: Date | null;
}

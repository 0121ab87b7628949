import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** What lets a person in who has lost their authenticator; deleted when it is used. */
@Entity('recovery_code')
export class RecoveryCode {
  @ForeignKey(() => Person, { name: 'recovery_code_person_fkey' })
  @PrimaryColumn('uuid', { name: 'person_id', primaryKeyConstraintName: 'recovery_code_pkey' })
  personId: string;
  /** Under SECRETS_KEY. */
  @PrimaryColumn('text', { name: 'code_hash', primaryKeyConstraintName: 'recovery_code_pkey' }) codeHash: string;
}

import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { AssistanceCase } from './assistance-case.entity.js';
import { Person } from './person.entity.js';

/** The one case that a guest may follow for its State. Without this row a guest is nobody. */
@Entity('case_guest')
@Unique('case_guest_contact_key', ['caseId', 'contactHash'])
export class CaseGuest {
  @ForeignKey(() => Person, { name: 'case_guest_person_fkey' })
  @PrimaryColumn('uuid', { name: 'person_id', primaryKeyConstraintName: 'case_guest_pkey' })
  personId: string;
  @ForeignKey(() => AssistanceCase, { name: 'case_guest_case_fkey' })
  @Column('uuid', { name: 'case_id' })
  caseId: string;
  /** Of the reference and the address in the request form, so that the same contact is the same guest. */
  @Column('text', { name: 'contact_hash' }) contactHash: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
}

import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AssistanceCase } from './assistance-case.entity.js';
import { Organisation } from './organisation.entity.js';

/** An organisation that a case was circulated to, so that a responder's list is one indexed read. */
@Entity('case_participant')
@Index('case_participant_organisation_idx', ['organisationId', 'caseId'])
export class CaseParticipant {
  @ForeignKey(() => AssistanceCase, { name: 'case_participant_case_fkey' })
  @PrimaryColumn('uuid', { name: 'case_id', primaryKeyConstraintName: 'case_participant_pkey' })
  caseId: string;
  @ForeignKey(() => Organisation, { name: 'case_participant_organisation_fkey' })
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'case_participant_pkey' })
  organisationId: string;
  @Column('text') status: string;
}

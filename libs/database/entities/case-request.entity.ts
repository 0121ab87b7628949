import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { RequestForm } from '#libs/domain/case/request-form.js';
import { AssistanceCase } from './assistance-case.entity.js';

/** The request as the State sent it, in its own words, with its contacts. */
@Entity('case_request')
export class CaseRequest {
  @ForeignKey(() => AssistanceCase, { name: 'case_request_case_fkey' })
  @PrimaryColumn('uuid', { name: 'case_id', primaryKeyConstraintName: 'case_request_pkey' })
  caseId: string;
  @Column('text') salt: string;
  @Column('jsonb', { nullable: true }) form: RequestForm | null;
}

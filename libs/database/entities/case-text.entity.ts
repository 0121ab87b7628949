import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AssistanceCase } from './assistance-case.entity.js';

/** What people wrote, apart from the event log so that it can be erased: the event keeps a salted hash. */
@Entity('case_text')
@Index('case_text_case_idx', ['caseId'])
export class CaseText {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_text_pkey' }) id: string;
  @ForeignKey(() => AssistanceCase, { name: 'case_text_case_fkey' })
  @Column('uuid', { name: 'case_id' })
  caseId: string;
  @Column('text') salt: string;
  @Column('text', { nullable: true }) content: string | null;
}

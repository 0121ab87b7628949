import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { AssistanceCase } from './assistance-case.entity.js';

/** Who has looked at a case: rows are only ever added. The person has no key: they may be erased, the log not. */
@Entity('access_log')
@Index('access_log_case_idx', ['caseId', 'at'])
export class AccessLogRow {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'access_log_pkey',
  })
  id: string;
  @Column({ type: 'timestamptz', precision: 3 }) at: Date;
  @Column('uuid', { name: 'person_id' }) personId: string;
  @ForeignKey(() => AssistanceCase, { name: 'access_log_case_fkey' })
  @Column('uuid', { name: 'case_id' })
  caseId: string;
  @Column('text', { name: 'field_groups', array: true }) fieldGroups: string[];
  @Column('text', { array: true }) why: string[];
  @Column('text') door: string;
  @Column('text', { name: 'request_id', nullable: true }) requestId: string | null;
}

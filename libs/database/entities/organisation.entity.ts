import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { State } from './state.entity.js';

/** A State's focal-point office, or a body that may respond to requests (code: alpha-3 of a State, `ICRC`, …). */
@Entity('organisation')
@Unique('organisation_code_key', ['code'])
export class Organisation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'organisation_pkey' }) id: string;
  @Column('text') code: string;
  @Column('text') name: string;
  @Column('text') kind: string;
  /** Alpha-3 code when the organisation is a State. */
  @ForeignKey(() => State, { name: 'organisation_state_fkey' })
  @Column('text', { name: 'state_code', nullable: true })
  stateCode: string | null;
  @Column('boolean') responder: boolean;
  /** Invented for a trial deployment. */
  @Column('boolean') demo: boolean;
}

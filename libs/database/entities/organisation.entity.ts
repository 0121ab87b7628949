import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { OrganisationKind } from '#libs/domain/access/organisation-kinds.js';
import { State } from './state.entity.js';

/** An office of a State, or a body that responds to requests or looks after them (code: alpha-3 of a State, `ICRC`, …). */
@Entity('organisation')
@Unique('organisation_code_key', ['code'])
@Check(
  'organisation_kind_check',
  `kind IN ('state', 'ministry', 'mission', 'international_organisation', 'civil_society', 'coordinator', 'isu', 'presidency', 'committee')`,
)
@Check('organisation_office_state_check', `kind NOT IN ('state', 'ministry', 'mission') OR state_code IS NOT NULL`)
export class Organisation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'organisation_pkey' }) id: string;
  @Column('text') code: string;
  @Column('text') name: string;
  @Column('text') kind: OrganisationKind;
  /** Alpha-3 code when the organisation is a State's. */
  @ForeignKey(() => State, { name: 'organisation_state_fkey' })
  @Column('text', { name: 'state_code', nullable: true })
  stateCode: string | null;
  @Column('boolean') responder: boolean;
  /** Invented for a trial deployment. */
  @Column('boolean') demo: boolean;
  /** Nobody is invited to, and nothing is sent to, one that is not. */
  @Column('boolean', { default: true }) active: boolean;
  /** One more at every change, so that nobody overwrites what they have not seen. */
  @Column('integer', { default: 1 }) revision: number;
}

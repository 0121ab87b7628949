import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Weekday } from '#libs/domain/calendar/calendar.js';

/** A State as the reference data knows it. Every value is dated and sourced; `article9Status` is the weakest (see `confidence`). */
@Entity('state')
export class State {
  /** ISO 3166 alpha-3; user-assigned codes (QMA–QMZ) for the invented States of a trial. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'state_pkey' }) code: string;
  @Column('text') name: string;
  @Column('text', { nullable: true }) region: string | null;
  @Column('text', { name: 'ccm_status' }) ccmStatus: string;
  @Column('text') language: string;
  @Column('text') timezone: string;
  /** The days on which its offices rest, where they are known to differ from Saturday and Sunday. */
  @Column('text', { array: true, nullable: true }) weekend: Weekday[] | null;
  @Column('date', { nullable: true }) signed: string | null;
  @Column('date', { nullable: true }) ratified: string | null;
  @Column('date', { name: 'entry_into_force', nullable: true }) entryIntoForce: string | null;
  @Column('text', { name: 'article9_status' }) article9Status: string;
  @Column('text') confidence: string;
  @Column('text') source: string;
  @Column('boolean') demo: boolean;
}

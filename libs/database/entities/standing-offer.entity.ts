import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { LEGAL_SYSTEMS, MODALITIES, NeedType } from '#libs/domain/case/request-form.js';
import { Organisation } from './organisation.entity.js';
import { Person } from './person.entity.js';

/** What an organisation offers to whoever asks (`product.md`, Offer form). Valid for a year at most, then renewed or over. */
@Entity('standing_offer')
@Index('standing_offer_organisation_idx', ['organisationId'])
@Index('standing_offer_valid_idx', ['validUntil', 'id'], { where: 'withdrawn_at IS NULL' })
export class StandingOffer {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'standing_offer_pkey' }) id: string;
  @ForeignKey(() => Organisation, { name: 'standing_offer_organisation_fkey' })
  @Column('uuid', { name: 'organisation_id' })
  organisationId: string;
  @Column('text', { name: 'need_types', array: true }) needTypes: NeedType[];
  @Column('text', { name: 'legal_systems', array: true }) legalSystems: (typeof LEGAL_SYSTEMS)[number][];
  /** Codes of the languages of correspondence. */
  @Column('text', { array: true }) languages: string[];
  /** Regional groups, and alpha-3 codes of States, for which it is; both empty: for all. */
  @Column('text', { array: true }) regions: string[];
  @Column('text', { array: true }) states: string[];
  @Column('text', { array: true }) modalities: (typeof MODALITIES)[number][];
  /** Whether it brings funds. */
  @Column('boolean') funding: boolean;
  /** How many requests a year. */
  @Column('integer', { name: 'capacity_per_year' }) capacityPerYear: number;
  @Column('integer', { name: 'lead_time_days' }) leadTimeDays: number;
  @Column('text') conditions: string;
  /** Never public. */
  @Column('text', { name: 'contact_name' }) contactName: string;
  @Column('text', { name: 'contact_email' }) contactEmail: string;
  @Column('boolean', { default: true }) public: boolean;
  /** Last day of it, in Geneva. */
  @Column('date', { name: 'valid_until' }) validUntil: string;
  /** When it was last said that it holds until then: nobody is asked to renew what was just renewed. */
  @Column({ type: 'timestamptz', name: 'confirmed_at', precision: 3 }) confirmedAt: Date;
  @Column({ type: 'timestamptz', name: 'withdrawn_at', precision: 3, nullable: true }) withdrawnAt: Date | null;
  @ForeignKey(() => Person, { name: 'standing_offer_author_fkey' })
  @Column('uuid', { name: 'author_id' })
  authorId: string;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt: Date;
  /** One more at every change, so that nobody overwrites what they have not seen. */
  @Column('integer', { default: 1 }) revision: number;
}

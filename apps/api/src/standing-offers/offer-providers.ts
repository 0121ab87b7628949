import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { can } from '#libs/domain/access/can.js';
import type { SignedIn } from '#libs/identity/signed-in.js';

/** Whose offers somebody looks after. */
@Injectable()
export class OfferProviders {
  constructor(private readonly dataSource: DataSource) {}

  /** Organisations for which this person may make an offer, by name. */
  async of({ actor }: SignedIn): Promise<Organisation[]> {
    const all = await this.dataSource.manager.find(Organisation, {
      where: { responder: true, active: true },
      order: { name: 'ASC' },
    });
    return all.filter(({ id }) =>
      can(actor, 'manage-standing-offer', { organisationId: id, public: true, withdrawn: false }),
    );
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import { can } from '#libs/domain/access/can.js';
import type { SignedIn } from '#libs/identity/signed-in.js';

/** Whose offers somebody looks after, and names for what offers hold as codes. */
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

  /** Names of States by their alpha-3 codes. */
  async stateNames(codes: readonly string[]): Promise<string[]> {
    const states = await this.dataSource.manager.find(State, {
      where: { code: In([...codes]) },
      order: { name: 'ASC' },
    });
    return states.map(({ name }) => name);
  }
}

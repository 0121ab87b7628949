import { ForbiddenException, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CaseReader } from '#libs/case-reading/case-reader.js';
import { productNow } from '#libs/case-store/product-time.js';
import { State } from '#libs/database/entities/state.entity.js';
import { can } from '#libs/domain/access/can.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { found } from './case-problems.js';

/** The case that a log is of, as its page names it. */
export interface LoggedCase {
  id: string;
  reference: string;
  state: string;
  stateName: string;
  stateTimezone: string;
}

/** Lets those in who may see who has looked at a case: the State, and the coordinators on it. */
@Injectable()
export class AccessDesk {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reader: CaseReader,
  ) {}

  /** @throws 404 for whoever may not know of it · 403 for a lead who has not opened the case */
  async caseFor(reference: string, actor: Actor): Promise<LoggedCase> {
    const row = found(await this.reader.row(reference, actor));
    const { manager } = this.dataSource;
    if (!can(actor, 'read-access-log', row.state, await productNow(manager))) {
      if (can(actor, 'break-glass', row.state))
        throw new ForbiddenException(
          'The log names people of the State. Open what is restricted with a reason (break-glass), then read it.',
        );
      found(null, 'access log');
    }
    const state = await manager.findOneBy(State, { code: row.requestingState });
    return {
      id: row.id,
      reference: row.reference,
      state: row.requestingState,
      stateName: state?.name ?? row.requestingState,
      stateTimezone: state?.timezone ?? 'Europe/Zurich',
    };
  }
}

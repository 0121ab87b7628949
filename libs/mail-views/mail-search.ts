import type { DataSource } from 'typeorm';
import { In } from 'typeorm';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { mailReach, WHOLE_MAIL_REACH } from '#libs/domain/access/mail-reach.js';
import type { MailReach } from '#libs/domain/access/mail-reach.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { ledgerRows } from './ledger-row.js';
import type { LedgerRow, MailState } from './ledger-row.js';
import { conditionsOf, UNDECIDED, writeCursor } from './mail-conditions.js';
import type { MailFilter } from './mail-conditions.js';
import { openAddresses } from './open-addresses.js';

const DEFAULT_LIMIT = 50;

/** Who asks: null for whoever runs the deployment. */
export interface Asking {
  actor: Actor | null;
  requestId: string | null;
}

/** The ledger of the whole deployment, latest due first, as far as whoever asks may read it. */
export class MailSearch {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws InvalidCursor */
  async page(filter: MailFilter, asking: Asking): Promise<{ items: LedgerRow[]; next: string | null }> {
    const limit = filter.limit ?? DEFAULT_LIMIT;
    const { sql, values } = conditionsOf(filter, reachOf(asking));
    const ids = await this.dataSource.query<{ id: string }[]>(
      `SELECT m.id FROM mail m WHERE ${sql} ORDER BY m.send_after DESC, m.id DESC LIMIT ${limit + 1}`,
      values,
    );
    const rows = await this.dataSource.manager.find(Mail, {
      where: { id: In(ids.slice(0, limit).map(({ id }) => id)) },
      order: { sendAfter: 'DESC', id: 'DESC' },
    });
    const last = ids.length > limit ? rows.at(-1) : undefined;
    return { items: await this.shown(rows, asking), next: last ? writeCursor(last) : null };
  }

  /** How many there are in each state, whichever of them the filter asks for. */
  async counts({ state: _, undecided: __, cursor: ___, ...filter }: MailFilter, asking: Asking) {
    const { sql, values } = conditionsOf(filter, reachOf(asking));
    const rows = await this.dataSource.query<{ state: MailState; n: number }[]>(
      `SELECT m.state, count(*)::int AS n FROM mail m WHERE ${sql} GROUP BY m.state`,
      values,
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, n])) as Partial<Record<MailState, number>>;
  }

  /** One mail; null when there is none, as far as whoever asks may know. */
  async find(id: string, asking: Asking): Promise<LedgerRow | null> {
    const row = await this.dataSource.manager.findOneBy(Mail, { id });
    if (!row || (row.caseId === null && !reachOf(asking).accounts)) return null;
    const [shown] = await this.shown([row], asking);
    return shown ?? null;
  }

  /** How many wait for somebody's decision. */
  async undecided(asking: Asking): Promise<number> {
    const { accounts } = reachOf(asking);
    const [row] = await this.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM mail m WHERE ${UNDECIDED} AND ($1 OR m.case_id IS NOT NULL)`,
      [accounts],
    );
    return row?.n ?? 0;
  }

  private async shown(rows: Mail[], { actor, requestId }: Asking): Promise<LedgerRow[]> {
    const { manager } = this.dataSource;
    const address = await openAddresses(manager, rows, actor, requestId);
    return ledgerRows(manager, rows, { address, inside: true });
  }
}

const reachOf = ({ actor }: Asking): MailReach => (actor ? mailReach(actor) : WHOLE_MAIL_REACH);

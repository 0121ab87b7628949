import type { DataSource } from 'typeorm';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { ledgerRows } from '#libs/mail-views/ledger-row.js';
import type { LedgerRow } from '#libs/mail-views/ledger-row.js';
import { OFFICE_ROLES } from '#libs/domain/access/person-rights.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { Through } from './access-log.js';
import { CaseReader } from './case-reader.js';
import { caseView } from './case-view.js';
import type { CaseView } from './case-view.js';
import { clockExplanations } from './clock-explanations.js';
import type { ClockExplanation } from './clock-explanations.js';
import { maySeeRun } from './clock-views.js';
import type { Reach } from './reach.js';
import { stepMails } from './step-mails.js';

export interface ExplainedCase {
  view: CaseView;
  items: ClockExplanation[];
}

/** Who asks why a clock is due when it is. */
export interface Explained {
  actor: Actor;
  /** Their own time zone. */
  zone?: string | undefined;
  requestId: string | null;
}

/** What stands beside a case: its mail ledger, and why its deadlines are what they are. */
export class CaseFacts {
  private readonly reader: CaseReader;

  constructor(private readonly dataSource: DataSource) {
    this.reader = new CaseReader(dataSource);
  }

  /**
   * The ledger rows that this person may see: coordinators all, others those addressed to themselves. Whom the State is
   * written to at is for those who may read its contacts.
   */
  async mails(
    reference: string,
    actor: Actor,
    through: Through,
  ): Promise<{ view: CaseView; items: LedgerRow[] } | null> {
    const opened = await this.reader.open(reference, actor, through);
    if (!opened) return null;
    const { record, reach, at, logged } = opened;
    const rows = await this.dataSource.manager.find(Mail, {
      where: { caseId: record.row.id },
      order: { sendAfter: 'ASC', id: 'ASC' },
    });
    const own = await this.addressOf(actor);
    const hidden = await this.hiddenAddresses(rows, reach);
    await logged();
    const shown = rows.filter(({ recipient }) => reach.all || recipient === own);
    const items = await ledgerRows(this.dataSource.manager, shown, {
      // A server's answer often repeats the address.
      address: ({ recipient }) => !hidden.has(recipient),
      inside: reach.all,
    });
    return { view: caseView(record, actor, at, reach), items };
  }

  /**
   * The case, and every cycle of the named clock that this person may see with everything that made its deadline.
   * Null when there is no such case or clock for them.
   */
  async explanations(
    reference: string,
    name: string,
    { actor, zone, requestId }: Explained,
  ): Promise<ExplainedCase | null> {
    const opened = await this.reader.open(reference, actor, { door: 'explanation', requestId });
    if (!opened) return null;
    const { record, reach, at, logged } = opened;
    const all = record.runs();
    const runs = all.filter((run) => run.policy.name === name && maySeeRun(run, record.state, actor, reach.relations));
    if (!runs.length) return null;
    await logged();
    const own = reach.all ? null : await this.addressOf(actor);
    const mails = await stepMails(this.dataSource.manager, record.row.id, name);
    const hidden = await this.hiddenAddresses(
      mails.map(({ to }) => ({ recipient: to ?? '' })),
      reach,
    );
    const asking = {
      reach,
      at,
      mails: mails
        .filter(({ to }) => own === null || to === own)
        .map((mail) => ({ ...mail, to: hidden.has(mail.to ?? '') ? null : mail.to })),
      zones: zone ? [zone] : [],
    };
    return { view: caseView(record, actor, at, reach), items: clockExplanations(runs, all, record, asking) };
  }

  /** Addresses of the State among these: all that are not of an account on the other side, for whoever may not read them. */
  private async hiddenAddresses(rows: readonly { recipient: string }[], { groups, all }: Reach): Promise<Set<string>> {
    if (groups.has('restricted') || !all) return new Set();
    const addresses = [...new Set(rows.map(({ recipient }) => recipient))];
    const known = await this.dataSource.query<{ email: string }[]>(
      'SELECT email FROM person WHERE email = ANY ($1) AND NOT roles && $2',
      [addresses, OFFICE_ROLES],
    );
    const open = new Set(known.map(({ email }) => email));
    return new Set(addresses.filter((address) => !open.has(address)));
  }

  private async addressOf({ personId }: Actor): Promise<string> {
    const [row] = await this.dataSource.query<{ email: string }[]>('SELECT email FROM person WHERE id = $1', [
      personId,
    ]);
    return row?.email ?? '';
  }
}

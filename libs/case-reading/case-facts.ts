import type { DataSource } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { relationsOf } from '#libs/domain/access/relations.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { CaseReader } from './case-reader.js';
import { caseView } from './case-view.js';
import type { CaseView } from './case-view.js';
import { clockExplanations } from './clock-explanations.js';
import type { ClockExplanation } from './clock-explanations.js';
import { maySeeRun } from './clock-views.js';
import { reachOf } from './reach.js';
import { stepMails } from './step-mails.js';

export interface ExplainedCase {
  view: CaseView;
  items: ClockExplanation[];
}

export interface LedgerRow {
  id: string;
  kind: string;
  to: string;
  language: string;
  state: string;
  dueAt: string;
  sentAt: string | null;
  response: string | null;
}

/** What stands beside a case: its mail ledger, and why its deadlines are what they are. */
export class CaseFacts {
  private readonly reader: CaseReader;

  constructor(private readonly dataSource: DataSource) {
    this.reader = new CaseReader(dataSource);
  }

  /** The ledger rows that this person may see: coordinators all, others those addressed to themselves. */
  async mail(reference: string, actor: Actor): Promise<LedgerRow[] | null> {
    const record = await this.reader.record(reference, actor);
    if (!record) return null;
    const rows = await this.dataSource.manager.find(Mail, {
      where: { caseId: record.row.id },
      order: { sendAfter: 'ASC', id: 'ASC' },
    });
    const own = await this.addressOf(actor);
    const all = relationsOf(actor, record.state).has('coordinator');
    return rows
      .filter(({ recipient }) => all || recipient === own)
      .map(({ id, kind, recipient, language, state, sendAfter, sentAt, response }) => ({
        id,
        kind,
        language,
        state,
        response,
        to: recipient,
        dueAt: sendAfter.toISOString(),
        sentAt: sentAt?.toISOString() ?? null,
      }));
  }

  /**
   * The case, and every cycle of the named clock that this person may see with everything that made its deadline.
   * `zone`: the asker's own time zone. Null when there is no such case or clock for them.
   */
  async explanations(reference: string, name: string, actor: Actor, zone?: string): Promise<ExplainedCase | null> {
    const record = await this.reader.record(reference, actor);
    if (!record) return null;
    const at = await productNow(this.dataSource.manager);
    const all = record.runs();
    const relations = relationsOf(actor, record.state);
    const runs = all.filter((run) => run.policy.name === name && maySeeRun(run, record.state, actor, relations));
    if (!runs.length) return null;
    const reach = reachOf(actor, record);
    const own = reach.all ? null : await this.addressOf(actor);
    const mails = await stepMails(this.dataSource.manager, record.row.id, name);
    const asking = {
      reach,
      at,
      mails: mails.filter(({ to }) => own === null || to === own),
      zones: zone ? [zone] : [],
    };
    return { view: caseView(record, actor, at), items: clockExplanations(runs, all, record, asking) };
  }

  private async addressOf({ personId }: Actor): Promise<string> {
    const [row] = await this.dataSource.query<{ email: string }[]>('SELECT email FROM person WHERE id = $1', [
      personId,
    ]);
    return row?.email ?? '';
  }
}

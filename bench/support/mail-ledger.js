// A ledger full of mails that are due, for the benchmark of the mailer.
import { Mail } from '#libs/database/entities/mail.entity.js';
import { DELIVERED_MAIL_POLICY } from '#libs/domain/mail/mail-policy.js';
import { Cases } from './cases.js';

/** At work at any time: what is measured is not when mails go. */
const READER = {
  timezone: 'Europe/Zurich',
  own: { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', until: '00:00' },
};
const REMINDER = {
  stage: 'Circulated',
  clock: { name: 'responder_answer', title: 'Answer of the responder' },
  dueAt: '2026-12-01T16:00:00.000Z',
  timezone: 'Africa/Lusaka',
};
const LANGUAGES = ['en', 'fr', 'es', 'ar', 'zh', 'ru', 'pt'];

const FILL = `INSERT INTO mail (id, case_id, kind, recipient, recipient_name, sequence, delivery, class, cause, party, reader,
    language, parameters, state, send_after, attempts, message_id)
  SELECT id, $1, 'reminder', 'reader-' || id || '@example.test', 'Focal point', id::text, 'reminder', 'single', 'reminder_due',
    'responder', $2, ($3::text[])[1 + n % array_length($3::text[], 1)], $4, 'due', $5, 0, '<' || id || '@action48.test>'
  FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, $6::int) n) made`;

export class MailLedgerFull {
  /** @param system of the stage */
  static async of(system) {
    const self = new MailLedgerFull();
    self.manager = system.dataSource.manager;
    [self.case] = await new Cases(system).open([Date.now()]);
    const policy = { ...DELIVERED_MAIL_POLICY, quietPeriods: [] };
    await self.manager.query(
      `INSERT INTO mail_policy_version (version, policy, reason, published_at)
       VALUES (coalesce((SELECT max(version) FROM mail_policy_version), 0) + 1, $1, 'benchmark', now())`,
      [policy],
    );
    return self;
  }

  /** So many reminders and no other mail, due at one instant, each to somebody else, in seven languages. */
  async fill(count, dueAt = new Date(Date.now() - 60_000)) {
    for (const table of ['mail_event', 'mail']) await this.manager.query(`TRUNCATE ${table} CASCADE`);
    const parameters = { ...REMINDER, reference: this.case.reference, path: `/cases/${this.case.reference}` };
    await this.manager.query(FILL, [this.case.caseId, READER, LANGUAGES, parameters, dueAt, count]);
    for (const table of ['mail', 'mail_event']) await this.manager.query(`VACUUM ANALYZE ${table}`);
  }

  /** An urgent one beside them. @returns its id */
  async urgent() {
    const [{ id }] = await this.manager.query(
      `INSERT INTO mail (id, case_id, kind, recipient, recipient_name, sequence, delivery, class, cause, language, parameters, state, send_after, attempts, message_id)
       SELECT made, case_id, 'escalation', 'lead@example.test', 'Lead', made::text, 'notice', 'urgent', 'clock_escalated', 'en', parameters, 'due', now(), 0,
         '<' || made || '@action48.test>' FROM mail, gen_random_uuid() AS made LIMIT 1 RETURNING id`,
    );
    return id;
  }

  rows = () => this.manager.find(Mail, { order: { id: 'ASC' } });

  async unsent() {
    const [{ left }] = await this.manager.query(
      `SELECT EXISTS (SELECT FROM mail WHERE state = 'due') OR EXISTS (SELECT FROM mail WHERE state IN ('claimed', 'sending')) AS left`,
    );
    return left;
  }

  async inState(state) {
    const [{ count }] = await this.manager.query('SELECT count(*)::int FROM mail WHERE state = $1', [state]);
    return count;
  }
}

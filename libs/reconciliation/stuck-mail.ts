import type { DataSource } from 'typeorm';
import type { Drift } from './drift.js';

/** A mailer puts right what another left behind after a minute; a row that is older has no mailer at all. */
const STUCK_MINUTES = 15;

/** Mails that have been in a mailer's hands for too long. */
export async function stuckMail(dataSource: DataSource): Promise<Drift[]> {
  const rows = await dataSource.query<{ id: string; state: string }[]>(
    `SELECT id, state FROM mail WHERE state IN ('claimed', 'sending')
       AND claimed_at < now() - make_interval(mins => $1) ORDER BY id`,
    [STUCK_MINUTES],
  );
  return rows.map(({ id, state }) => ({
    kind: 'stuck_mail',
    subject: `mail ${id}`,
    id,
    what: `${state} for more than ${STUCK_MINUTES} minutes`,
    remedy: 'release',
  }));
}

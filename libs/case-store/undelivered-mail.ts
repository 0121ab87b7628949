import type { EntityManager } from 'typeorm';
import { Mail } from '#libs/database/entities/mail.entity.js';
import type { LeftBecause } from '#libs/domain/case/contact-ladder.js';

/** A mail that reached nobody. */
export interface FailedMail {
  row: Mail;
  /** What is wrong with its address; null when that is not to blame, as when the server could never be reached. */
  because: Extract<LeftBecause, 'refused' | 'bounced'> | null;
}

/** Failed and bounced mails, and what went out in a digest that did not arrive, as long as nothing has followed from it. */
export const NOT_FOLLOWED_UP = `
  SELECT m.id, m.case_id, m.state AS how, m.response FROM mail m
  WHERE m.state IN ('failed', 'bounced') AND m.followed_up_at IS NULL AND m.case_id IS NOT NULL
  UNION ALL
  SELECT m.id, m.case_id, d.state, d.response FROM mail d JOIN mail m ON m.digest_id = d.id
  WHERE d.state IN ('failed', 'bounced') AND m.state = 'gathered' AND m.response IS NULL AND m.followed_up_at IS NULL AND m.case_id IS NOT NULL`;

/** Those of a case, oldest first, held until the transaction ends. */
export async function readFailed(manager: EntityManager, caseId: string): Promise<FailedMail[]> {
  const found = await manager.query<{ id: string; how: string; response: string | null }[]>(
    `SELECT * FROM (${NOT_FOLLOWED_UP}) AS failed WHERE case_id = $1`,
    [caseId],
  );
  if (!found.length) return [];
  const rows = await manager.find(Mail, {
    where: found.map(({ id }) => ({ id })),
    order: { sendAfter: 'ASC', id: 'ASC' },
    lock: { mode: 'for_no_key_update' },
  });
  return rows.map((row) => {
    const one = found.find(({ id }) => id === row.id);
    return { row, because: whyFailed(one?.how ?? row.state, one?.response ?? null) };
  });
}

/** An address that is none, or that the server refused for good (the first answer that stands in what it said). */
function whyFailed(state: string, response: string | null): FailedMail['because'] {
  if (state === 'bounced') return 'bounced';
  const [, code = ''] = /(?:^|[\s:])([245]\d\d)(?=[\s-])/.exec(response ?? '') ?? [];
  return code.startsWith('5') || response === NO_MAILBOX ? 'refused' : null;
}

/** What the mailer notes of an address that cannot be one. */
const NO_MAILBOX = 'not a single mailbox';

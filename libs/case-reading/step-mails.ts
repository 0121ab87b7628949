import { Like } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Mail } from '#libs/database/entities/mail.entity.js';
import type { StepMail } from './clock-step-views.js';

/** The mails of the ledger that the steps of one clock of a case have caused, oldest first. */
export async function stepMails(manager: EntityManager, caseId: string, clock: string): Promise<StepMail[]> {
  const rows = await manager.find(Mail, {
    where: { caseId, sequence: Like(`${clock.replace(/[\\%_]/g, '\\$&')}:%`) },
    order: { sendAfter: 'ASC', id: 'ASC' },
  });
  return rows.map(({ sequence, recipient, sendAfter, sentAt, state }) => ({
    sequence,
    to: recipient,
    dueAt: sendAfter.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    state,
  }));
}

import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import { DELIVERED_MAIL_POLICY } from '#libs/domain/mail/mail-policy.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { MailPolicyVersionRow } from '#libs/database/entities/mail-policy-version.entity.js';
import { NOTHING } from '#libs/domain/case/evolve.js';
import { seedPeople } from './people.js';

/** A ledger row that is due now; tests say what is special about it. */
export async function dueMail(dataSource: DataSource, changes: Partial<Mail> = {}): Promise<Mail> {
  const id = randomUUID();
  const row: Mail = {
    id,
    caseId: changes.caseId ?? (await anyCase(dataSource)),
    kind: 'reminder',
    recipient: `${id}@example.test`,
    recipientName: 'Focal point',
    sequence: '1',
    delivery: 'reminder',
    language: 'en',
    parameters: {
      reference: 'CCM-A9-2026-0042',
      stage: 'Circulated',
      clock: { name: 'responder_answer', title: 'Answer of the responder' },
      dueAt: '2026-12-01T16:00:00.000Z',
      timezone: 'Africa/Lusaka',
      path: '/cases/CCM-A9-2026-0042',
    },
    state: 'due',
    sendAfter: new Date(Date.now() - 60_000),
    attempts: 0,
    messageId: `<${id}@action48.test>`,
    claimedAt: null,
    sentAt: null,
    response: null,
    secret: null,
    class: 'single',
    heldFor: null,
    cause: 'reminder_due',
    party: 'responder',
    personId: null,
    organisationId: null,
    reader: null,
    digestId: null,
    bouncedAt: null,
    followedUpAt: null,
    leftAt: null,
    template: null,
    ...changes,
  };
  await dataSource.manager.insert(Mail, row);
  return row;
}

/** How a row stands now. */
export const mailRow = (dataSource: DataSource, { id }: Pick<Mail, 'id'>): Promise<Mail> =>
  dataSource.manager.findOneByOrFail(Mail, { id });

/** As if the time for another look had come. */
export async function dueAgain(dataSource: DataSource, { id }: Pick<Mail, 'id'>): Promise<void> {
  await dataSource.query(`UPDATE mail SET send_after = now() - interval '1 second' WHERE id = $1`, [id]);
}

/** As if the mailer that had these rows in hand had been gone for long. */
export async function longAgo(dataSource: DataSource): Promise<void> {
  await dataSource.query(`UPDATE mail SET claimed_at = now() - interval '1 hour' WHERE claimed_at IS NOT NULL`);
}

/** The case that a mail belongs to, where nothing else about it matters: it has ended, so that nobody starts its workflow. */
async function anyCase(dataSource: DataSource): Promise<string> {
  const now = new Date();
  const row = {
    id: randomUUID(),
    reference: `CCM-A9-2026-${randomUUID()}`,
    requestingState: 'QMB',
    version: 0,
    stage: 'submitted',
    openedAt: now,
    touchedAt: now,
    workflowStartedAt: now,
    paused: false,
    ended: true,
    state: NOTHING,
  };
  if (!(await dataSource.manager.existsBy(State, { code: 'QMB' }))) await seedPeople(dataSource);
  await dataSource.manager.insert(AssistanceCase, row);
  return row.id;
}

/** As if whoever waits for a mail were at work now. */
export async function letWaitingGo(dataSource: DataSource): Promise<void> {
  await dataSource.query(`UPDATE mail SET send_after = now(), held_for = NULL, reader = NULL WHERE state = 'due'`);
}

/** As if everybody read mail at any hour and no period were quiet: for tests of what else becomes of a mail. */
export async function readAtAnyHour({ manager }: DataSource): Promise<void> {
  await manager.query(
    `UPDATE person SET work_days = '{mon,tue,wed,thu,fri,sat,sun}', work_from = '00:00', work_until = '23:59'`,
  );
  const policy: MailPolicy = { ...DELIVERED_MAIL_POLICY, quietPeriods: [], limits: { perHour: 1_000, perDay: 1_000 } };
  const version = { version: 2, policy, reason: 'a test', publishedBy: null, publishedAt: new Date() };
  await manager.insert(MailPolicyVersionRow, version);
}

import type { EntityManager } from 'typeorm';
import type { Config } from '#libs/config/config.js';
import type { AccountMailKind, AccountMailParameters } from '#libs/contracts/mail.js';
import type { Person } from '#libs/database/entities/person.entity.js';
import { readerOf } from '#libs/case-store/recipients.js';
import type { Weekday } from '#libs/domain/calendar/calendar.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import type { CalledOff } from '#libs/domain/mail/called-off.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { sendTime } from '#libs/domain/mail/send-time.js';
import { queueAccountMail } from '#libs/mail/account-mail.js';

/** What hangs on no case and is reminded of until its reason ends. */
export type SequenceKind = Extract<AccountMailKind, 'draft_idle' | 'offer_renewal'>;

/** What all reminders of one look share. */
export interface Look {
  manager: EntityManager;
  policy: MailPolicy;
  /** The deployment's now (epoch ms). */
  now: number;
  settings: Pick<Config, 'mailFrom' | 'secretsKey'>;
}

export interface Reminder {
  kind: SequenceKind;
  to: Person;
  /** Of the State that they act for, null where it is not known to differ; absent for whoever acts for none. */
  weekend?: Weekday[] | null;
  /** `<id of the thing>:<step>:<since when>`: what makes it one of its kind. */
  sequence: string;
  parameters: Omit<AccountMailParameters, 'timezone'>;
  organisationId?: string;
}

/** Queues a reminder for its reader's hours, unless it was queued before. Of several steps that wait only the last goes. */
export async function remind(look: Look, { to, weekend, sequence, ...more }: Reminder): Promise<void> {
  const { manager, policy, now, settings } = look;
  const [thing = ''] = sequence.split(':');
  await suppressWaiting(manager, more.kind, thing, CALLED_OFF.laterReminder, to.email);
  const reader = readerOf(to, weekend);
  const { at, heldFor } = sendTime('single', reader, policy, now);
  const mail = {
    ...more,
    to,
    sequence,
    reader,
    heldFor,
    class: 'single',
    delivery: 'reminder',
    personId: to.id,
  } as const;
  await queueAccountMail(manager, { ...mail, sendAfter: new Date(at) }, settings);
}

/**
 * Stops what waits of a sequence at once: its reason has ended. A mail that is being sent is sent.
 * @param thing id of what it is about
 * @param email one recipient only
 * @returns how many mails are not sent
 */
export async function suppressWaiting(
  manager: EntityManager,
  kind: SequenceKind,
  thing: string,
  why: CalledOff,
  email?: string,
): Promise<number> {
  const rows = await manager.query<{ id: string }[]>(
    `WITH stopped AS (
       UPDATE mail SET state = 'suppressed', held_for = NULL, response = $3
       WHERE case_id IS NULL AND kind = $1 AND starts_with(sequence, $2 || ':') AND state IN ('due', 'claimed')
         AND ($4::text IS NULL OR recipient = $4)
       RETURNING id)
     INSERT INTO mail_event (mail_id, at, happening, detail) SELECT id, now(), 'suppressed', $3 FROM stopped RETURNING mail_id AS id`,
    [kind, thing, why, email ?? null],
  );
  return rows.length;
}

/** Whether a mail of this kind and sequence was ever owed to anybody, or to this address. */
export async function wasReminded(manager: EntityManager, kind: SequenceKind, sequence: string, email?: string) {
  const rows = await manager.query<unknown[]>(
    `SELECT 1 FROM mail WHERE case_id IS NULL AND kind = $1 AND sequence = $2
       AND ($3::text IS NULL OR recipient = $3) LIMIT 1`,
    [kind, sequence, email ?? null],
  );
  return rows.length > 0;
}

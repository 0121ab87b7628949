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

/** Something that hangs on no case, and what its people are reminded of while nobody touches it. */
export interface Awaiting {
  kind: SequenceKind;
  id: string;
  /** Instants (epoch ms) at which another reminder is called for, or none any more. */
  steps: number[];
  /** What is called for at an instant (epoch ms), whether or not it was queued before. */
  remindersAt(now: number): Reminder[];
  /** Whether what waits has lost its reason by an instant (epoch ms). */
  isOverAt(now: number): boolean;
}

/** The id of the thing that a reminder is about. */
export const thingOf = (sequence: string): string => sequence.split(':')[0] ?? '';

/** A draft is mentioned once, an offer to each of its provider's people: a reminder of which this is known is not queued again. */
export const onceKey = (kind: string, sequence: string, email: string): string =>
  [kind, sequence, kind === 'offer_renewal' ? email : ''].join('\n');

/** A reminder for its reader's hours, called for at an instant (epoch ms). */
export function reminderMail({ to, weekend, ...more }: Reminder, { policy, now }: Pick<Look, 'policy' | 'now'>) {
  const reader = readerOf(to, weekend);
  const { at, heldFor } = sendTime('single', reader, policy, now);
  const mail = { ...more, to, reader, heldFor, class: 'single', delivery: 'reminder', personId: to.id } as const;
  return { ...mail, sendAfter: new Date(at) };
}

/** Queues what is called for and was not queued before. Of several steps that wait only the last goes. Returns how many. */
export async function remind(look: Look, awaiting: readonly Awaiting[]): Promise<number> {
  const { manager, settings } = look;
  let queued = 0;
  for (const thing of awaiting)
    for (const reminder of thing.remindersAt(look.now)) {
      const { email } = reminder.to;
      if (await wasReminded(manager, reminder)) continue;
      await suppressWaiting(manager, thing.kind, thing.id, CALLED_OFF.laterReminder, email);
      await queueAccountMail(manager, reminderMail(reminder, look), settings);
      queued += 1;
    }
  return queued;
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

/** Whether it was ever owed. */
async function wasReminded(manager: EntityManager, { kind, sequence, to }: Reminder): Promise<boolean> {
  const rows = await manager.query<{ recipient: string }[]>(
    'SELECT recipient FROM mail WHERE case_id IS NULL AND kind = $1 AND sequence = $2',
    [kind, sequence],
  );
  const key = onceKey(kind, sequence, to.email);
  return rows.some(({ recipient }) => onceKey(kind, sequence, recipient) === key);
}

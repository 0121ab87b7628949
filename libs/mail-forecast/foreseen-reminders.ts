import type { EntityManager } from 'typeorm';
import { MAIL_SEQUENCES_EVERY } from '#libs/contracts/mail-sequences-workflow.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { accountMailRow } from '#libs/mail/account-mail.js';
import { changedDrafts, idleDrafts } from '#libs/mail-sequences/idle-drafts.js';
import { endedOffers, endingOffers } from '#libs/mail-sequences/offer-renewals.js';
import { onceKey, reminderMail, thingOf } from '#libs/mail-sequences/sequence-mail.js';
import type { Awaiting, Reminder } from '#libs/mail-sequences/sequence-mail.js';

/** A row as the ledger would get it. */
export type ForeseenReminder = ReturnType<typeof rowOf>;

interface Sequences {
  /** Of what the ledger has about accounts, whatever is not called off. */
  waiting: Mail[];
  foreseen: ForeseenReminder[];
}

/**
 * Reminders of drafts and standing offers from one instant to another (epoch ms), by the functions that queue them, at the
 * looks that the schedule takes, with nobody acting.
 */
export async function foreseeReminders(
  manager: EntityManager,
  policy: MailPolicy,
  waiting: readonly Mail[],
  [now, until]: [number, number],
): Promise<Sequences> {
  const first = nextLook(now);
  if (first > until) return { waiting: [...waiting], foreseen: [] };
  const over = [...(await changedDrafts(manager)), ...(await endedOffers(manager, first))];
  const found: Sequences = {
    waiting: waiting.filter((row) => !(over.includes(thingOf(row.sequence)) && waitsAt(row, first))),
    foreseen: [],
  };
  const things = [
    ...(await idleDrafts(manager, policy, until)),
    ...(await endingOffers(manager, policy, [first, until])),
  ];
  const known = await knownKeys(manager, things);
  for (const thing of things) live(thing, found, known, { policy, first, until });
  return found;
}

function live(
  thing: Awaiting,
  found: Sequences,
  known: Set<string>,
  { policy, first, until }: { policy: MailPolicy; first: number; until: number },
): void {
  const looks = [...new Set([first, ...thing.steps.map((at) => Math.max(first, nextLook(at)))])].sort((a, b) => a - b);
  for (const now of looks.filter((at) => at <= until)) {
    if (thing.isOverAt(now)) callOff(found, thing, now);
    for (const reminder of thing.remindersAt(now)) {
      const key = onceKey(reminder.kind, reminder.sequence, reminder.to.email);
      if (known.has(key)) continue;
      known.add(key);
      // The later one takes the place of what still waits.
      callOff(found, thing, now, reminder.to.email);
      found.foreseen.push(rowOf(reminder, policy, now));
    }
  }
}

const rowOf = (reminder: Reminder, policy: MailPolicy, now: number) => ({
  ...accountMailRow(reminderMail(reminder, { policy, now })),
  sequence: reminder.sequence,
  owedAt: now,
});

function callOff(found: Sequences, { id, kind }: Awaiting, now: number, email?: string): void {
  const stays = (row: Pick<Mail, 'kind' | 'sequence' | 'recipient' | 'sendAfter'>): boolean =>
    row.kind !== kind ||
    thingOf(row.sequence) !== id ||
    (email !== undefined && row.recipient !== email) ||
    !waitsAt(row, now);
  found.waiting = found.waiting.filter(stays);
  found.foreseen = found.foreseen.filter(stays);
}

/** What may go by then has gone. */
const waitsAt = ({ sendAfter }: Pick<Mail, 'sendAfter'>, now: number): boolean => sendAfter.getTime() > now;

/** When the schedule looks next, from an instant on. */
function nextLook(at: number): number {
  const { everyMs, offsetMs } = MAIL_SEQUENCES_EVERY;
  return Math.ceil((at - offsetMs) / everyMs) * everyMs + offsetMs;
}

async function knownKeys(manager: EntityManager, things: readonly Awaiting[]): Promise<Set<string>> {
  const rows = await manager.query<Pick<Mail, 'kind' | 'sequence' | 'recipient'>[]>(
    `SELECT kind, sequence, recipient FROM mail WHERE case_id IS NULL AND kind = ANY ($1)
       AND split_part(sequence, ':', 1) = ANY ($2)`,
    [things.map(({ kind }) => kind), things.map(({ id }) => id)],
  );
  return new Set(rows.map(({ kind, sequence, recipient }) => onceKey(kind, sequence, recipient)));
}

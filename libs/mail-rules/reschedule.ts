import type { EntityManager } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import type { Reader } from '#libs/domain/calendar/delivery-hours.js';
import type { HeldFor, MailClass } from '#libs/domain/mail/mail-class.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { sendTime } from '#libs/domain/mail/send-time.js';

/** A mail that waits and would go at another time. */
export interface Move {
  id: string;
  caseId: string | null;
  kind: string;
  /** Title of the clock that it is about, and the level of an escalation. */
  clock: string | null;
  level: string | null;
  /** Epoch ms: when it goes by the rules in force, and by those asked about. */
  before: number;
  after: number;
  heldFor: HeldFor | null;
}

interface WaitingRow {
  id: string;
  case_id: string | null;
  kind: string;
  clock: string | null;
  level: string | null;
  class: MailClass;
  reader: Reader;
  send_after: Date;
}

/** What waits for hours, quiet days or a digest; a retry and more time that was asked for stay as they are. */
const WAITING = `SELECT id, case_id, kind, parameters #>> '{clock,title}' AS clock, parameters ->> 'level' AS level, class, reader, send_after
  FROM mail
  WHERE state = 'due' AND class <> 'urgent' AND reader IS NOT NULL
    AND coalesce(held_for, 'hours') IN ('hours', 'quiet', 'digest') ORDER BY send_after, id`;

/** What would go at another time by these rules, in the order in which it goes now; nothing is changed. */
export async function movesBy(
  manager: EntityManager,
  policy: MailPolicy,
): Promise<{ waiting: number; moves: Move[]; now: number }> {
  const now = await productNow(manager);
  const rows = await manager.query<WaitingRow[]>(WAITING);
  const moves = rows.flatMap((row) => {
    const before = Math.max(row.send_after.getTime(), now);
    const { at: after, heldFor } = sendTime(row.class, row.reader, policy, now);
    if (after === before) return [];
    const { id, kind, clock, level } = row;
    return [{ id, caseId: row.case_id, kind, clock, level, before, after, heldFor }];
  });
  return { waiting: rows.length, moves, now };
}

/** Lets what waits go when these rules say, within the caller's transaction. Returns how many mails were moved. */
export async function reschedule(manager: EntityManager, policy: MailPolicy): Promise<number> {
  const { moves } = await movesBy(manager, policy);
  if (!moves.length) return 0;
  const [, moved] = await manager.query<[unknown, number]>(
    `UPDATE mail SET send_after = new.at, held_for = new.held_for
     FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS new (id, at, held_for)
     WHERE mail.id = new.id AND mail.state = 'due'`,
    [
      moves.map(({ id }) => id),
      moves.map(({ after }) => new Date(after).toISOString()),
      moves.map(({ heldFor }) => heldFor),
    ],
  );
  return moved;
}

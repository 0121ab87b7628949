import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Person } from '#libs/database/entities/person.entity.js';
import type { Weekday } from '#libs/domain/calendar/calendar.js';
import { civilDate, civilDay, plusMonths } from '#libs/domain/calendar/civil.js';
import { readerZone } from '#libs/domain/calendar/delivery-hours.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { retentionAt } from '#libs/domain/retention/retention-policy.js';
import { formatDay } from '#libs/i18n/dates.js';
import { interfaceLanguage, translator } from '#libs/i18n/translator.js';
import { remind, suppressWaiting } from './sequence-mail.js';
import type { Awaiting, Look, Reminder } from './sequence-mail.js';

interface IdleDraft {
  id: string;
  person_id: string;
  updated_at: Date;
  /** The State that it is for, and that its author acts for; null unless they are the same. */
  own_state: string | null;
  state_code: string | null;
  weekend: Weekday[] | null;
}

/** Drafts that somebody may still go on with, and that nobody has touched for so long. */
const IDLE = `SELECT d.id, d.person_id, d.updated_at, o.state_code, s.weekend,
    CASE WHEN d.answers ->> 'requestingState' = o.state_code THEN s.name END AS own_state
  FROM request_draft d JOIN person p ON p.id = d.person_id
    LEFT JOIN organisation o ON o.id = p.organisation_id LEFT JOIN state s ON s.code = o.state_code
  WHERE d.reference IS NULL AND d.updated_at <= $1 AND p.active AND NOT p.guest
  ORDER BY d.updated_at, d.id`;

/** Waiting reminders whose draft has been changed, discarded or submitted, or whose reader has no account any more. */
const OVER = `SELECT DISTINCT split_part(m.sequence, ':', 1) AS draft FROM mail m
  WHERE m.case_id IS NULL AND m.kind = 'draft_idle' AND m.state = 'due' AND NOT EXISTS (
    SELECT FROM request_draft d JOIN person p ON p.id = d.person_id
    WHERE d.id::text = split_part(m.sequence, ':', 1) AND d.reference IS NULL AND p.active AND p.email = m.recipient
      AND (extract(epoch FROM d.updated_at) * 1000)::bigint::text = split_part(m.sequence, ':', 3))`;

/** Ids of the drafts of which nobody is to be reminded any more, though a mail waits. */
export async function changedDrafts(manager: EntityManager): Promise<string[]> {
  return (await manager.query<{ draft: string }[]>(OVER)).map(({ draft }) => draft);
}

/**
 * Drafts of which somebody is to be reminded by an instant (epoch ms) unless they go on with them.
 * @param lock whether whoever changes one now waits
 */
export async function idleDrafts(
  manager: EntityManager,
  { drafts: { idleDays } }: MailPolicy,
  by: number,
  lock = false,
): Promise<Awaiting[]> {
  if (!idleDays.length) return [];
  const touchedBy = new Date(by - Math.min(...idleDays) * DAY_MS);
  const rows = await manager.query<IdleDraft[]>(lock ? `${IDLE} FOR UPDATE OF d` : IDLE, [touchedBy]);
  const authors = await manager.findBy(Person, { id: In(rows.map(({ person_id }) => person_id)) });
  return authors.flatMap((to) =>
    rows.filter(({ person_id }) => person_id === to.id).map((draft) => awaitingOf(draft, to, idleDays)),
  );
}

/**
 * Reminds authors of drafts that rest (product.md, Case lifecycle, row 0): at most once for each draft, step and last
 * change. Returns how many reminders were queued.
 */
export async function remindOfIdleDrafts(look: Look): Promise<number> {
  const { manager, policy, now } = look;
  for (const draft of await changedDrafts(manager))
    await suppressWaiting(manager, 'draft_idle', draft, CALLED_OFF.draftChanged);
  return remind(look, await idleDrafts(manager, policy, now, true));
}

function awaitingOf(draft: IdleDraft, to: Person, idleDays: readonly number[]): Awaiting {
  const touched = draft.updated_at.getTime();
  return {
    kind: 'draft_idle',
    id: draft.id,
    steps: idleDays.map((days) => touched + days * DAY_MS),
    remindersAt: (now) => {
      const step = idleDays.findLast((days) => touched + days * DAY_MS <= now);
      return step === undefined ? [] : [reminderOf(draft, to, step, now)];
    },
    isOverAt: () => false,
  };
}

function reminderOf(draft: IdleDraft, to: Person, step: number, now: number): Reminder {
  const touched = draft.updated_at.getTime();
  const lang = interfaceLanguage(to.language);
  const zone = readerZone(to.timezone);
  const dayWords = (date: string) => formatDay(civilDay(date) * DAY_MS, lang, { timeZone: 'UTC', year: true });
  const day = civilDate(touched, zone);
  const values = {
    state: draft.own_state ?? translator(lang)('its State is not named here'),
    day: dayWords(day),
    until: dayWords(plusMonths(day, retentionAt(now).contactsMonths)),
  };
  return {
    ...{ kind: 'draft_idle', to, sequence: `${draft.id}:${step}:${touched}` },
    parameters: { path: `/requests/drafts/${draft.id}`, values },
    ...(draft.state_code !== null && { weekend: draft.weekend }),
  };
}

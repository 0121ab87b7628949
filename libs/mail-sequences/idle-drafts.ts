import { Person } from '#libs/database/entities/person.entity.js';
import type { Weekday } from '#libs/domain/calendar/calendar.js';
import { civilDate, civilDay, plusMonths } from '#libs/domain/calendar/civil.js';
import { readerZone } from '#libs/domain/calendar/delivery-hours.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { retentionAt } from '#libs/domain/retention/retention-policy.js';
import { formatDay } from '#libs/i18n/dates.js';
import { interfaceLanguage, translator } from '#libs/i18n/translator.js';
import { remind, suppressWaiting, wasReminded } from './sequence-mail.js';
import type { Look } from './sequence-mail.js';

interface IdleDraft {
  id: string;
  person_id: string;
  updated_at: Date;
  /** The State that it is for, and that its author acts for; null unless they are the same. */
  own_state: string | null;
  state_code: string | null;
  weekend: Weekday[] | null;
}

/** Drafts that somebody may still go on with, and that nobody has touched for so long; whoever changes one now, waits. */
const IDLE = `SELECT d.id, d.person_id, d.updated_at, o.state_code, s.weekend,
    CASE WHEN d.answers ->> 'requestingState' = o.state_code THEN s.name END AS own_state
  FROM request_draft d JOIN person p ON p.id = d.person_id
    LEFT JOIN organisation o ON o.id = p.organisation_id LEFT JOIN state s ON s.code = o.state_code
  WHERE d.reference IS NULL AND d.updated_at <= $1 AND p.active AND NOT p.guest
  ORDER BY d.updated_at, d.id FOR UPDATE OF d`;

/** Waiting reminders whose draft has been changed, discarded or submitted, or whose reader has no account any more. */
const OVER = `SELECT DISTINCT split_part(m.sequence, ':', 1) AS draft FROM mail m
  WHERE m.case_id IS NULL AND m.kind = 'draft_idle' AND m.state = 'due' AND NOT EXISTS (
    SELECT FROM request_draft d JOIN person p ON p.id = d.person_id
    WHERE d.id::text = split_part(m.sequence, ':', 1) AND d.reference IS NULL AND p.active AND p.email = m.recipient
      AND (extract(epoch FROM d.updated_at) * 1000)::bigint::text = split_part(m.sequence, ':', 3))`;

/**
 * Reminds authors of drafts that rest (product.md, Case lifecycle, row 0): at most once for each draft, step and last
 * change. Returns how many reminders were queued.
 */
export async function remindOfIdleDrafts(look: Look): Promise<number> {
  const { manager, policy, now } = look;
  const over = await manager.query<{ draft: string }[]>(OVER);
  for (const { draft } of over) await suppressWaiting(manager, 'draft_idle', draft, CALLED_OFF.draftChanged);
  const { idleDays } = policy.drafts;
  const first = Math.min(...idleDays);
  if (!Number.isFinite(first)) return 0;
  const rows = await manager.query<IdleDraft[]>(IDLE, [new Date(now - first * DAY_MS)]);
  let queued = 0;
  for (const draft of rows) queued += await remindOf(draft, look);
  return queued;
}

async function remindOf(draft: IdleDraft, look: Look): Promise<0 | 1> {
  const { manager, policy, now } = look;
  const touched = draft.updated_at.getTime();
  const step = policy.drafts.idleDays.findLast((days) => touched + days * DAY_MS <= now);
  const sequence = `${draft.id}:${step}:${touched}`;
  if (await wasReminded(manager, 'draft_idle', sequence)) return 0;
  const to = await manager.findOneByOrFail(Person, { id: draft.person_id });
  const lang = interfaceLanguage(to.language);
  const zone = readerZone(to.timezone);
  const dayWords = (date: string) => formatDay(civilDay(date) * DAY_MS, lang, { timeZone: 'UTC', year: true });
  const day = civilDate(touched, zone);
  const values = {
    state: draft.own_state ?? translator(lang)('its State is not named here'),
    day: dayWords(day),
    until: dayWords(plusMonths(day, retentionAt(now).contactsMonths)),
  };
  await remind(look, {
    ...{ kind: 'draft_idle', to, sequence, parameters: { path: `/requests/drafts/${draft.id}`, values } },
    ...(draft.state_code !== null && { weekend: draft.weekend }),
  });
  return 1;
}

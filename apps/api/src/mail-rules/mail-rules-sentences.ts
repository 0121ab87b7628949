import type { MailPolicy, QuietPeriod } from '#libs/domain/mail/mail-policy.js';
import { MAIL_WEEKDAYS } from '#libs/domain/mail/validate-mail-policy.js';
import { weekdayName } from '#libs/i18n/dates.js';
import { dateWords } from '../calendars/calendar-words.js';
import type { Speech } from '../calendars/calendar-words.js';
import { RULE_LABELS } from './mail-rules-words.js';
import type { RuleKey } from './mail-rules-words.js';

/** One thing that the rules say: a heading and its sentences, in the page's language. */
export interface RuleRow {
  key: RuleKey;
  label: string;
  lines: string[];
}

/** The rules of mail in sentences. */
export function ruleRows(policy: MailPolicy, speech: Speech): RuleRow[] {
  const { _ } = speech;
  const lines: Record<RuleKey, string[]> = {
    quietPeriods: policy.quietPeriods.length
      ? policy.quietPeriods.map((period) => quietWords(period, speech))
      : [_('There is none: mails wait for the hours of their readers only.')],
    digest: [digestWords(policy, speech)],
    limits: [
      _('At most {hour} in an hour and {day} in a day; the others wait. Urgent ones are not counted and never wait.', {
        hour: policy.limits.perHour,
        day: policy.limits.perDay,
      }),
    ],
    drafts: stepsOr(policy.drafts.idleDays, _('Nobody is reminded of a draft.'), (n) =>
      _('Its author is reminded after {time} without a change.', { time: _('{n} days', { n }) }),
    ),
    offers: stepsOr(policy.offers.daysBefore, _('Nobody is asked to renew an offer.'), (n) =>
      _('Its provider is asked {time} before it ends.', { time: _('{n} days', { n }) }),
    ),
    silence: [
      _('After {n} reminders without an answer, somebody else is written to.', { n: policy.silence.reminders }),
    ],
  };
  return (Object.keys(RULE_LABELS) as RuleKey[]).map((key) => ({
    key,
    label: _(RULE_LABELS[key]),
    lines: lines[key],
  }));
}

/** What sets one version apart from another, heading by heading. */
export function ruleDifferences(before: MailPolicy, after: MailPolicy, speech: Speech) {
  const was = ruleRows(before, speech);
  const is = ruleRows(after, speech);
  const rows = is.flatMap(({ key, label, lines }) => {
    const earlier = was.find((one) => one.key === key)?.lines ?? [];
    return earlier.join('\n') === lines.join('\n') ? [] : [{ key, label, before: earlier, after: lines }];
  });
  return rows.length ? [{ kind: 'changed', title: speech._('Rules of mail'), rows }] : [];
}

function quietWords({ title, from, until, timezones }: QuietPeriod, { _, lang }: Speech): string {
  const span = { title: _(title), from: dateWords(from, lang), until: dateWords(until, lang) };
  const said =
    from.length === 5
      ? _('{title}: every year from {from} to {until}', span)
      : _('{title}: from {from} to {until}', span);
  if (!timezones) return said;
  return `${said} ${_('(only readers in {zones})', { zones: timezones.join(`${_(',')} `) })}`;
}

function digestWords({ digest: { rhythm, weekday, at } }: MailPolicy, { _, lang }: Speech): string {
  if (rhythm === 'single') return _('There is none: each mail goes by itself, to whoever has not chosen otherwise.');
  if (rhythm === 'daily')
    return _('What need not go by itself is gathered and sent every day at {at}, in the zone of the reader.', { at });
  const day = weekdayName(MAIL_WEEKDAYS.indexOf(weekday), lang);
  return _('What need not go by itself is gathered and sent every week: {day}, {at}, in the zone of the reader.', {
    day,
    at,
  });
}

const stepsOr = (days: readonly number[], none: string, words: (n: number) => string): string[] =>
  days.length ? days.map(words) : [none];

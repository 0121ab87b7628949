import type { WorkingCalendar } from '#libs/domain/calendar/calendar.js';
import { formatDay, formatLocal, formatYearlyDay, weekdayName } from '#libs/i18n/dates.js';
import type { Translate } from '#libs/i18n/translator.js';
import type { CalendarChanges, NamedDay } from '#libs/rule-book/calendar-changes.js';
import { hoursToText, WEEKDAYS } from '#libs/rule-book/calendar-text.js';

/** Whoever a page speaks to. */
export interface Speech {
  _: Translate;
  lang: string;
}

/** The hours of the week in few words: days in a row that have the same hours are one line. */
export function weekWords({ weeklyHours }: Pick<WorkingCalendar, 'weeklyHours'>, { lang }: Speech) {
  const lines: { from: number; to: number; hours: string }[] = [];
  for (const [index, day] of WEEKDAYS.entries()) {
    const hours = hoursToText(weeklyHours[day] ?? []);
    const last = lines.at(-1);
    if (last?.hours === hours) last.to = index;
    else lines.push({ from: index, to: index, hours });
  }
  const name = (index: number) => weekdayName(index, lang, lang === 'ar' ? 'long' : 'short');
  return lines.map(({ from, to, hours }) => ({
    days: from === to ? name(from) : `${name(from)} – ${name(to)}`,
    hours,
  }));
}

/** `Fri 26 Mar 2027`, or `25 December` for a day of every year. */
export const dateWords = (date: string, lang: string): string =>
  date.length === 5
    ? formatYearlyDay(date, lang)
    : formatDay(Date.parse(`${date}T00:00Z`), lang, { timeZone: 'UTC', year: true });

/** Hours run from left to right also amid text that does not. */
const leftToRight = (hours: string, lang: string): string => (lang === 'ar' ? `\u2066${hours}\u2069` : hours);

/** A change of a calendar, line by line: what it is, and the days or hours concerned. */
export function changeWords(changes: CalendarChanges, { _, lang }: Speech): { what: string; which: string }[] {
  const { timezone, hours, added, removed, special, closures } = changes;
  const becomes = lang === 'ar' ? '←' : '→';
  const days = (what: string, list: readonly NamedDay[]) =>
    list.map(({ date, name }) => ({
      what,
      which: [dateWords(date, lang), name && _(name)].filter(Boolean).join(' · '),
    }));
  const spans = (what: string, list: readonly [string, string][]) =>
    list.map((span) => ({ what, which: span.map((local) => formatLocal(local, lang)).join(' – ') }));
  const open = (text: string | null) =>
    text === null ? _('as in every week') : text ? leftToRight(text, lang) : _('closed');
  return [
    ...(timezone ? [{ what: _('Time zone changed'), which: `${timezone.from} ${becomes} ${timezone.to}` }] : []),
    ...hours.map(({ day, from, to }) => ({
      what: _('Hours changed'),
      which: `${weekdayName(WEEKDAYS.indexOf(day), lang)}${_(':')} ${open(from)} ${becomes} ${open(to)}`,
    })),
    ...days(_('Holiday added'), added),
    ...days(_('Holiday taken away'), removed),
    ...special.map(({ date, from, to }) => ({
      what: _('Special hours'),
      which: `${dateWords(date, lang)}${_(':')} ${open(from)} ${becomes} ${open(to)}`,
    })),
    ...spans(_('Closure added'), closures.added),
    ...spans(_('Closure taken away'), closures.removed),
  ];
}

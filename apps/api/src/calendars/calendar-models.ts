import type { Response } from 'express';
import { civilDate } from '#libs/domain/calendar/civil.js';
import { weekdayName, formatLocal } from '#libs/i18n/dates.js';
import { calendarChanges } from '#libs/rule-book/calendar-changes.js';
import type { CalendarDraftView } from '#libs/rule-book/calendar-drafts.js';
import type { ShelfCalendar, ShelfVersion } from '#libs/rule-book/calendar-shelf.js';
import { hoursToText } from '#libs/rule-book/calendar-text.js';
import { wordsOf } from '../layout/words-of.js';
import { changeWords, dateWords, weekWords } from './calendar-words.js';
import type { Speech } from './calendar-words.js';
import { holidaysIn, nextHoliday, yearOf, yearsOf } from './calendar-year.js';

const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

export const speechOf = (response: Response): Speech => ({
  _: wordsOf(response),
  lang: String(response.locals['lang']),
});

/** A version whose beginning is still to come. */
const isPlanned = ({ from }: ShelfVersion, now: number): boolean => from !== null && from.getTime() > now;

/** Every calendar in a row, and the drafts. */
export function listModel(
  calendars: readonly ShelfCalendar[],
  drafts: readonly CalendarDraftView[],
  now: number,
  speech: Speech,
) {
  const rows = calendars.map(({ id, title, inForce, versions }) => {
    const next = nextHoliday(inForce, civilDate(now, inForce.timezone));
    return {
      ...{ id, title, zone: inForce.timezone, version: inForce.version, week: weekWords(inForce, speech) },
      next: next && { ...next, words: dateWords(next.date, speech.lang) },
      planned: versions.find((version) => isPlanned(version, now)) ?? null,
    };
  });
  return { rows, drafts };
}

/** The version asked for; the one in force when none is. Null when there is no such version. */
export const versionModel = ({ versions, inForce }: ShelfCalendar, version = inForce.version): ShelfVersion | null =>
  versions.find((one) => one.version === version) ?? null;

/** A calendar with everything that can be said of one version, a year of it, and its history. */
export function viewModel(calendar: ShelfCalendar, shown: ShelfVersion, year: number, now: number, speech: Speech) {
  const { lang, _ } = speech;
  const working = shown.calendar;
  const thisYear = Number(civilDate(now, working.timezone).slice(0, 4));
  const asked = Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR ? year : thisYear;
  return {
    ...{ calendar, shown, year: asked, years: [...new Set([...yearsOf(working, thisYear), asked])].sort() },
    inForce: calendar.inForce.version,
    week: weekWords(working, speech),
    holidays: holidaysIn(working, asked).map((day) => ({ ...day, words: dateWords(day.date, lang) })),
    months: yearOf(working, asked, lang),
    weekdays: [0, 1, 2, 3, 4, 5, 6].map((index) => ({
      narrow: weekdayName(index, lang, 'narrow'),
      long: weekdayName(index, lang),
    })),
    special: Object.entries(working.specialHours)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([date, windows]) => ({ words: dateWords(date, lang), hours: hoursToText(windows) || _('closed') })),
    closures: (working.closures ?? []).map((span) => span.map((local) => formatLocal(local, lang)).join(' – ')),
    versions: historyModel(calendar, now, speech),
  };
}

/** Versions, the newest first, each with what it changed. */
function historyModel({ versions }: ShelfCalendar, now: number, speech: Speech) {
  return versions
    .map((version, index) => {
      const before = versions[index - 1];
      const changes = before ? changeWords(calendarChanges(before.calendar, version.calendar), speech) : null;
      return { ...version, changes, planned: isPlanned(version, now) };
    })
    .reverse();
}

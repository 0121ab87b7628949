import { weekdayName } from '#libs/i18n/dates.js';
import type { FormProblem } from '#libs/rule-book/calendar-problem.js';
import { TEXT_FIELDS, WEEKDAYS } from '#libs/rule-book/calendar-text.js';
import type { CalendarText } from '#libs/rule-book/calendar-text.js';
import type { Speech } from './calendar-words.js';

export interface FormError {
  field: string;
  text: string;
}

export type Submitted = Record<string, unknown>;

export const textOf = (submitted: Submitted, name: string): string => {
  const value = submitted[name];
  return typeof value === 'string' ? value : '';
};

/** What was typed into the form of a calendar. */
export const submittedText = (submitted: Submitted): CalendarText =>
  Object.fromEntries(TEXT_FIELDS.map((name) => [name, textOf(submitted, name)])) as CalendarText;

/** Problems as the page says them, each at its field. */
export const errorsOf = (problems: readonly FormProblem[], { _ }: Speech): FormError[] =>
  problems.map(({ field, words, values }) => ({ field, text: _(words, values) }));

interface FieldModel {
  name: string;
  label: string;
  hint: string;
  value: string;
  rows: number;
  error: string;
}

/** Fields in the shape of the template; several errors of a field stand together. */
export function formModel(text: CalendarText & { title: string }, errors: readonly FormError[], { _, lang }: Speech) {
  const field = (name: keyof typeof text, label: string, hint = '', rows = 0): FieldModel => ({
    name,
    label,
    hint,
    rows,
    value: text[name],
    error: errors.flatMap((one) => (one.field === name ? [one.text] : [])).join('\n'),
  });
  return {
    head: [
      field('title', _('Name of the calendar'), _('For example, Geneva canton')),
      field('timezone', _('Time zone'), _('For example, Europe/Zurich. All hours and days are read in it.')),
    ],
    week: WEEKDAYS.map((day, index) => field(day, weekdayName(index, lang))),
    lists: [
      field(
        'holidays',
        _('Holidays'),
        _('One a line: the date, then its name if you like. 2027-03-26 Good Friday'),
        12,
      ),
      field('annualHolidays', _('Holidays of every year'), _('One a line: month and day. 12-25 Christmas Day'), 5),
      field(
        'specialHours',
        _('Special hours'),
        _('One a line: these replace the hours of that day. 2026-12-24 09:00-12:00, or 2026-12-24 closed'),
        4,
      ),
      field(
        'closures',
        _('Closures'),
        _('One a line: nothing is open from one time to the other. 2026-12-24 12:00 to 2027-01-02 09:00'),
        4,
      ),
    ],
  };
}

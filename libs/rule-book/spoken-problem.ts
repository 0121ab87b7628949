import type { CalendarProblem } from '#libs/domain/calendar/validate.js';
import { problem } from './calendar-problem.js';
import type { FormProblem } from './calendar-problem.js';
import type { CalendarText } from './calendar-text.js';

const ZONE = '“{value}” is no time zone. Write one like this: Europe/Zurich or Africa/Lusaka';
const OVERLAP =
  'These hours overlap, with each other or, past midnight, with those of the next day. No hour may count twice.';
const OVERLAP_SPECIAL =
  'The hours of {value} overlap, with each other or with those of a day beside it. No hour may count twice.';
const NEVER_OPEN =
  'Nothing is open in the 366 days from {value}. A deadline would never come: give some hours, or end the closure.';
const OUT_OF_RANGE = '“{value}” is outside the years 1970 to 2199';
const OTHER = '“{value}” cannot be used here';

/** A refusal of the domain at the field of the form where it is mended, in words that say how. */
export function spokenProblem({ field, message }: CalendarProblem, text: CalendarText): FormProblem {
  const [list = '', key = ''] = field.split(/\.(.*)/s);
  if (list === 'timezone') return problem('timezone', ZONE, { value: text.timezone });
  if (message.startsWith('no open time')) return problem('mon', NEVER_OPEN, { value: message.slice(-10) });
  if (message === 'windows overlap')
    return list === 'weeklyHours' ? problem(key, OVERLAP) : problem(list, OVERLAP_SPECIAL, { value: key });
  const value = message.replace(/^not [^:]*: /, '');
  if (list === 'weeklyHours') return problem(key, OTHER, { value });
  return problem(list, message.startsWith('not a date') || list === 'closures' ? OUT_OF_RANGE : OTHER, { value });
}

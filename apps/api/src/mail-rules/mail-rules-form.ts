import type { MailPolicy, QuietPeriod } from '#libs/domain/mail/mail-policy.js';
import { MOST_QUIET_PERIODS } from '#libs/domain/mail/validate-mail-policy.js';
import { textIn } from '../people/form-refusals.js';
import type { Submitted } from '../people/form-refusals.js';

/** Rows left empty for new quiet periods. */
const SPARE_ROWS = 1;

/** The rules as the form shows them: one row a quiet period; without a year it comes every year. */
export function answersOf({ quietPeriods, digest, limits, drafts, offers, silence }: MailPolicy): Submitted {
  const rows = Object.assign({}, ...quietPeriods.map(rowAnswers)) as Submitted;
  return {
    ...rows,
    rows: String(Math.min(quietPeriods.length + SPARE_ROWS, MOST_QUIET_PERIODS)),
    ...{ rhythm: digest.rhythm, weekday: digest.weekday, at: digest.at },
    ...{ perHour: String(limits.perHour), perDay: String(limits.perDay) },
    ...{ idleDays: drafts.idleDays.join(', '), daysBefore: offers.daysBefore.join(', ') },
    reminders: String(silence.reminders),
  };
}

function rowAnswers({ title, from, until, timezones = [] }: QuietPeriod, row: number): Submitted {
  const part = (date: string, at: 'day' | 'month') =>
    String(Number(at === 'day' ? date.slice(-2) : date.slice(-5, -3)));
  return {
    [`title-${row}`]: title,
    [`from-${row}-day`]: part(from, 'day'),
    [`from-${row}-month`]: part(from, 'month'),
    [`until-${row}-day`]: part(until, 'day'),
    [`until-${row}-month`]: part(until, 'month'),
    [`year-${row}`]: from.length > 5 ? from.slice(0, 4) : '',
    [`zones-${row}`]: timezones.join(', '),
  };
}

/** How many rows for quiet periods the form has. */
export const rowsOf = (submitted: Submitted): number =>
  Math.min(Math.max(Number(textIn(submitted, 'rows')) || SPARE_ROWS, SPARE_ROWS), MOST_QUIET_PERIODS);

/** The rows in which something stands, in order: the second period may stand in the third row. */
export const filledRows = (submitted: Submitted): number[] =>
  Array.from({ length: rowsOf(submitted) }, (_, row) => row).filter(
    (row) =>
      ['title', 'zones', 'year'].some((name) => textIn(submitted, `${name}-${row}`)) ||
      ['from', 'until'].some((name) => dateIn(submitted, `${name}-${row}`) !== '-'),
  );

/** The rules that a form describes; what is wrong in it stays, to be refused by its field. */
export function policyOf(submitted: Submitted): MailPolicy {
  const number = (name: string) => numberOf(textIn(submitted, name));
  return {
    quietPeriods: filledRows(submitted).map((row) => periodOf(submitted, row)),
    digest: {
      rhythm: textIn(submitted, 'rhythm'),
      weekday: textIn(submitted, 'weekday'),
      at: textIn(submitted, 'at'),
    } as MailPolicy['digest'],
    limits: { perHour: number('perHour'), perDay: number('perDay') },
    drafts: { idleDays: numbersIn(submitted, 'idleDays') },
    offers: { daysBefore: numbersIn(submitted, 'daysBefore') },
    silence: { reminders: number('reminders') },
  };
}

/** Of a period that comes once, the year is that of its first day; one that ends earlier in the year ends in the next. */
function periodOf(submitted: Submitted, row: number): QuietPeriod {
  const [from, until] = [dateIn(submitted, `from-${row}`), dateIn(submitted, `until-${row}`)];
  const year = textIn(submitted, `year-${row}`);
  const last = until < from ? String(Number(year) + 1) : year;
  const zones = listed(textIn(submitted, `zones-${row}`));
  return {
    title: textIn(submitted, `title-${row}`),
    from: year ? `${year}-${from}` : from,
    until: year ? `${last}-${until}` : until,
    ...(zones.length && { timezones: zones }),
  };
}

/** `MM-DD` */
const dateIn = (submitted: Submitted, name: string): string => {
  const [month, day] = [textIn(submitted, `${name}-month`), textIn(submitted, `${name}-day`)];
  return `${month && month.padStart(2, '0')}-${day && day.padStart(2, '0')}`;
};

const listed = (text: string): string[] => text.split(/[\s,،;]+/).filter(Boolean);
const numberOf = (text: string): number => (/^\d{1,6}$/.test(text) ? Number(text) : Number.NaN);
const numbersIn = (submitted: Submitted, name: string): number[] => listed(textIn(submitted, name)).map(numberOf);

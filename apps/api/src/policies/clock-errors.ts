import type { PolicyProblem } from '#libs/domain/case/policy-problem.js';
import type { Translate } from '#libs/i18n/translator.js';
import { stepRows } from './clock-form.js';
import type { Submitted } from './clock-form.js';

export interface FormError {
  /** Id of the field that it belongs to. */
  field: string;
  /** In the page's language, with what to do. */
  text: string;
}

/** What to do about a wrong field. */
export const ERROR_WORDS: Record<string, string> = {
  title: 'Say what is promised, in 1 to 120 characters',
  stage: 'Choose a stage from the list',
  calendar: 'Choose a calendar from the list',
  startsOn: 'Tick at least one event that starts the clock',
  stopsOn: 'Tick at least one event that stops the clock; an internal note cannot',
  endsOn: 'Tick events from the list',
  startsIf: 'Choose a condition from the list',
  subjects: 'Choose from the list what it runs for',
  target: 'Write a whole number of at least 1 and at most ten years, or choose a date',
  targetDate:
    'This date is only known when its own event starts the clock; choose another, or start it with that event',
  P1: 'P1: write a whole number of at least 1, or leave it empty',
  P2: 'P2: write a whole number of at least 1, or leave it empty',
  P3: 'P3: write a whole number of at least 1, or leave it empty',
  retarget: 'Choose what a change does with the time used',
  runway: 'Write hours as a number, not below 0, or leave it empty',
  breachTo: 'Tick somebody who hears when it is late: the owner, the lead, the ISU or the President',
  whenDue: 'This clock turns the process in its own stage only; choose that stage again',
  pausedBy: 'Tick reasons from the list',
};
export const STEP_ERROR_WORDS: Record<string, string> = {
  at: 'Row {row}: write a whole number; percent from 1 to 99, days after the start from 1',
  to: 'Row {row}: tick who hears of it',
  kind: 'Row {row}: choose from the list',
};

/** A field of a policy in the form: which input it is, and what is said there. Each input speaks once. */
export function formErrors(problems: readonly PolicyProblem[], submitted: Submitted, _: Translate): FormError[] {
  const rows = stepRows(submitted);
  const errors = problems.map(({ field, message }) => errorOf(field.split('.').slice(2), message, rows, _));
  return errors.filter(({ field }, index) => errors.findIndex((one) => one.field === field) === index);
}

function errorOf(
  [key = '', second = '', third = '']: string[],
  message: string,
  rows: readonly number[],
  _: Translate,
): FormError {
  if (key === 'steps') {
    const row = rows[Number(second)] ?? 0;
    const part = third === 'at' || third === 'to' ? third : 'kind';
    const input = part === 'at' ? 'n' : part;
    return { field: `step-${row}-${input}`, text: _(STEP_ERROR_WORDS[part] ?? message, { row: row + 1 }) };
  }
  if (key === 'byPriority') return { field: `${second}-n`, text: _(ERROR_WORDS[second] ?? message) };
  if (key === 'onChange') {
    const name = second === 'minRunwayMs' ? 'runway' : 'retarget';
    return { field: name, text: _(ERROR_WORDS[name] ?? message) };
  }
  if (key === 'target' && /date of/.test(message))
    return { field: 'target-date', text: _(ERROR_WORDS['targetDate'] ?? message) };
  const field = key === 'target' ? 'target-n' : key === 'whenDue' || key === 'name' ? 'stage' : key;
  return { field, text: _(ERROR_WORDS[key] ?? message) };
}

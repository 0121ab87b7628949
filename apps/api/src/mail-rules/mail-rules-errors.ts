import type { PolicyProblem } from '#libs/domain/case/policy-problem.js';
import type { Translate } from '#libs/i18n/translator.js';
import type { FormError, Submitted } from '../people/form-refusals.js';
import { filledRows } from './mail-rules-form.js';
import { RULE_ERRORS } from './mail-rules-words.js';

/** What is wrong with the rules, at the inputs of the form and in the page's language. Each input speaks once. */
export function ruleErrors(problems: readonly PolicyProblem[], submitted: Submitted, _: Translate): FormError[] {
  const rows = filledRows(submitted);
  const errors = problems.map((problem) => errorOf(problem, rows, _));
  return errors.filter(({ field }, index) => errors.findIndex((one) => one.field === field) === index);
}

function errorOf({ field, message }: PolicyProblem, rows: readonly number[], _: Translate): FormError {
  const [list = '', second = '', third = ''] = field.split('.');
  if (list !== 'quietPeriods') {
    const name = second || list;
    return { field: name, text: _(RULE_ERRORS[name as keyof typeof RULE_ERRORS] ?? message) };
  }
  const row = rows[Number(second)] ?? 0;
  const long = /wait for (\d+) days/.exec(message);
  if (long) return { field: `until-${row}`, text: _(RULE_ERRORS.long, { days: long[1] ?? '' }) };
  const part = PARTS.find((one) => one === third) ?? PARTS[0];
  return { field: `${part === 'timezones' ? 'zones' : part}-${row}`, text: _(RULE_ERRORS[part], { row: row + 1 }) };
}

const PARTS = ['title', 'from', 'until', 'timezones'] as const;

import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import { PARTIES, PAUSE_REASONS } from '#libs/domain/case/clock-policy.js';
import { CONDITION_NAMES, DATE_NAMES, SUBJECTS_NAMES } from '#libs/domain/case/policy-terms.js';
import { EVENTS_FOR_CLOCKS } from '#libs/domain/case/validate-policy.js';
import type { Translate } from '#libs/i18n/translator.js';
import { TITLES } from '../cases/event-titles.js';
import type { FormError } from './clock-errors.js';
import { many, one, PRIORITIES, rowsOf } from './clock-form.js';
import type { STEP_UNITS, Submitted, TARGET_UNITS } from './clock-form.js';
import type { PolicyDraft } from './policy-drafts.js';
import { PARTY_WORDS } from '../layout/party-words.js';
import * as words from './policy-words.js';

export const TARGET_UNIT_WORDS: Record<(typeof TARGET_UNITS)[number], string> = {
  working_days: 'working days, until the close of the day',
  working_days_same: 'working days, until the same time of day',
  days: 'days by the calendar',
  hours: 'hours of open time',
  minutes: 'minutes of open time',
  seconds: 'seconds of open time',
};
export const STEP_UNIT_WORDS: Record<(typeof STEP_UNITS)[number], string> = {
  percent: '% of the time used',
  days_before: 'working days before the deadline',
  days_after: 'working days after the deadline (0: on its day)',
  days_from_start: 'days after the start',
  hours_before: 'hours of open time before the deadline',
  minutes_before: 'minutes of open time before the deadline',
  hours_after: 'hours of open time after the deadline',
  minutes_after: 'minutes of open time after the deadline',
};
export const STEP_KIND_WORDS: Record<string, string> = {
  warning: 'Warning',
  reminder: 'Reminder',
  L1: 'Escalation to level 1',
  L2: 'Escalation to level 2',
  L3: 'Escalation to level 3',
};
export const FORM_WORDS: readonly string[] = [TARGET_UNIT_WORDS, STEP_UNIT_WORDS, STEP_KIND_WORDS].flatMap((all) =>
  Object.values(all),
);

interface Choice {
  value: string;
  text: string;
  checked: boolean;
}

export interface ClockForm {
  draft: PolicyDraft;
  /** Null for a clock that is being added. */
  clock: ClockPolicy | null;
  submitted: Submitted;
  errors: FormError[];
  calendars: ReadonlyMap<string, string>;
  _: Translate;
}

/** Everything that the form of one clock shows. */
export function clockPage({ draft, clock, submitted, errors, calendars, _ }: ClockForm) {
  const list = (name: string, options: readonly [string, string][]): Choice[] =>
    options.map(([value, text]) => ({ value, text: _(text), checked: many(submitted[name]).includes(value) }));
  const table = (name: string, all: object) => list(name, Object.entries(all) as [string, string][]);
  const coded = (names: readonly string[], all: object): [string, string][] =>
    names.map((name) => [name, (all as Record<string, string>)[name] ?? name]);
  const events = (name: string) => list(name, coded(EVENTS_FOR_CLOCKS, TITLES));
  const none: [string, string] = ['', 'none'];
  const target = (name: string) => ({
    name,
    n: one(submitted[`${name}-n`]),
    units: table(`${name}-unit`, TARGET_UNIT_WORDS),
    error: errorAt(errors, `${name}-n`),
  });
  return {
    title: clock ? clock.title : 'Add a clock',
    dense: true,
    draft,
    clock,
    errors,
    errorAt: (field: string) => errorAt(errors, field),
    answers: { title: one(submitted['title']), runway: one(submitted['runway']), rows: rowsOf(submitted) },
    stages: list(
      'stage',
      words.CLOCK_STAGES.map((stage) => [stage, stage.replaceAll('_', ' ')]),
    ),
    calendars: list('calendar', [...calendars]),
    startsOn: events('startsOn'),
    stopsOn: events('stopsOn').filter(({ value }) => value !== 'note_added'),
    endsOn: events('endsOn'),
    startsIf: list('startsIf', [none, ...coded(CONDITION_NAMES, words.CONDITION_WORDS)]),
    subjects: list('subjects', [['', 'the whole case'], ...coded(SUBJECTS_NAMES, words.SUBJECT_WORDS)]),
    target: target('target'),
    dates: list('target-date', [['', 'no date: the number above'], ...coded(DATE_NAMES, words.DATE_WORDS)]),
    priorities: PRIORITIES.map(target),
    retarget: table('retarget', words.CHANGE_WORDS),
    onReopening: table('onReopening', words.REOPENING_WORDS),
    graceUntil: table('graceUntil', words.GRACE_WORDS),
    pausedBy: list('pausedBy', coded(PAUSE_REASONS, words.PAUSE_WORDS)),
    rearms: one(submitted['rearms']) === 'yes',
    whenDue: words.WHEN_DUE_WORDS[clock?.whenDue ?? 'breach'],
    breachTo: list('breachTo', coded(PARTIES, PARTY_WORDS)),
    steps: Array.from({ length: rowsOf(submitted) }, (_row, row) => ({
      row,
      id: one(submitted[`step-${row}-id`]),
      n: one(submitted[`step-${row}-n`]),
      kinds: list(`step-${row}-kind`, [['', 'nothing in this row'], ...Object.entries(STEP_KIND_WORDS)]),
      units: table(`step-${row}-unit`, STEP_UNIT_WORDS),
      to: list(`step-${row}-to`, coded(PARTIES, PARTY_WORDS)),
      errors: {
        kind: errorAt(errors, `step-${row}-kind`),
        n: errorAt(errors, `step-${row}-n`),
        to: errorAt(errors, `step-${row}-to`),
      },
    })),
  };
}

const errorAt = (errors: readonly FormError[], field: string): string | null =>
  errors.find((error) => error.field === field)?.text ?? null;

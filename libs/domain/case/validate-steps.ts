import { openDurationMs } from '../clock/target.js';
import type { Step } from './clock-policy.js';
import { PARTIES, STEP_KINDS } from './clock-policy.js';
import type { PolicyProblem } from './policy-problem.js';
import { isRecord, LONGEST_DAYS, LONGEST_OPEN_MS, noOthers, oneOf, problemIf, someOf } from './policy-problem.js';

const MOST_STEPS = 30;
const TIMES = ['percent', 'openBefore', 'openAfter', 'workingDays', 'daysFromStart'];

/** What is wrong with the warnings, reminders and escalations of a clock. */
export function stepsProblems(steps: unknown, at: string): PolicyProblem[] {
  if (!Array.isArray(steps)) return [{ field: at, message: 'must be a list' }];
  if (steps.length > MOST_STEPS) return [{ field: at, message: `must be at most ${MOST_STEPS}` }];
  const ids = steps.map((step: Step | null) => step?.id);
  return steps.flatMap((step: Step, index) => [
    ...stepProblems(step, `${at}.${index}`),
    ...problemIf(ids.indexOf(ids[index]) < index, `${at}.${index}.id`, 'another step of this clock has this id'),
  ]);
}

function stepProblems(step: Step, at: string): PolicyProblem[] {
  if (!isRecord(step)) return [{ field: at, message: 'is not a step' }];
  return [
    ...noOthers(step, ['id', 'kind', 'at', 'to', 'level'], at),
    ...problemIf(typeof step.id !== 'string' || !/^[\w-]{1,40}$/.test(step.id), `${at}.id`, 'must be a short name'),
    ...problemIf(step.id === 'due', `${at}.id`, 'is taken by the deadline itself'),
    ...oneOf(step.kind, STEP_KINDS, `${at}.kind`),
    ...someOf(step.to, PARTIES, `${at}.to`),
    ...problemIf(Array.isArray(step.to) && !step.to.length, `${at}.to`, 'somebody must hear of it'),
    ...problemIf(
      (step.kind === 'escalation' || step.level !== undefined) && ![1, 2, 3].includes(step.level ?? 0),
      `${at}.level`,
      'an escalation has a level from 1 to 3',
    ),
    ...timeProblems(step.at, `${at}.at`),
  ];
}

function timeProblems(time: Step['at'], at: string): PolicyProblem[] {
  if (!isRecord(time) || Object.keys(time).length !== 1 || !TIMES.includes(Object.keys(time)[0] ?? ''))
    return [{ field: at, message: `must be one of: ${TIMES.join(', ')}` }];
  if ('percent' in time)
    return problemIf(
      typeof time.percent !== 'number' || !(time.percent > 0 && time.percent < 100),
      at,
      'must be between 0 and 100 percent of the target',
    );
  if ('workingDays' in time) return wholeDays(time.workingDays, -LONGEST_DAYS, at);
  if ('daysFromStart' in time) return wholeDays(time.daysFromStart, 1, at);
  if ('openAfter' in time) return durationProblems(time.openAfter, 'must be after the deadline', at);
  return durationProblems(time.openBefore, 'must be before the deadline', at);
}

function durationProblems(duration: unknown, otherwise: string, at: string): PolicyProblem[] {
  if (typeof duration !== 'string') return [{ field: at, message: 'must be a duration such as PT4H' }];
  try {
    const ms = openDurationMs(duration);
    return problemIf(ms <= 0 || ms > LONGEST_OPEN_MS, at, otherwise);
  } catch (error) {
    if (error instanceof RangeError) return [{ field: at, message: error.message.slice(0, 120) }];
    throw error;
  }
}

const wholeDays = (days: number, least: number, at: string): PolicyProblem[] =>
  problemIf(!Number.isInteger(days) || days < least || days > LONGEST_DAYS, at, 'must be a whole number of days');

import type { CalendarBook } from '#libs/domain/calendar/calendar-book.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import type { PolicyProblem } from '#libs/domain/case/policy-problem.js';
import { isRecord, noOthers } from '#libs/domain/case/policy-problem.js';
import { validatePolicy } from '#libs/domain/case/validate-policy.js';

/** An exported policy as it comes back: its clocks, or why it cannot be one. A file that is newer than `last` builds on that. */
export function readPolicyFile(
  text: string,
  calendars: CalendarBook,
  last: number,
): { basedOn: number; clocks: ClockPolicy[] } | { problems: PolicyProblem[] } {
  const content = parsed(text);
  if (!isRecord(content)) return { problems: [{ field: '', message: 'It is not a policy as JSON.' }] };
  const { basedOn = last, clocks } = content;
  const problems = [
    ...noOthers(content, ['basedOn', 'clocks'], 'file'),
    ...(Number.isInteger(basedOn) ? [] : [{ field: 'basedOn', message: 'must be the number of a version' }]),
    ...validatePolicy(clocks, calendars),
  ];
  if (problems.length) return { problems };
  return { basedOn: Math.min(Math.max(basedOn as number, 1), last), clocks: clocks as ClockPolicy[] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

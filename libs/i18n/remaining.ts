import { formatTime } from './dates.js';
import type { Translate } from './translator.js';

/** A working day of the Geneva calendar has eight open hours. */
const DAY_MINUTES = 8 * 60;

export type BadgeState = 'running' | 'near' | 'late' | 'missed' | 'paused' | 'met' | 'excused' | 'stopped';

/** What the badge of a clock is made from: a clock view, or the nearest clock of a list item. */
export interface ReadableClock {
  state: 'running' | 'paused' | 'met' | 'breached' | 'stopped';
  openSecondsLeft: number | null;
  /** Of a clock promised in days. */
  daysLeft?: number | null;
  near: boolean;
  stoppedAt: string | null;
  dueAt?: string | null;
  breach?: 'standing' | 'rescinded' | 'excused' | null;
}

/** Words, icon and colour of a clock all follow from this one state. */
export function badgeState({ state, near, stoppedAt, breach, openSecondsLeft }: ReadableClock): BadgeState {
  if (breach === 'excused') return 'excused';
  if (state === 'breached') return stoppedAt ? 'missed' : 'late';
  if (state !== 'running') return state;
  // At the deadline itself no open time is left, and none is needed to be late.
  if (openSecondsLeft !== null && openSecondsLeft <= 0) return 'late';
  return near ? 'near' : 'running';
}

/** `2 working days 7 h`; minutes only below one working day. */
function openText(openSeconds: number, _: Translate): string {
  const minutes = Math.round(Math.abs(openSeconds) / 60);
  const days = Math.floor(minutes / DAY_MINUTES);
  const hours = Math.floor((minutes % DAY_MINUTES) / 60);
  const rest = minutes % 60;
  const parts = [
    ...(days ? [_('{n} working days', { n: days })] : []),
    ...(hours ? [_('{n} h', { n: hours })] : []),
    ...(!days && (rest || !hours) ? [_('{n} min', { n: rest })] : []),
  ];
  return parts.join(' ').replace(/(\d) /g, '$1\u00a0');
}

/** `46 h 59 min`: open time to the minute, where it is added up and days would hide how long they are. */
export function hoursText(openSeconds: number, _: Translate): string {
  const minutes = Math.round(openSeconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [...(hours ? [_('{n} h', { n: hours })] : []), ...(rest || !hours ? [_('{n} min', { n: rest })] : [])];
  return parts.join(' ').replace(/(\d) /g, '$1\u00a0');
}

/** What a badge says: `Soon: 7 h 56 min left`, `12 working days late`, `Paused`. */
export function remainingText(clock: ReadableClock, _: Translate): string {
  const time = timeText(clock, _);
  switch (badgeState(clock)) {
    case 'late':
      return lateText(clock, time, _);
    case 'missed':
      return _('Met late');
    case 'excused':
      return _('Late, excused');
    case 'paused':
      return time ? _('Paused, {time} left', { time }) : _('Paused');
    case 'met':
      return _('Met');
    case 'stopped':
      return _('Stopped');
    case 'near':
      return _('Soon: {time} left', { time });
    case 'running':
      return _('{time} left', { time });
  }
}

/** Working time as working days and hours, what was promised in days as days; on the last day the hours count. */
function timeText({ openSecondsLeft, daysLeft }: ReadableClock, _: Translate): string {
  if (daysLeft) return _('{n} days', { n: Math.abs(daysLeft) }).replace(/(\d) /g, '$1\u00a0');
  return openSecondsLeft === null ? '' : openText(openSecondsLeft, _);
}

/** Late by less than a minute of open time, the time of day says more than "0 min". */
function lateText({ openSecondsLeft, daysLeft, dueAt }: ReadableClock, time: string, _: Translate): string {
  if (openSecondsLeft === null) return _('Late');
  if (daysLeft || Math.abs(openSecondsLeft) >= 30) return _('{time} late', { time });
  return dueAt ? _('Late since {time}', { time: formatTime(Date.parse(dueAt)) }) : _('Late');
}

import { hoursText } from './remaining.js';
import type { Translate } from './translator.js';

/** From here on seconds say too little and too much. */
const IN_MINUTES_FROM_S = 120;
const DAY_S = 86_400;

/** Time by the clock on the wall, such as how much later something was seen: `240 ms`, `12 s`, `2 h 3 min`, `12 days`. Seconds in. */
export function lagText(seconds: number, _: Translate): string {
  if (seconds >= 2 * DAY_S) return _('{n} days', { n: Math.floor(seconds / DAY_S) }).replace(/(\d) /g, '$1\u00a0');
  if (Math.round(seconds) >= IN_MINUTES_FROM_S) return hoursText(seconds, _);
  const ms = Math.round(Math.max(0, seconds) * 1000);
  const text = ms < 1000 ? _('{n} ms', { n: ms }) : _('{n} s', { n: Math.round(seconds) });
  return text.replace(/(\d) /g, '$1\u00a0');
}

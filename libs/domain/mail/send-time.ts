import { civilDate, civilDay, formatCivilDay, instantOfLocal, weekdayOf } from '../calendar/civil.js';
import { deliveryHours, readerZone } from '../calendar/delivery-hours.js';
import type { Reader } from '../calendar/delivery-hours.js';
import { nextOpening } from '../calendar/open-time.js';
import type { HeldFor, MailClass } from './mail-class.js';
import type { MailPolicy } from './mail-policy.js';
import { afterQuiet } from './quiet-periods.js';

/** What of the rules of mail says when one goes. */
export type TimingRules = Pick<MailPolicy, 'quietPeriods' | 'digest'>;

export interface SendTime {
  /** Epoch ms; never before what was asked for. */
  at: number;
  /** What it waits for until then; null where it may go at once. */
  heldFor: HeldFor | null;
}

/** More quiet periods than that one after the other, each up to the reader's next hours, are not kept to. */
const MOST_STEPS = 400;
const WEEK_DAYS = 7;

/**
 * When a mail of a class may go to a reader at the earliest, from `at` (epoch ms) on (ADR 10). Asked again at that
 * instant, the answer is that instant. Throws NeverOpensError for a reader without a day of their own.
 */
export function sendTime(mailClass: MailClass, reader: Reader, policy: TimingRules, at: number): SendTime {
  if (mailClass === 'urgent') return { at, heldFor: null };
  if (mailClass === 'single' || !gathers(reader, policy)) return single(reader, policy, at);
  return { at: digestTime(reader, policy, at), heldFor: 'digest' };
}

/** Whether what only informs somebody is gathered for them. */
const gathers = ({ rhythm }: Reader, { digest }: TimingRules): boolean => (rhythm ?? digest.rhythm) !== 'single';

/** When somebody's next digest goes (epoch ms), from `at` on: at the time of day of their zone, within their hours, in no quiet period. */
export function digestTime(reader: Reader, policy: TimingRules, at: number): number {
  const zone = readerZone(reader.timezone);
  const every = (reader.rhythm ?? policy.digest.rhythm) === 'daily' ? 1 : WEEK_DAYS;
  const today = civilDay(civilDate(at, zone));
  // The last one whose time has come may not have gone yet: its reader was not at work since.
  let [day, time] = [today - every - 1, -Infinity];
  for (; time < at; day += 1) {
    if (every > 1 && weekdayOf(day) !== policy.digest.weekday) continue;
    time = single(reader, policy, instantOfLocal(`${formatCivilDay(day)}T${policy.digest.at}`, zone)).at;
  }
  return time;
}

/** Within the reader's hours and in no quiet period. */
function single(reader: Reader, { quietPeriods }: TimingRules, at: number): SendTime {
  const hours = deliveryHours(reader);
  const opening = nextOpening(hours, at);
  let [time, heldFor]: [number, HeldFor | null] = [opening, opening > at ? 'hours' : null];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const over = afterQuiet(quietPeriods, reader.timezone, time);
    if (over === null) break;
    if (over === time) return { at: time, heldFor };
    [time, heldFor] = [nextOpening(hours, over), 'quiet'];
  }
  return { at: opening, heldFor: opening > at ? 'hours' : null };
}

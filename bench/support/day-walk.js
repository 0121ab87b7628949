// The usual way to count working time, as the Ruby gem working_hours does it: day by day, window by window, on the clock on
// the wall. An instant is turned into civil time once, and back once at the end. Right wherever no clock is changed within
// a window and no date is skipped. A window ends at 24:00 at the latest.
import { IANAZone } from 'luxon';

const DAY_MS = 86_400_000;
const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export class DayWalk {
  /** @param {object} calendar in the product's form, with weekly windows and holidays only */
  constructor({ timezone, weeklyHours, holidays, annualHolidays }) {
    this.zone = IANAZone.create(timezone);
    this.windows = WEEK.map((day) => (weeklyHours[day] ?? []).map((window) => window.map(msOf)));
    this.holidays = new Set(holidays.map((date) => Date.parse(date) / DAY_MS));
    this.yearly = new Set(annualHolidays.map((date) => Number(date.slice(0, 2)) * 100 + Number(date.slice(3))));
  }

  /** The instant at which `ms` open milliseconds have passed since `from`. */
  after(from, ms) {
    let left = ms;
    const start = this.#localOf(from);
    for (let day = Math.floor(start / DAY_MS); ; day += 1)
      for (const [open, close] of this.#windowsOn(day)) {
        const since = Math.max(start, day * DAY_MS + open);
        const length = day * DAY_MS + close - since;
        if (length <= 0) continue;
        if (left <= length) return this.#instantOf(since + left);
        left -= length;
      }
  }

  /** Open milliseconds between two instants. */
  between(from, to) {
    const [start, end] = [this.#localOf(from), this.#localOf(to)];
    let sum = 0;
    for (let day = Math.floor(start / DAY_MS); day * DAY_MS < end; day += 1)
      for (const [open, close] of this.#windowsOn(day))
        sum += Math.max(0, Math.min(end, day * DAY_MS + close) - Math.max(start, day * DAY_MS + open));
    return sum;
  }

  #windowsOn(day) {
    const date = new Date(day * DAY_MS);
    const isHoliday = this.holidays.has(day) || this.yearly.has((date.getUTCMonth() + 1) * 100 + date.getUTCDate());
    return isHoliday ? [] : this.windows[date.getUTCDay()];
  }

  #localOf = (instant) => instant + this.#offsetAt(instant);

  #instantOf(local) {
    const guess = local - this.#offsetAt(local);
    return local - this.#offsetAt(guess);
  }

  #offsetAt = (instant) => this.zone.offset(instant) * 60_000;
}

const msOf = (time) => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000;

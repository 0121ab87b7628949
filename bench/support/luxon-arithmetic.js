// The same with nothing but luxon: from the start of each day to the next, each window set on it.
import { DateTime } from 'luxon';

const WEEK = ['', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export class LuxonArithmetic {
  /** @param {object} calendar in the product's form, with weekly windows and holidays only */
  constructor({ timezone, weeklyHours, holidays, annualHolidays }) {
    this.zone = timezone;
    this.weeklyHours = weeklyHours;
    this.holidays = new Set(holidays);
    this.yearly = new Set(annualHolidays);
  }

  /** The instant at which `ms` open milliseconds have passed since `from`. */
  after(from, ms) {
    let left = ms;
    for (let day = this.#dayOf(from); ; day = day.plus({ days: 1 }))
      for (const [open, close] of this.#windowsOn(day)) {
        const since = Math.max(from, open);
        if (close <= since) continue;
        if (left <= close - since) return since + left;
        left -= close - since;
      }
  }

  /** Open milliseconds between two instants. */
  between(from, to) {
    let sum = 0;
    for (let day = this.#dayOf(from); day.toMillis() < to; day = day.plus({ days: 1 }))
      for (const [open, close] of this.#windowsOn(day)) sum += Math.max(0, Math.min(to, close) - Math.max(from, open));
    return sum;
  }

  #dayOf = (instant) => DateTime.fromMillis(instant, { zone: this.zone }).startOf('day');

  #windowsOn(day) {
    const date = day.toISODate();
    if (this.holidays.has(date) || this.yearly.has(date.slice(5))) return [];
    return (this.weeklyHours[WEEK[day.weekday]] ?? []).map((window) => window.map((time) => timeOn(day, time)));
  }
}

function timeOn(day, time) {
  const [hour, minute] = [Number(time.slice(0, 2)), Number(time.slice(3))];
  if (hour === 24) return day.plus({ days: 1 }).startOf('day').toMillis();
  return day.set({ hour, minute }).toMillis();
}

import { DAY_MS } from './zone.js';
import type { OffsetAt } from './zone-source.js';

const NAME = '(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)';
const HOURS = '[+-]?\\d{1,3}(?::\\d\\d(?::\\d\\d)?)?';
const RULE = `(?:J\\d{1,3}|\\d{1,3}|M\\d{1,2}\\.\\d\\.\\d)(?:/${HOURS})?`;
const TZ = new RegExp(`^${NAME}(${HOURS})(?:${NAME}(${HOURS})?,(${RULE}),(${RULE}))?$`);

const HOUR_MS = 3_600_000;
/** `M10.5.0` without a time. */
const CHANGE_AT_MS = 2 * HOUR_MS;
const LAST_WEEK = 5;

/**
 * The offsets that a POSIX TZ string says for all years, as TZif files end with one: `CET-1CEST,M3.5.0,M10.5.0/3`
 * (RFC 8536 3.3, with the hours -167 to 167 of 3.3.1). Throws RangeError for what is none.
 */
export function readPosixTz(text: string): OffsetAt {
  const [match, west, dstWest, start, end] = TZ.exec(text) ?? [];
  if (match === undefined || west === undefined) throw new RangeError(`not a POSIX TZ string: ${text}`);
  const standard = eastMs(west);
  if (start === undefined || end === undefined) return () => standard;
  const summer = dstWest === undefined ? standard + HOUR_MS : eastMs(dstWest);
  const [begins, ends] = [yearlyChange(start), yearlyChange(end)];
  return (instant) => {
    const year = new Date(instant).getUTCFullYear();
    let latest = { at: -Infinity, offset: standard };
    for (const each of [year - 1, year, year + 1]) {
      // Where summer time lasts all year its end and its next start are one instant: the start has the last word.
      for (const change of [
        { at: ends(each) - summer, offset: standard },
        { at: begins(each) - standard, offset: summer },
      ]) {
        if (change.at <= instant && latest.at <= change.at) latest = change;
      }
    }
    return latest.offset;
  };
}

/** The civil time of a change in each year, as if it were UTC. */
function yearlyChange(rule: string): (year: number) => number {
  const [date = '', time] = rule.split('/');
  const ms = time === undefined ? CHANGE_AT_MS : hoursMs(time);
  const day = yearlyDay(date);
  return (year) => day(year) * DAY_MS + ms;
}

/** `M3.5.0` last Sunday of March, `J60` 1 March in every year, `59` the sixtieth day: days since 1970-01-01. */
function yearlyDay(rule: string): (year: number) => number {
  if (rule.startsWith('M')) {
    const [month = 0, week = 0, weekday = 0] = rule.slice(1).split('.').map(Number);
    within(rule, month >= 1 && month <= 12 && week >= 1 && week <= LAST_WEEK && weekday <= 6);
    return (year) => dayInMonth(year, month, week, weekday);
  }
  const number = Number(rule.replace('J', ''));
  within(rule, number <= 365 && !(rule === 'J0'));
  if (!rule.startsWith('J')) return (year) => firstOf(year, 1) + number;
  return (year) => firstOf(year, 1) + number - 1 + (number >= 60 && isLeap(year) ? 1 : 0);
}

function dayInMonth(year: number, month: number, week: number, weekday: number): number {
  const first = firstOf(year, month);
  const day = first + ((weekday - new Date(first * DAY_MS).getUTCDay() + 7) % 7) + (week - 1) * 7;
  return week === LAST_WEEK && day >= firstOf(year, month + 1) ? day - 7 : day;
}

const firstOf = (year: number, month: number): number => Date.UTC(year, month - 1, 1) / DAY_MS;

const isLeap = (year: number): boolean => firstOf(year, 3) - firstOf(year, 2) === 29;

function within(rule: string, holds: boolean): void {
  if (!holds) throw new RangeError(`not a POSIX TZ rule: ${rule}`);
}

/** The string counts hours west of Greenwich. Subtracted, so that Greenwich is 0 and not -0. */
const eastMs = (west: string): number => 0 - hoursMs(west);

function hoursMs(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number);
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  return text.startsWith('-') ? -ms : ms;
}

// What deadlines are computed of: random, and the same in every run.
import { GENEVA } from '#libs/domain/calendar/geneva.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEARS = [Date.UTC(1990, 0, 1), Date.UTC(2060, 0, 1)];
const MONTHS_18_MS = 548 * DAY;
const PAUSES = 60;

const calendar = (id, timezone, days, windows, { holidays = [], annualHolidays = [] } = {}) => ({
  id,
  version: 1,
  timezone,
  weeklyHours: Object.fromEntries(days.map((day) => [day, windows])),
  holidays,
  annualHolidays,
  specialHours: {},
});
const WORKING_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'];
const EVERY_DAY = [...WORKING_DAYS, 'sat', 'sun'];
const FIXED = ['01-01', '01-02', '03-08', '05-01', '06-20', '08-01', '09-21', '11-01', '12-25', '12-31'];
/** In the north, the south, and where the clock is changed at midnight, by half an hour, in Ramadan, or over the date line. */
const ZONES = [
  ...['Europe/Zurich', 'America/New_York', 'America/Sao_Paulo', 'America/Havana', 'America/St_Johns', 'Africa/Cairo'],
  ...['Africa/Casablanca', 'Africa/Lusaka', 'Asia/Kathmandu', 'Asia/Baghdad', 'Asia/Beirut', 'Asia/Almaty'],
  ...['Australia/Lord_Howe', 'Pacific/Apia', 'Pacific/Auckland', 'Pacific/Chatham'],
];

const SIMPLE = [calendar('simple', 'Europe/Zurich', WORKING_DAYS, [['09:00', '17:00']])];
const SPLIT = ZONES.map((zone) =>
  calendar(
    'split',
    zone,
    WORKING_DAYS,
    [
      ['08:00', '12:00'],
      ['13:30', '17:30'],
    ],
    {
      holidays: GENEVA.holidays,
      annualHolidays: FIXED,
    },
  ),
);
const NIGHT = ZONES.map((zone) =>
  calendar('night', zone, EVERY_DAY, [
    ['00:00', '06:00'],
    ['22:00', '24:00'],
  ]),
);

/** @returns {() => number} from 0 to below 1; the same for the same seed (mulberry32) */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const between = (next, low, high, step = 1) => low + Math.floor((next() * (high - low)) / step) * step;

/** So much open time from an instant of seventy years. */
const plain = (calendars, hours, step) => (next) => ({
  calendar: calendars[between(next, 0, calendars.length)],
  from: between(next, ...YEARS, step),
  ms: between(next, HOUR, hours * HOUR, step),
  pauses: [],
});

/** A case of eighteen months that is paused sixty times; its deadline comes after the last pause. */
function paused(next) {
  const from = between(next, Date.UTC(2025, 0, 1), Date.UTC(2029, 0, 1));
  const instants = Array.from({ length: 2 * PAUSES }, () => between(next, from, from + MONTHS_18_MS));
  instants.sort((a, b) => a - b);
  const pauses = Array.from({ length: PAUSES }, (_, index) => instants.slice(2 * index, 2 * index + 2));
  return { calendar: GENEVA, from, ms: 3_000 * HOUR, pauses };
}

/** `count`: how many deadlines a round. @type {{ name: string, count: { full: number, quick: number }, make: Function }[]} */
export const SCENES = [
  { name: '8 open hours, one window', count: { full: 3_000, quick: 200 }, make: plain(SIMPLE, 40) },
  { name: 'split shift with holidays, 16 zones', count: { full: 3_000, quick: 200 }, make: plain(SPLIT, 80) },
  { name: `18 months, ${PAUSES} pauses`, count: { full: 150, quick: 10 }, make: paused },
  { name: 'night duty, 16 zones', count: { full: 3_000, quick: 200 }, make: plain(NIGHT, 60, MINUTE) },
];

/** The inputs of one round of a scene. */
export function inputsOf({ name, make }, count, round) {
  const next = random([...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, round));
  return Array.from({ length: count }, () => make(next));
}

// What the longest case costs: the engine on one clock with so many pauses, and a whole case rebuilt from so many events.
import { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import { follow, readLog } from '#libs/case-store/event-log.js';
import { always } from '#libs/domain/calendar/calendar.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { readClock } from '#libs/domain/clock/clock.js';
import { Cases } from './cases.js';
import { check } from './results.js';
import { median } from './statistics.js';

const EVENTS = { full: [100, 1_000, 10_000], quick: [10, 100] };
const PASSES = { full: 5, quick: 1 };
const DAY_MS = 86_400_000;
const OPENED = Date.UTC(2026, 0, 5, 9);
const MONTHS_18_MS = 548 * DAY_MS;
const ROWS_AT_ONCE = 1_000;
const WORDS = { textId: '00000000-0000-4000-8000-000000000000', hash: '0'.repeat(64) };

/** What fills a case up, in pairs; `first` is what they need. */
const KINDS = [
  { name: 'notes', pair: [note(), note()] },
  {
    name: 'suspended and resumed',
    pair: [
      { type: 'suspended', body: { reason: WORDS, reviewOn: '2026-12-01' } },
      { type: 'resumed', body: {} },
    ],
  },
  {
    name: 'a clock started anew by each',
    // Each starts a row of its own, and one statement of PostgreSQL takes no more than some six thousand of them.
    most: 3_000,
    first: { type: 'national_process_started', body: { lawTitle: WORDS, step: 'drafting' } },
    pair: [
      { type: 'process_confirmed', body: { step: 'drafting', text: null } },
      { type: 'process_confirmed', body: { step: 'review', text: null } },
    ],
  },
];

const eventsOf = ({ most = Infinity }, size) => EVENTS[size].map((events) => Math.min(events, most));

function note() {
  return { type: 'note_added', body: { text: WORDS } };
}

/** @returns milliseconds and microseconds an event for each number of events, and `results`: the checks */
export async function longestCases(stage, size) {
  const passes = PASSES[size];
  const engine = EVENTS[size].map((events) => ({
    what: 'one clock, paused and resumed',
    events,
    ...engineOn(events, passes),
  }));
  const cases = new Cases(await stage.system('longest'));
  const whole = [];
  for (const kind of KINDS)
    for (const events of eventsOf(kind, size))
      whole.push({ what: `whole case, ${kind.name}`, events, ...(await rebuilt(cases, kind, events, passes)) });
  const rows = [...engine, ...whole].map(({ what, events, ms, usPerEvent }) => ({ what, events, ms, usPerEvent }));
  const versions = whole.map(({ version }) => version);
  const wanted = KINDS.flatMap((kind) => eventsOf(kind, size).map((events) => events + 1));
  return { rows, results: [check('events that the rebuilt cases stand on', versions.join(' '), wanted.join(' '))] };
}

/** Instants spread over eighteen months, whatever their number. */
const instantsOf = (events) =>
  Array.from({ length: events }, (_, n) => OPENED + Math.round(((n + 1) * MONTHS_18_MS) / (events + 1)));

function engineOn(events, passes) {
  const signals = instantsOf(events).map((at, n) => ({ at, type: n % 2 ? 'resume' : 'pause', reason: 'suspended' }));
  const cycle = { startedAt: OPENED, targetMs: 10_000 * 3_600_000, signals };
  const history = always(GENEVA);
  const end = OPENED + MONTHS_18_MS;
  readClock(cycle, history, end);
  return costOf(
    events,
    Array.from({ length: passes }, () => {
      const since = performance.now();
      readClock(cycle, history, end);
      return performance.now() - since;
    }),
  );
}

async function rebuilt(cases, kind, events, passes) {
  const [{ caseId }] = await cases.open([OPENED]);
  await fill(cases, caseId, kind, events);
  const { version } = await cases.store.rebuild(caseId, OPENED + MONTHS_18_MS);
  const times = [];
  for (let pass = 0; pass < passes; pass += 1) {
    const since = performance.now();
    await cases.store.rebuild(caseId, OPENED + MONTHS_18_MS);
    times.push(performance.now() - since);
  }
  return { version, ...costOf(events, times) };
}

/** Written as the store would, but all at once: one command after the other would read the log ten thousand times. */
async function fill(cases, caseId, { first, pair }, events) {
  const { personId: actorId } = await cases.actor('coordinator');
  let [last] = await readLog(cases.manager, caseId);
  const rows = instantsOf(events).map((at, n) => {
    last = follow(caseId, last, (n === 0 && first) || pair[n % 2], { effectiveAt: at, recordedAt: at, actorId });
    return last;
  });
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await cases.manager.insert(CaseEvent, rows.slice(from, from + ROWS_AT_ONCE));
}

const costOf = (events, times) => ({ ms: median(times), usPerEvent: (median(times) * 1000) / events });

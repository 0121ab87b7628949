// How many deadlines one core computes in a second, beside a day walk and luxon alone, where those are wrong, and what
// the longest case costs.
import { always } from '#libs/domain/calendar/calendar.js';
import { instantAfterOpen } from '#libs/domain/calendar/open-time.js';
import { readClock } from '#libs/domain/clock/clock.js';
import { DayWalk } from './support/day-walk.js';
import { inputsOf, SCENES } from './support/deadline-scenes.js';
import { longestCases } from './support/long-cases.js';
import { LuxonArithmetic } from './support/luxon-arithmetic.js';
import { confirms } from './support/minute-witness.js';
import { check } from './support/results.js';
import { ratios, spread } from './support/statistics.js';

const ROUNDS = 5;
/** A pass that is quicker than this is repeated until it is worth timing (ms). */
const LEAST_MS = { full: 300, quick: 20 };
const WITNESSED = { full: 200, quick: 5 };
const [FRESH, KNOWN, WALK, LUXON] = [
  'ours, calendar never seen',
  'ours, days known',
  'day walk (working_hours)',
  'luxon alone',
];

/** @param {import('./support/stage.js').Stage} stage */
export async function run(stage, { size, say }) {
  const scenes = SCENES.map((scene) => {
    say(scene.name);
    return play(scene, size);
  });
  say('the longest case');
  const { rows, results } = await longestCases(stage, size);
  return {
    rounds: ROUNDS,
    scenes: scenes.map(({ name, total, rows }) => ({ name, total, rows })),
    growth: { rows },
    checks: [...scenes.flatMap(({ checks }) => checks), ...results],
  };
}

/** One scene: every arm over the same inputs, round after round; what each answered is kept and compared. */
function play(scene, size) {
  const perSecond = Object.fromEntries([FRESH, KNOWN, WALK, LUXON].map((arm) => [arm, []]));
  const compared = { [WALK]: [], [LUXON]: [] };
  let unlike = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const inputs = inputsOf(scene, scene.count[size], round + 1);
    const fresh = timed(prepared(ours, inputs, structuredClone), 0);
    const arms = [
      [KNOWN, prepared(ours, inputs)],
      [WALK, prepared(peer(DayWalk), inputs)],
      [LUXON, prepared(peer(LuxonArithmetic), inputs)],
    ];
    // In turns, after the one that must come first: it sees days that nobody has asked for.
    const turned = [...arms.slice(round % arms.length), ...arms.slice(0, round % arms.length)];
    const seen = { [FRESH]: fresh };
    for (const [arm, pass] of turned) {
      pass();
      seen[arm] = timed(pass, LEAST_MS[size]);
    }
    for (const [arm, { rate }] of Object.entries(seen)) perSecond[arm].push(rate);
    inputs.forEach((input, index) => {
      const due = fresh.answers[index];
      unlike += Number(seen[KNOWN].answers[index] !== due);
      for (const arm of [WALK, LUXON])
        if (seen[arm].answers[index] !== due) compared[arm].push({ input, due, theirs: seen[arm].answers[index] });
    });
  }
  const total = scene.count[size] * ROUNDS;
  return {
    name: scene.name,
    total,
    rows: rowsOf(perSecond, compared),
    checks: checksOf(scene, compared, unlike, size),
  };
}

function rowsOf(perSecond, compared) {
  return Object.entries(perSecond).map(([arm, rates]) => ({
    arm,
    perSecond: spread(rates),
    toWalk: spread(ratios(rates, perSecond[WALK])),
    toLuxon: spread(ratios(rates, perSecond[LUXON])),
    ...(compared[arm] && { disagreements: compared[arm].length, example: exampleOf(compared[arm]) }),
  }));
}

function checksOf({ name }, compared, unlike, size) {
  const disputed = Object.values(compared).flat().slice(0, WITNESSED[size]);
  // Only whole minutes can be witnessed, and no pauses.
  const heard = disputed.filter(({ input }) => input.pauses.length === 0 && input.ms % 60_000 === 0);
  const confirmed = heard.filter(({ input, due }) => confirms(input, due)).length;
  return [
    check(`${name}: other answers once the days were known`, unlike, 0),
    ...(heard.length
      ? [check(`${name}: ours confirmed minute by minute, of ${heard.length} disputed`, confirmed, heard.length)]
      : []),
  ];
}

function exampleOf([first]) {
  if (!first) return null;
  const { input, due, theirs } = first;
  const { calendar, from, ms } = input;
  const iso = (at) => new Date(at).toISOString();
  return { zone: calendar.timezone, from: iso(from), openMinutes: ms / 60_000, ours: iso(due), theirs: iso(theirs) };
}

/** Everything that is made once for a calendar is made before the clock runs. */
function prepared(make, inputs, copy = (calendar) => calendar) {
  const known = new Map();
  const arms = inputs.map((input) => {
    const calendar = copy(input.calendar);
    const arm = known.get(calendar) ?? make(calendar);
    known.set(calendar, arm);
    return arm(input);
  });
  return () => arms.map((compute) => compute());
}

/** @returns {{ rate: number, answers: number[] }} deadlines a second */
function timed(pass, leastMs) {
  const since = performance.now();
  let answers;
  let done = 0;
  do {
    answers = pass();
    done += answers.length;
  } while (performance.now() - since < leastMs);
  return { rate: (done * 1000) / (performance.now() - since), answers };
}

const ours = (calendar) => {
  const history = always(calendar);
  return ({ from, ms, pauses }) => {
    if (!pauses.length) return () => instantAfterOpen(history, from, ms);
    const signals = pauses.flatMap(([begin, end]) => [
      { at: begin, type: 'pause', reason: 'awaiting_state' },
      { at: end, type: 'resume', reason: 'awaiting_state' },
    ]);
    const cycle = { startedAt: from, targetMs: ms, signals };
    const last = pauses.at(-1)[1];
    return () => readClock(cycle, history, last).dueAt;
  };
};

/** A peer knows no pauses: it adds up what is open between them. */
const peer = (Arithmetic) => (calendar) => {
  const arithmetic = new Arithmetic(calendar);
  return ({ from, ms, pauses }) =>
    () => {
      let [since, left] = [from, ms];
      for (const [begin, end] of pauses) {
        left -= arithmetic.between(since, begin);
        since = end;
      }
      return arithmetic.after(since, left);
    };
};

import type { ClockPolicy, PolicyTarget, Step } from '#libs/domain/case/clock-policy.js';
import { openDurationMs } from '#libs/domain/clock/target.js';
import type { Target } from '#libs/domain/clock/target.js';

/** What a form of a page sends: each field once, or several times where boxes are ticked. */
export type Submitted = Record<string, string | string[] | undefined>;

export const TARGET_UNITS = ['working_days', 'working_days_same', 'days', 'hours', 'minutes', 'seconds'] as const;
export const STEP_UNITS = [
  ...['percent', 'days_before', 'days_after', 'days_from_start'],
  ...['hours_before', 'minutes_before', 'hours_after', 'minutes_after'],
] as const;
export const PRIORITIES = ['P1', 'P2', 'P3'] as const;
/** Rows left empty for new steps. */
const SPARE_ROWS = 2;
const MOST_ROWS = 30;
const HOUR_MS = 3_600_000;

/** The clock as the form shows it. */
export function answersOf(clock: ClockPolicy): Submitted {
  const { onChange } = clock;
  return {
    title: clock.title,
    stage: clock.stage,
    calendar: clock.calendar,
    startsOn: [...clock.startsOn],
    startsIf: clock.startsIf ?? '',
    stopsOn: [...clock.stopsOn],
    endsOn: [...(clock.endsOn ?? [])],
    subjects: clock.subjects ?? '',
    ...targetAnswers('target', clock.target),
    ...together(PRIORITIES.map((priority) => targetAnswers(priority, clock.byPriority?.[priority]))),
    retarget: onChange?.retarget ?? 'from_start',
    runway: onChange?.minRunwayMs ? String(onChange.minRunwayMs / HOUR_MS) : '',
    onReopening: clock.onReopening ?? 'resume',
    graceUntil: clock.graceUntil ?? 'none',
    pausedBy: [...clock.pausedBy],
    rearms: clock.rearms ? 'yes' : '',
    breachTo: [...clock.breachTo],
    rows: String(Math.min(clock.steps.length + SPARE_ROWS, MOST_ROWS)),
    ...together(clock.steps.map(stepAnswers)),
  };
}

/** The clock that a form describes; what is wrong in it stays, to be refused by name. `was` keeps what no form asks. */
export function clockOf(submitted: Submitted, name: string, was?: ClockPolicy): ClockPolicy {
  const [startsIf, subjects] = [one(submitted['startsIf']), one(submitted['subjects'])];
  const endsOn = many(submitted['endsOn']);
  const byPriority = Object.fromEntries(
    PRIORITIES.flatMap((priority) => {
      const target = targetOf(submitted, priority);
      return target ? [[priority, target]] : [];
    }),
  );
  const onChange = changeOf(submitted);
  return {
    name,
    title: one(submitted['title']),
    stage: one(submitted['stage']),
    calendar: one(submitted['calendar']),
    startsOn: many(submitted['startsOn']),
    ...(startsIf && { startsIf }),
    stopsOn: many(submitted['stopsOn']),
    ...(endsOn.length && { endsOn }),
    ...(subjects && { subjects }),
    target: targetOf(submitted, 'target') ?? { days: Number.NaN },
    ...(Object.keys(byPriority).length && { byPriority }),
    ...(onChange && { onChange }),
    ...(one(submitted['onReopening']) === 'restart' && { onReopening: 'restart' }),
    ...(one(submitted['graceUntil']) === 'next_open' && { graceUntil: 'next_open' }),
    pausedBy: many(submitted['pausedBy']),
    ...(one(submitted['rearms']) && { rearms: true }),
    whenDue: was?.whenDue ?? 'breach',
    breachTo: many(submitted['breachTo']),
    steps: stepsOf(submitted),
  } as unknown as ClockPolicy;
}

/** How many rows of steps the form has. */
export const rowsOf = (submitted: Submitted): number =>
  Math.min(Math.max(Number(one(submitted['rows'])) || SPARE_ROWS, SPARE_ROWS), MOST_ROWS);

/** A name for a new clock, from what it promises: `call_the_mission`; told apart from those that there are. */
export function nameFor(title: string, taken: readonly string[]): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|(?<!_)_+$/g, '')
    .slice(0, 50);
  const stem = plain || 'clock';
  const free = (name: string): boolean => !taken.includes(name);
  if (free(stem)) return stem;
  return `${stem}_${Array.from({ length: taken.length + 1 }, (_, index) => index + 2).find((n) => free(`${stem}_${n}`))}`;
}

function targetAnswers(field: string, target?: PolicyTarget): Submitted {
  if (!target || 'on' in target)
    return { [`${field}-n`]: '', [`${field}-unit`]: 'working_days', [`${field}-date`]: '' };
  if ('date' in target)
    return { [`${field}-n`]: '', [`${field}-unit`]: 'working_days', [`${field}-date`]: target.date };
  const [n, unit] =
    'days' in target
      ? [target.days, 'days']
      : 'workingDays' in target
        ? [target.workingDays, target.at === 'close' ? 'working_days' : 'working_days_same']
        : openAnswer(target.open);
  return { [`${field}-n`]: String(n), [`${field}-unit`]: unit, [`${field}-date`]: '' };
}

function openAnswer(open: string): [number, 'hours' | 'minutes' | 'seconds'] {
  const seconds = openDurationMs(open) / 1000;
  if (seconds % 3600 === 0) return [seconds / 3600, 'hours'];
  return seconds % 60 === 0 ? [seconds / 60, 'minutes'] : [seconds, 'seconds'];
}

function targetOf(submitted: Submitted, field: string): Target | { date: string } | null {
  const date = one(submitted[`${field}-date`]);
  if (date) return { date };
  const said = one(submitted[`${field}-n`]);
  if (!said) return null;
  switch (one(submitted[`${field}-unit`])) {
    case 'days':
      return { days: Number(said) };
    case 'hours':
      return { open: `PT${said}H` };
    case 'minutes':
      return { open: `PT${said}M` };
    case 'seconds':
      return { open: `PT${said}S` };
    case 'working_days_same':
      return { workingDays: Number(said), at: 'same_time' };
    default:
      return { workingDays: Number(said), at: 'close' };
  }
}

function changeOf(submitted: Submitted): ClockPolicy['onChange'] | null {
  const retarget = one(submitted['retarget']) || 'from_start';
  const runway = one(submitted['runway']);
  if (retarget === 'from_start' && !runway) return null;
  return { retarget, ...(runway && { minRunwayMs: Math.round(Number(runway) * HOUR_MS) }) } as ClockPolicy['onChange'];
}

function stepAnswers({ id, kind, at, to, level }: Step, row: number): Submitted {
  const [n, unit] = timeAnswer(at);
  return {
    [`step-${row}-id`]: id,
    [`step-${row}-kind`]: kind === 'escalation' ? `L${level ?? 1}` : kind,
    [`step-${row}-n`]: String(n),
    [`step-${row}-unit`]: unit,
    [`step-${row}-to`]: [...to],
  };
}

function timeAnswer(at: Step['at']): [number, (typeof STEP_UNITS)[number]] {
  if ('percent' in at) return [at.percent, 'percent'];
  if ('daysFromStart' in at) return [at.daysFromStart, 'days_from_start'];
  if ('workingDays' in at) return [Math.abs(at.workingDays), at.workingDays < 0 ? 'days_before' : 'days_after'];
  const side = 'openBefore' in at ? 'before' : 'after';
  const [n, unit] = openAnswer('openBefore' in at ? at.openBefore : at.openAfter);
  return unit === 'hours' ? [n, `hours_${side}`] : [unit === 'minutes' ? n : Math.ceil(n / 60), `minutes_${side}`];
}

/** Rows in which nothing is chosen are left out. */
function stepsOf(submitted: Submitted): Step[] {
  const steps: Step[] = [];
  for (const row of stepRows(submitted)) {
    const kind = one(submitted[`step-${row}-kind`]);
    const level = /^L([123])$/.exec(kind)?.[1];
    const [n, unit] = [one(submitted[`step-${row}-n`]), one(submitted[`step-${row}-unit`])];
    const id =
      one(submitted[`step-${row}-id`]) ||
      nameFor(
        `${kind} ${unit} ${n}`,
        steps.map((step) => step.id),
      );
    steps.push({
      id,
      kind: level ? 'escalation' : kind,
      at: timeOf(n, unit),
      to: many(submitted[`step-${row}-to`]),
      ...(level && { level: Number(level) }),
    } as Step);
  }
  return steps;
}

/** The rows that hold a step, in order: the third step may stand in the fifth row. */
export const stepRows = (submitted: Submitted): number[] =>
  Array.from({ length: MOST_ROWS }, (_, row) => row).filter((row) => one(submitted[`step-${row}-kind`]));

function timeOf(said: string, unit: string): Step['at'] {
  const n = said === '' ? Number.NaN : Number(said);
  switch (unit) {
    case 'days_before':
      return { workingDays: n === 0 ? 0 : -n };
    case 'days_after':
      return { workingDays: n };
    case 'days_from_start':
      return { daysFromStart: n };
    case 'hours_before':
      return { openBefore: `PT${said}H` };
    case 'minutes_before':
      return { openBefore: `PT${said}M` };
    case 'hours_after':
      return { openAfter: `PT${said}H` };
    case 'minutes_after':
      return { openAfter: `PT${said}M` };
    default:
      return { percent: n };
  }
}

const together = (parts: readonly Submitted[]): Submitted => Object.assign({}, ...parts) as Submitted;

export const one = (value: string | string[] | undefined): string =>
  String(Array.isArray(value) ? (value[0] ?? '') : (value ?? '')).trim();
export const many = (value: string | string[] | undefined): string[] => [value ?? []].flat().filter(Boolean);

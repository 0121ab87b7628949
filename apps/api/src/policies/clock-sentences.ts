import type { ClockPolicy, Party, PolicyTarget, Step } from '#libs/domain/case/clock-policy.js';
import { openDurationMs } from '#libs/domain/clock/target.js';
import { hoursText } from '#libs/i18n/remaining.js';
import type { Translate } from '#libs/i18n/translator.js';
import { TITLES } from '../cases/event-titles.js';
import { PARTY_WORDS } from '../layout/party-words.js';
import * as words from './policy-words.js';
import type { RowKey } from './policy-words.js';

/** One thing that a clock says: a heading and its sentences, in the page's language. */
export interface ClockRow {
  key: RowKey;
  label: string;
  lines: string[];
}

/** What a reader needs besides the clock: the language, and what calendars are called. */
export interface Speaking {
  _: Translate;
  calendars: ReadonlyMap<string, string>;
}

/** A clock in sentences; what it leaves open is left out. */
export function clockRows(clock: ClockPolicy, { _, calendars }: Speaking): ClockRow[] {
  const events = (types: readonly (keyof typeof TITLES)[] = []) => types.map((type) => _(TITLES[type]));
  const lines: Record<RowKey, string[]> = {
    title: [_(clock.title)],
    stage: [_(clock.stage.replaceAll('_', ' '))],
    startsOn: events(clock.startsOn),
    startsIf: clock.startsIf ? [_(words.CONDITION_WORDS[clock.startsIf])] : [],
    subjects: clock.subjects ? [_(words.SUBJECT_WORDS[clock.subjects])] : [],
    stopsOn: events(clock.stopsOn),
    endsOn: events(clock.endsOn),
    target: [targetWords(clock.target, _)],
    byPriority: Object.entries(clock.byPriority ?? {})
      .sort()
      .map(([priority, target]) => `${priority}${_(':')} ${targetWords(target, _)}`),
    calendar: [_(calendars.get(clock.calendar) ?? clock.calendar)],
    pausedBy: clock.pausedBy.length
      ? clock.pausedBy.map((reason) => _(words.PAUSE_WORDS[reason]))
      : [_('never: it always runs')],
    steps: clock.steps.map((step) => stepWords(step, _)),
    whenDue: [_(words.WHEN_DUE_WORDS[clock.whenDue]), ...heardOf(clock.breachTo, _)],
    onChange: changeWords(clock, _),
    onReopening: [_(words.REOPENING_WORDS[clock.onReopening ?? 'resume'])],
    graceUntil: clock.graceUntil ? [_(words.GRACE_WORDS[clock.graceUntil])] : [],
    rearms: clock.rearms ? [_('The next one starts at once.')] : [],
  };
  return (Object.keys(lines) as RowKey[])
    .filter((key) => lines[key].length)
    .map((key) => ({ key, label: _(words.ROW_LABELS[key]), lines: lines[key] }));
}

/** `2 working days, until the close of the day`. */
export function targetWords(target: PolicyTarget, _: Translate): string {
  if ('date' in target) return _(words.DATE_WORDS[target.date]);
  if ('on' in target) return target.on;
  if ('days' in target) return _('{n} days', { n: target.days });
  if ('open' in target) return _('{time} of open time', { time: openWords(target.open, _) });
  const days = _('{n} working days', { n: target.workingDays });
  return target.at === 'close'
    ? _('{days}, until the close of the day', { days })
    : _('{days}, until the same time of day', { days });
}

/** `Reminder, 5 working days before the deadline: the responder`. */
function stepWords({ kind, level, at, to }: Step, _: Translate): string {
  const what = level ? _('Escalation to level {level}', { level }) : _(words.KIND_WORDS[kind]);
  return _('{what}, {when}: {who}', { what, when: timeWords(at, _), who: names(to, _) });
}

function timeWords(at: Step['at'], _: Translate): string {
  if ('percent' in at) return _('when {n} % of the time are used', { n: at.percent });
  if ('openBefore' in at) {
    const time = _('{time} of open time', { time: openWords(at.openBefore, _) });
    return _('{time} before the deadline', { time });
  }
  if ('openAfter' in at) {
    const time = _('{time} of open time', { time: openWords(at.openAfter, _) });
    return _('{time} after the deadline', { time });
  }
  if ('daysFromStart' in at) return _('{time} after the start', { time: _('{n} days', { n: at.daysFromStart }) });
  if (at.workingDays === 0) return _('on the day of the deadline');
  const time = _('{n} working days', { n: Math.abs(at.workingDays) });
  return at.workingDays < 0 ? _('{time} before the deadline', { time }) : _('{time} after the deadline', { time });
}

const heardOf = (parties: readonly Party[], _: Translate): string[] =>
  parties.length ? [_('Told at once: {who}.', { who: names(parties, _) })] : [];

const names = (parties: readonly Party[], _: Translate): string =>
  parties.map((party) => _(PARTY_WORDS[party])).join(`${_(',')} `);

function changeWords({ onChange }: ClockPolicy, _: Translate): string[] {
  const said = _(words.CHANGE_WORDS[onChange?.retarget ?? 'from_start']);
  const runway = onChange?.minRunwayMs;
  if (!runway) return [said];
  const time = hoursText(runway / 1000, _);
  return [said, _('At least {time} of open time are left after the change.', { time })];
}

/** `8 h`; seconds only where somebody has promised seconds. */
function openWords(open: string, _: Translate): string {
  const seconds = openDurationMs(open) / 1000;
  return seconds % 60 ? _('{n} s', { n: seconds }) : hoursText(seconds, _);
}

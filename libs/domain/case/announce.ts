import type { Actor } from '../access/roles.js';
import { ClockForesight } from './clock-effects.js';
import type { BeforeCommand, ClockEffects } from './clock-effects.js';
import type { ClockRun } from './clock-runs.js';
import type { Verb } from './commands/index.js';
import { TRIAL_CONTEXT, trialCommands } from './trial-commands.js';

/** What a step will do to the clocks, said before it is taken. */
export interface Announcement {
  /** Whatever is chosen in the form. */
  always: ClockEffects;
  /** Besides that, for each thing that may be chosen: the field of the command and its value. */
  choices: { field: string; value: string; effects: ClockEffects }[];
}

/**
 * What each of these steps would do if this person took it now, by the rules that will decide. A step that the case would
 * refuse whatever is chosen is not in the answer.
 */
export function announce(
  verbs: readonly Verb[],
  actor: Actor,
  before: BeforeCommand,
): Partial<Record<Verb, Announcement>> {
  const foresight = new ClockForesight(before);
  const known = TRIAL_CONTEXT(before.state);
  return Object.fromEntries(
    verbs.flatMap((verb) => {
      const outcomes = trialCommands(verb, before.state, before.now).flatMap(({ command, field, value }) => {
        const effects = foresight.effectsOf(actor, command, known);
        return effects ? [{ field, value, effects }] : [];
      });
      const [first, ...others] = outcomes.map(({ effects }) => effects);
      if (!first) return [];
      const always = others.reduce((common, effects) => each(common, effects, inBoth), first);
      const choices = outcomes.flatMap(({ field, value, effects }) =>
        field !== null && value !== null ? [{ field, value, effects: each(effects, always, onlyInFirst) }] : [],
      );
      return [[verb, { always, choices }]];
    }),
  );
}

type Combine = (a: readonly ClockRun[], b: readonly ClockRun[]) => ClockRun[];
const key = ({ policy, subject, number }: ClockRun): string => `${policy.name}|${subject}|${number}`;
const inBoth: Combine = (a, b) => a.filter((run) => b.some((other) => key(other) === key(run)));
const onlyInFirst: Combine = (a, b) => a.filter((run) => !b.some((other) => key(other) === key(run)));

const each = (a: ClockEffects, b: ClockEffects, combine: Combine): ClockEffects => ({
  stops: combine(a.stops, b.stops),
  ends: combine(a.ends, b.ends),
  pauses: combine(a.pauses, b.pauses),
  resumes: combine(a.resumes, b.resumes),
  starts: combine(a.starts, b.starts),
});

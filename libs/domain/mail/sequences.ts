import type { ClockPolicy, Step } from '../case/clock-policy.js';
import type { EventType } from '../case/events.js';
import type { MailPolicy } from './mail-policy.js';

/** Something that somebody is reminded of until its reason ends. */
export type Sequence = ClockSequence | RuleSequence;

/** What a clock of a case reminds of; changed in the policy of the clocks. */
export interface ClockSequence {
  kind: 'clock';
  /** Name of the clock. */
  name: string;
  title: string;
  steps: Pick<Step, 'at' | 'to'>[];
  /** It begins again at once when it has stopped. */
  rearms: boolean;
  /** Events of a case that end it, with or without a verdict. */
  stopsWith: EventType[];
}

/** What the rules of mail remind of, outside cases. */
export interface RuleSequence {
  kind: 'rule';
  name: 'drafts' | 'offers';
  /** After the last change of a draft; before the end of an offer. */
  days: number[];
  stopsWith: ('changed' | 'discarded' | 'submitted' | 'renewed' | 'withdrawn')[];
}

/** Every sequence there is: those of the clocks in the order of a case's life, then those of the rules of mail. */
export function sequencesOf(clocks: readonly ClockPolicy[], { drafts, offers }: MailPolicy): Sequence[] {
  const ofClocks = clocks.flatMap((clock): ClockSequence[] => {
    const steps = clock.steps.filter(({ kind }) => kind === 'reminder').map(({ at, to }) => ({ at, to }));
    if (!steps.length) return [];
    const { name, title, rearms = false, stopsOn, endsOn = [] } = clock;
    return [{ kind: 'clock', name, title, steps, rearms, stopsWith: [...stopsOn, ...endsOn] }];
  });
  return [
    ...ofClocks,
    { kind: 'rule', name: 'drafts', days: drafts.idleDays, stopsWith: ['changed', 'discarded', 'submitted'] },
    { kind: 'rule', name: 'offers', days: offers.daysBefore, stopsWith: ['renewed', 'withdrawn'] },
  ];
}

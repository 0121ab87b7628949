import type { ExplainedCase } from '#libs/case-reading/case-facts.js';
import type { ClockExplanation } from '#libs/case-reading/clock-explanations.js';
import { ESCALATED, TITLES } from './event-titles.js';
import { PARTY_WORDS } from '../layout/party-words.js';

const BEFORE = ['warning', 'reminder'];

/** The sentences of sla.md 2.1 on which each form of a target rests. */
export const TARGET_RULES = {
  open: 'Only time within the opening hours counts.',
  on: 'Due at the closing of that date, or of the next one on which a window opens.',
  days: 'The date of the start is not counted; due at the closing of the last date.',
  workingDays: 'The date of the start is not counted; a working day is a date on which a window opens.',
};

const targetRule = ({ target }: ClockExplanation): string =>
  TARGET_RULES['open' in target ? 'open' : 'on' in target ? 'on' : 'days' in target ? 'days' : 'workingDays'];

/** A cycle with its steps told apart: those before the deadline, and those at it and after it. */
function cycleOf(clock: ClockExplanation) {
  const due = clock.steps.find(({ id }) => id === 'due')?.at ?? '9';
  const isBefore = ({ kind, at }: ClockExplanation['steps'][number]) => BEFORE.includes(kind) && at <= due;
  return {
    ...clock,
    id: cycleId(clock),
    rule: targetRule(clock),
    before: clock.steps.filter(isBefore),
    after: clock.steps.filter((step) => !isBefore(step)),
    moved: clock.firstDueAt !== null && clock.dueAt !== null && clock.firstDueAt !== clock.dueAt,
  };
}

/** The place of a cycle on the page of its clock. */
export const cycleId = ({ subject = '', cycle }: { subject?: string; cycle: number }): string =>
  `cycle-${subject ? `${subject}-` : ''}${cycle}`;

/** Why the deadlines of a clock are what they are, the newest cycle first. */
export function explanationPage({ view, items }: ExplainedCase, name: string) {
  return {
    title: 'Why is it due then?',
    view,
    name,
    clocks: items.map(cycleOf).reverse(),
    titles: TITLES,
    escalated: ESCALATED,
    parties: PARTY_WORDS,
    dense: true,
  };
}

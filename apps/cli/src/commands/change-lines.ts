import type { CycleChange, Standing } from '#libs/domain/case/clock-standing.js';
import { directionOf } from '#libs/domain/case/clock-standing.js';
import { formatShort } from '#libs/i18n/dates.js';
import type { CaseChange, WhatIfResult } from '#libs/rule-book/what-if.js';

/** `1,240 cases looked at, 14 changes on 9 of them: 12 deadlines later, 2 earlier, 1 verdict` */
export function summaryOf({ lookedAt, cases, changes, later, earlier, verdicts }: WhatIfResult): string {
  const count = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
  const kinds = `${count(later, 'deadline')} later, ${earlier.toLocaleString('en')} earlier, ${count(verdicts, 'verdict')}`;
  return `${count(lookedAt, 'case')} looked at, ${count(changes.length, 'change')} on ${cases.toLocaleString('en')} of them: ${kinds}`;
}

/** A change as one line of a table: reference, clock, before → after, what changes. */
export function changeLine(change: CaseChange): string {
  const { reference, clock, subjectName, cycle } = change;
  const name = [clock, ...(subjectName ? [subjectName] : []), ...(cycle > 1 ? [`cycle ${cycle}`] : [])].join(', ');
  return [
    reference.padEnd(18),
    name.padEnd(22),
    `${sideOf(change.before)} -> ${sideOf(change.after)}`,
    whatChanges(change),
  ].join('  ');
}

const sideOf = (standing: Standing | null): string => {
  if (!standing) return 'no such cycle';
  return `${standing.state}${standing.dueAt === null ? '' : ` ${formatShort(standing.dueAt, 'en')}`}`;
};

const whatChanges = (change: CycleChange): string =>
  change.kinds.map((kind) => (kind === 'deadline' ? (directionOf(change) ?? kind) : kind)).join(', ');

/** The same for programs: instants as ISO 8601. */
export const changeData = ({ before, after, ...change }: CaseChange) => ({
  ...change,
  before: standingData(before),
  after: standingData(after),
});

const standingData = (standing: Standing | null) =>
  standing && { ...standing, dueAt: iso(standing.dueAt), breachedAt: iso(standing.breachedAt) };

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The whole result for programs. */
export const resultData = ({ at, changes, ...sums }: WhatIfResult) => ({
  at: new Date(at).toISOString(),
  ...sums,
  changes: changes.map(changeData),
});

/** Tells of progress at most once a second. */
export function progressTo(say: (line: string) => void) {
  let said = Date.now();
  return ({ done, total }: { done: number; total: number }): void => {
    if (Date.now() - said < 1_000) return;
    said = Date.now();
    say(`${done.toLocaleString('en')} of ${total.toLocaleString('en')} cases`);
  };
}

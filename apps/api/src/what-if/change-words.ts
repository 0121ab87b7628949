import { directionOf } from '#libs/domain/case/clock-standing.js';
import type { CycleChange, Standing } from '#libs/domain/case/clock-standing.js';
import type { Translate } from '#libs/i18n/translator.js';
import type { CaseChange } from '#libs/rule-book/what-if.js';

export const FILTERS = ['all', 'deadlines', 'verdicts'] as const;
export type Filter = (typeof FILTERS)[number];

export const isShown = ({ kinds }: CycleChange, filter: Filter): boolean =>
  filter === 'all' || kinds.includes(filter === 'deadlines' ? 'deadline' : 'verdict');

/** What differs, as people say it. */
export function changeWords(change: CycleChange, _: Translate): string[] {
  const { before, after, kinds } = change;
  return kinds.flatMap((kind) => {
    if (kind === 'appears') return [_('A cycle more')];
    if (kind === 'vanishes') return [_('No such cycle')];
    if (kind === 'target') return [_('Another promise')];
    if (kind === 'deadline') return [deadlineWords(change, _)];
    if (kind === 'breach') return before?.breachedAt && after?.breachedAt ? [_('Late from another time on')] : [];
    return before && after ? [`${stateWord(before, _)} → ${stateWord(after, _)}`] : [];
  });
}

function deadlineWords(change: CycleChange, _: Translate): string {
  const direction = directionOf(change);
  if (direction) return direction === 'later' ? _('Due later') : _('Due earlier');
  return change.after?.dueAt == null ? _('No deadline any more') : _('A deadline now');
}

/** Where a cycle stands, in one word. */
export function stateWord({ state }: Standing, _: Translate): string {
  switch (state) {
    case 'running':
      return _('Running');
    case 'paused':
      return _('Paused');
    case 'met':
      return _('Met');
    case 'breached':
      return _('Late');
    case 'stopped':
      return _('Stopped');
  }
}

/** A row of the table. Who works on no cases learns of no State (`product.md`, confidentiality). */
export function changeRow(change: CaseChange, showsCases: boolean, _: Translate) {
  const { reference, stateName, stateTimezone, title, subjectName, cycle, before, after } = change;
  const side = (standing: Standing | null) =>
    standing && { state: stateWord(standing, _), dueAt: standing.dueAt === null ? null : iso(standing.dueAt) };
  return {
    reference,
    title,
    cycle,
    stateName: showsCases ? stateName : null,
    zone: showsCases ? stateTimezone : null,
    subjectName: showsCases ? subjectName : '',
    before: side(before),
    after: side(after),
    words: changeWords(change, _),
  };
}

const iso = (at: number): string => new Date(at).toISOString();

const COLUMNS = [
  'reference',
  'state',
  'clock',
  'subject',
  'cycle',
  'state_before',
  'due_before',
  'state_after',
  'due_after',
  'changes',
];

/** The rows of a spreadsheet: the same columns for everybody, empty where one may not know. */
export function changeTable(changes: readonly CaseChange[], showsCases: boolean): string[][] {
  const side = (standing: Standing | null) =>
    standing ? [standing.state, standing.dueAt === null ? '' : iso(standing.dueAt)] : ['', ''];
  const rows = changes.map((change) => [
    change.reference,
    showsCases ? change.stateName : '',
    change.clock,
    showsCases ? change.subjectName : '',
    String(change.cycle),
    ...side(change.before),
    ...side(change.after),
    change.kinds.join(' '),
  ]);
  return [COLUMNS, ...rows];
}

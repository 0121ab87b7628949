import type { CaseListItem } from '#libs/case-reading/case-list.js';
import { csvText } from '../layout/csv.js';

const COLUMNS = [
  'reference',
  'state',
  'stage',
  'side_state',
  'priority',
  'owner',
  'clock',
  'due_at',
  'next_step',
  'touched_at',
  'to_call',
];

/** What is on the screen, for a spreadsheet. */
export function csvOf(items: readonly CaseListItem[]): string {
  const rows = items.map((item) => [
    item.reference,
    item.stateName,
    item.stage,
    item.sideState ?? '',
    item.priority ?? '',
    item.owner?.name ?? '',
    item.nearest?.title ?? '',
    item.nearest?.dueAt ?? '',
    item.nextStep ?? '',
    item.touchedAt,
    item.calls.map(({ organisation }) => organisation?.name ?? item.stateName).join('; '),
  ]);
  return csvText([COLUMNS, ...rows]);
}

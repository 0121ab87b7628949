import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import { clockRows } from './clock-sentences.js';
import type { ClockRow, Speaking } from './clock-sentences.js';
import type { RowKey } from './policy-words.js';

export interface ClockDifference {
  name: string;
  title: string;
  kind: 'added' | 'removed' | 'changed';
  /** What it says differently; empty for a clock that is new or gone. */
  rows: { key: RowKey; label: string; before: string[]; after: string[] }[];
}

/** What sets one version of the policy apart from another, clock by clock and sentence by sentence. */
export function differences(
  before: readonly ClockPolicy[],
  after: readonly ClockPolicy[],
  speaking: Speaking,
): ClockDifference[] {
  const was = new Map(before.map((clock) => [clock.name, clock]));
  const is = new Set(after.map(({ name }) => name));
  const title = ({ title: words }: ClockPolicy) => speaking._(words);
  const changed = after.flatMap((clock): ClockDifference[] => {
    const earlier = was.get(clock.name);
    if (!earlier) return [{ name: clock.name, title: title(clock), kind: 'added', rows: [] }];
    const rows = changedRows(clockRows(earlier, speaking), clockRows(clock, speaking));
    return rows.length ? [{ name: clock.name, title: title(clock), kind: 'changed', rows }] : [];
  });
  const gone = before
    .filter(({ name }) => !is.has(name))
    .map((clock): ClockDifference => ({ name: clock.name, title: title(clock), kind: 'removed', rows: [] }));
  return [...changed, ...gone];
}

function changedRows(before: readonly ClockRow[], after: readonly ClockRow[]): ClockDifference['rows'] {
  const rows = new Map([...before, ...after].map((row) => [row.key, row]));
  return [...rows.values()].flatMap(({ key, label }) => {
    const [was, is] = [before, after].map((side) => side.find((row) => row.key === key)?.lines ?? []) as [
      string[],
      string[],
    ];
    return was.join('\n') === is.join('\n') ? [] : [{ key, label, before: was, after: is }];
  });
}

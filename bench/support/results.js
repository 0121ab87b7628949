// How results are checked and shown: the same table on the terminal and in docs/benchmarks.md.

/** A run whose counts do not match is void, whatever its figures. `detail` says what was seen instead. */
export const check = (what, got, wanted, detail) => ({
  what,
  got,
  wanted,
  ok: got === wanted,
  ...(detail && { detail }),
});

export const isVoid = ({ checks }) => checks.some(({ ok }) => !ok);

/** @param {readonly string[]} head @param {readonly (readonly (string | number)[])[]} rows; columns after the first are figures */
export function markdown(head, rows) {
  const texts = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...texts.map((row) => row[column].length), 3));
  const line = (row) =>
    `| ${row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [line(texts[0]), rule, ...texts.slice(1).map(line)].join('\n');
}

/** Three figures are as much as a shared clock is worth. */
export function figure(value) {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 0.01))));
  return value.toFixed(Math.min(2, digits));
}

/** `median (min–max)` over the rounds. */
export const range = ({ median, min, max }) => `${figure(median)} (${figure(min)}–${figure(max)})`;

/** @param {ReturnType<typeof import('./machine.js').describeMachine>} machine */
export const machineLines = (machine, load) => [
  `Node ${machine.node}, Temporal development server ${machine.temporalServer} (CLI ${machine.temporalCli}, SQLite), ` +
    `PostgreSQL ${machine.postgres} (fsync ${machine.fsync}), ${machine.platform};`,
  `${machine.cpu}, ${machine.cpus} CPUs, ${machine.memoryGiB} GiB; fdatasync of a page ${machine.fdatasyncUs} µs; ` +
    `load average ${load.start} at the start, ${load.end} at the end.`,
];

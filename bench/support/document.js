// docs/benchmarks.md, made from the JSON beside it and from nothing else.
import * as sections from './sections.js';
import { isVoid, machineLines } from './results.js';

const INTRODUCTION = `Made by \`npm run bench\`; not edited by hand. Every figure stands beside a peer or a floor that was measured in the same run
on the same servers, because only ratios survive a change of machine. Rows that we lose are kept. PostgreSQL ran with fsync on; Temporal was
the development server of the trial (one shard, SQLite), so its rates are a lower bound for a production cluster.`;

/** @param {object} report as written to benchmarks.json */
export function document({ at, size, seconds, machine, load, results }) {
  const parts = Object.entries(results).map(([name, result]) => section(sections[name], result));
  const note =
    size === 'quick' ? ['**A quick run: it shows that everything works; its figures mean nothing.**', ''] : [];
  return [
    '# Benchmarks',
    '',
    INTRODUCTION,
    '',
    ...note,
    `Run of ${at.slice(0, 10)}, ${seconds} s.`,
    ...machineLines(machine, load),
    '',
    ...parts,
  ].join('\n');
}

function section({ title, body }, result) {
  const { checks, alone } = result;
  const place = alone ? [...measuredAlone(alone), ''] : [];
  const verdict = isVoid(result)
    ? ['**Void: the counts do not match, so the figures below mean nothing.**', '']
    : [`Checked: ${checks.map(({ what, got }) => `${what}: ${got}`).join('; ')}.`, ''];
  const wrong = checks
    .filter(({ ok }) => !ok)
    .map(({ what, got, wanted, detail }) => `- ${what}: ${got} instead of ${wanted}${detail ? ` (${detail})` : ''}`);
  return [`## ${title}`, '', ...place, ...verdict, ...wrong, ...(wrong.length ? [''] : []), body(result), ''].join(
    '\n',
  );
}

/** A section that was renewed without the others says when, and on what. */
const measuredAlone = ({ at, seconds, machine, load }) => [
  `Renewed alone on ${at.slice(0, 10)}, ${seconds} s.`,
  ...machineLines(machine, load),
];

// npm run bench [-- NAME…] [--quick]: measures, checks the counts, and writes what was measured in full to docs/benchmarks.*.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { catchInterrupts, interrupted } from '../apps/standalone/interrupts.js';
import { CACHE, ROOT } from '../apps/standalone/settings.js';
import { document } from './support/document.js';
import { describeMachine, load } from './support/machine.js';
import { isVoid } from './support/results.js';
import { renewed } from './support/renewed.js';
import { Stage } from './support/stage.js';

const BENCHES = ['counts', 'commands', 'timers', 'deadlines', 'what-if', 'mail'];
const USAGE = `npm run bench [-- ${BENCHES.join('|')}…] [--quick]`;

catchInterrupts(() => process.exit(130));
process.exit(await main(process.argv.slice(2)).catch(failed));

function failed(error) {
  process.stderr.write(interrupted.aborted ? 'interrupted\n' : `${error?.stack ?? error}\n`);
  return interrupted.aborted ? 130 : 1;
}

async function main(args) {
  const names = args.filter((arg) => arg !== '--quick');
  if (names.some((name) => !BENCHES.includes(name))) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const size = args.includes('--quick') ? 'quick' : 'full';
  const report = await measure(names.length ? names : BENCHES, size);
  process.stdout.write(`\n${document(report)}`);
  await write(report, size === 'full');
  return Object.values(report.results).some(isVoid) ? 1 : 0;
}

async function measure(names, size) {
  const start = { at: new Date().toISOString(), load: load(), since: Date.now() };
  const say = (name) => (text) => process.stderr.write(`${name.padEnd(9)}  ${text}\n`);
  say('bench')('starting PostgreSQL and Temporal');
  const stage = await Stage.build(interrupted);
  try {
    const machine = await describeMachine(stage);
    const results = {};
    for (const name of names) {
      const { run } = await import(`./${name}.bench.js`);
      results[name] = await unlessInterrupted(run(stage, { size, say: say(name) }));
      await stage.endProcesses();
    }
    const seconds = Math.round((Date.now() - start.since) / 1000);
    return { at: start.at, size, seconds, machine, load: { start: start.load, end: load() }, results };
  } finally {
    say('bench')('stopping everything');
    await stage.stop();
  }
}

/** What is still being measured is given up at the first Ctrl-C; the servers are then stopped in order. */
function unlessInterrupted(work) {
  const stopped = new Promise((_, fail) => {
    if (interrupted.aborted) fail(interrupted.reason);
    interrupted.addEventListener('abort', () => fail(interrupted.reason), { once: true });
  });
  return Promise.race([work, stopped]);
}

/** The committed files change only by what was measured at full size, void or not: a void section says so itself. */
async function write(report, full) {
  const folder = full ? join(ROOT, 'docs') : join(CACHE, 'bench');
  const whole = full ? renewed(readReport(join(folder, 'benchmarks.json')), report, BENCHES) : report;
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of [
    ['benchmarks.md', document(whole)],
    ['benchmarks.json', JSON.stringify(whole)],
  ]) {
    const file = join(folder, name);
    const style = await resolveConfig(join(ROOT, 'docs', name));
    writeFileSync(file, await format(content, { ...style, filepath: file }));
  }
  process.stderr.write(`written to ${full ? 'docs' : '.cache/bench'}/benchmarks.md and .json\n`);
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

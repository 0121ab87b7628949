// npm start: the whole system on one machine, for trial and demonstration, and its clean end.
import './node-version.js';
import { makeDataFolder, resetDataFolder } from './data-folder.js';
import { catchInterrupts, interrupted } from './interrupts.js';
import { RunFile } from './run-file.js';
import { PORTS, readSettings, ROOT } from './settings.js';
import { setUp } from './setup.js';
import { summary } from './summary.js';
import { Supervisor } from './supervisor.js';
import { complain, print, Problem, say, seconds } from './terminal.js';
import { Trial } from './trial.js';

const USAGE = `npm start [-- --reset [--yes]]

Starts the whole system on this machine. --reset deletes the data of the trial first.
Settings (environment): ${PORTS.map(([name, preset]) => `${name}=${preset}`).join(', ')},
ACTION48_DATA=.action48, PUBLIC_URL, LOG_LEVEL=warn; DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL for parts of your own.`;

const since = Date.now();
process.chdir(ROOT);
process.exit(await main(process.argv.slice(2)));

async function main(args) {
  const unknown = args.filter((arg) => !['--reset', '--yes', '--help'].includes(arg));
  if (unknown.length || args.includes('--help')) {
    print(unknown.length ? `Unknown: ${unknown.join(' ')}\n\n${USAGE}` : USAGE);
    return unknown.length ? 2 : 0;
  }
  try {
    return await runTrial(readSettings(), args);
  } catch (error) {
    complain(error);
    return 1;
  }
}

async function runTrial(settings, args) {
  const runFile = new RunFile(settings.data);
  runFile.refuseSecondLauncher();
  let giveUp;
  const givenUp = new Promise((done) => (giveUp = done));
  const supervisor = new Supervisor({ runFile, onGivenUp: giveUp });
  catchInterrupts(() => {
    supervisor.kill();
    process.exit(130);
  });
  const code = await untilStopped(async () => {
    await prepare(settings, runFile, args);
    announce(settings, await new Trial(settings, supervisor).bringUp());
    interrupted.throwIfAborted();
    const lost = await Promise.race([givenUp, untilInterrupted()]);
    if (lost) throw new Problem(`${lost} does not stay up.`, `read ${settings.data}/logs/${lost}.log`);
  });
  await supervisor.stop();
  if (runFile.release()) say('stopped', 'everything');
  return code;
}

async function untilStopped(work) {
  try {
    await work();
    return 0;
  } catch (error) {
    if (interrupted.aborted) return 0;
    complain(error);
    return 1;
  }
}

async function prepare(settings, runFile, args) {
  makeDataFolder(settings.data);
  runFile.claim();
  await runFile.clearLeftovers();
  if (args.includes('--reset')) {
    await resetDataFolder(settings.data, { yes: args.includes('--yes') });
    makeDataFolder(settings.data);
    runFile.claim();
  }
  await setUp();
}

function announce(settings, addresses) {
  print(summary(settings, addresses));
  print(`\nEverything started in ${seconds(since)}. Ctrl-C stops it; the data stays.\n`);
  print(`Action48 is ready: ${settings.publicUrl}`);
}

function untilInterrupted() {
  return new Promise((done) => interrupted.addEventListener('abort', () => done(), { once: true }));
}

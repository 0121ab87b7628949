// What a draft rule would change, asked over many cases: the whole of their logs is read and every clock computed twice.
import { performance } from 'node:perf_hooks';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { DELIVERED_CLOCKS } from '#libs/domain/case/delivered-policy.js';
import { deedsUntil, USUAL_WAY } from '#libs/demo/journey.js';
import { streamCases } from '#libs/case-reading/case-stream.js';
import { runWhatIf } from '#libs/rule-book/what-if.js';
import { Cases } from './support/cases.js';
import { check } from './support/results.js';

const CASES = { quick: 200, full: 10_000 };
const OPENED = Date.parse('2026-03-02T09:00:00Z');
const DAY_MS = 86_400_000;
/** As of which the clocks are read: many cases are open, some are late. */
const NOW = OPENED + 150 * DAY_MS;
const NEEDS = ['drafting', 'penal_sanctions'];

/** @param {import('./support/stage.js').Stage} stage */
export async function run(stage, { size, say }) {
  const count = CASES[size];
  say(`${count} cases`);
  const system = await stage.system('whatif');
  const { manager } = system.dataSource;
  await liveModels(new Cases(system));
  await multiply(manager, count);
  const [{ events }] = await manager.query('SELECT count(*)::int AS events FROM case_event');
  const reading = await readOnly(manager);
  const rows = [];
  for (const { what, draft, question } of questions()) {
    say(`${what}, ${question}`);
    rows.push({ what, question, ...(await measure(system, draft, question)) });
  }
  const same = rows.filter(({ what }) => what.startsWith('rules in force')).map(({ changes }) => changes);
  return {
    count,
    events,
    reading,
    rows,
    checks: [
      check('cases', rows[0].lookedAt, count),
      check('changes of the rules in force against themselves', Math.max(...same), 0),
      check(
        'every other draft changes something',
        rows.every(({ what, changes }) => changes > 0 || what.startsWith('rules')),
        true,
      ),
    ],
  };
}

function questions() {
  const holidays = [...GENEVA.holidays, '2026-05-15', '2026-08-03', '2026-09-07', '2026-10-05'];
  const drafts = [
    { what: 'four holidays more in Geneva', draft: { calendar: { ...GENEVA, holidays } } },
    { what: 'every promise in working days one day shorter', draft: { clocks: DELIVERED_CLOCKS.map(shorter) } },
  ];
  const same = { what: 'rules in force against themselves', draft: { clocks: DELIVERED_CLOCKS } };
  return [...drafts, same].flatMap((one) => ['always', 'from_now'].map((question) => ({ ...one, question })));
}

function shorter(clock) {
  const { workingDays } = clock.target;
  return workingDays > 1 ? { ...clock, target: { ...clock.target, workingDays: workingDays - 1 } } : clock;
}

/** The floor: every log is read and parsed, and nothing computed. */
async function readOnly(manager) {
  const from = performance.now();
  let events = 0;
  for await (const { log } of streamCases(manager)) events += log.length;
  return { events, ms: performance.now() - from };
}

async function measure({ dataSource }, draft, question) {
  const from = performance.now();
  const cpu = process.cpuUsage();
  const { lookedAt, changes } = await runWhatIf(dataSource, draft, question, { now: NOW });
  const ms = performance.now() - from;
  return {
    lookedAt,
    changes: changes.length,
    ms,
    perSecond: (lookedAt / ms) * 1000,
    cpuMs: (({ user, system }) => (user + system) / 1000)(process.cpuUsage(cpu)),
    rssMiB: process.memoryUsage.rss() / 2 ** 20,
  };
}

/** One case for each milestone of the usual way, lived through in the case store, clocks and all. */
async function liveModels(cases) {
  const opened = await cases.open(USUAL_WAY.map((_, index) => OPENED + index * DAY_MS));
  for (const [index, { caseId }] of opened.entries()) {
    const openedAt = OPENED + index * DAY_MS;
    for (const { day, who, command } of deedsUntil(USUAL_WAY[index], NEEDS, openedAt, 'coordinator')) {
      const at = openedAt + day * DAY_MS + 3_600_000;
      await cases.store.wake(caseId, at);
      const [{ state }] = await cases.manager.query('SELECT state FROM assistance_case WHERE id = $1', [caseId]);
      const order = typeof command === 'function' ? command(state, []) : command;
      await cases.act(who === 'requester' ? 'bravia' : who, caseId, order, at);
    }
    await cases.store.wake(caseId, NOW);
  }
}

/** The models again and again, each some minutes later than the one before, until there are as many cases as are wanted. */
async function multiply(manager, count) {
  const copies = `CREATE TEMP TABLE copy AS
    SELECT c.id AS model, gen_random_uuid() AS id, n, (n * interval '7 minutes') AS later
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS r FROM assistance_case) c
    CROSS JOIN generate_series(1, ceil($1::float8 / ${USUAL_WAY.length})::int) n ORDER BY n, c.r LIMIT $1`;
  await manager.transaction(async (tx) => {
    await tx.query(copies, [count - USUAL_WAY.length]);
    const columns = await tx.query(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'assistance_case'
       AND column_name NOT IN ('id', 'reference')`,
    );
    const [into, from] = ['', 'm.'].map((of) => columns.map(({ name }) => `${of}"${name}"`).join(', '));
    await tx.query(
      `INSERT INTO assistance_case (id, reference, ${into})
       SELECT copy.id, 'BENCH-' || row_number() OVER (), ${from}
       FROM copy JOIN assistance_case m ON m.id = copy.model`,
    );
    await tx.query(
      `INSERT INTO case_event (case_id, version, type, effective_at, recorded_at, actor_id, body, previous_hash, hash)
       SELECT copy.id, e.version, e.type, e.effective_at + later, e.recorded_at + later, e.actor_id, e.body, e.previous_hash, e.hash
       FROM copy JOIN case_event e ON e.case_id = copy.model`,
    );
  });
  await manager.query('ANALYZE');
}

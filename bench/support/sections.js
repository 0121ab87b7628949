// One section of docs/benchmarks.md for each benchmark.
import { figure, markdown, range } from './results.js';

export { deadlines } from './deadlines-section.js';
export { mail } from './mail-section.js';
export { whatIf as 'what-if' } from './what-if-section.js';

export const commands = {
  title: 'Commands per second and waiting time',
  body: ({ rounds, windowMs, cases, rows }) => {
    const load = ({ clients, arrivalsPerSecond }) =>
      clients ? `${clients} client${clients > 1 ? 's' : ''}` : `${arrivalsPerSecond} arrivals/s`;
    const table = markdown(
      ['Arm', 'Load', 'Per second', 'p50 ms', 'p99 ms', 'Rate to bare', 'p50 to bare', 'Calls'],
      rows.map((row) => [
        row.arm,
        load(row),
        range(row.perSecond),
        range(row.p50),
        range(row.p99),
        row.toBare ? (row.toBare.rate ? `× ${range(row.toBare.rate)}` : '–') : '1',
        row.toBare ? `× ${range(row.toBare.p50)}` : '1',
        row.calls,
      ]),
    );
    return `${table}

Median over ${rounds} rounds of ${windowMs / 1000} s, arms in turns; least and most in brackets; the ratios are taken round by round. Real API and worker processes, \`add-note\` on ${cases} cases in turn: session,
rights, reading the case, the received command, the update, the case transaction, the answer. The floor is \`executeUpdate\` under the same name on as
many workflows that do nothing, on a worker with the same settings. With clients, each sends its next call when the last is answered; with arrivals, the
rate is fixed and waiting counts from the instant at which a call was meant to be sent.`;
  },
};

export const timers = {
  title: 'Lateness of timers',
  body: ({ scenes }) => {
    const table = markdown(
      ['Arm', 'Timers', 'p50 ms', 'p99 ms', 'Max ms', 'Missed', 'Twice'],
      scenes.flatMap(({ name, count, overMs, rows }) =>
        rows.map(({ arm, p50, p99, max, missed, twice }) => [
          `${name}: ${arm}`,
          `${count} over ${overMs / 1000} s`,
          figure(p50),
          figure(p99),
          figure(max),
          missed,
          twice,
        ]),
      ),
    );
    const rates = scenes.map(({ name, perSecond }) => `${name} ${figure(perSecond)}/s`).join(', ');
    return `${table}

Real case timers: the warning of the acknowledgement clock, recorded by the worker with its mail. *Written* is when PostgreSQL took the row in
(its own clock); *recorded_at* is when the workflow saw the timer. The polls mark what is due with one statement and do nothing for any
case, which flatters them; the same run, the same due times, the same server. Rung on average: ${rates}. The burst asks
for more than a two-core machine was first seen to drain (35 to 50/s); where it does not keep up, lateness is backlog.`;
  },
};

export const counts = {
  title: 'What one step and one whole case cost',
  body: ({ rows, whole }) => {
    const table = markdown(
      ['Step', 'History events', 'With a regular activity', 'Durable commits', 'SQL statements'],
      rows.map(({ what, events, peerEvents, commits, statements }) => [what, events, peerEvents, commits, statements]),
    );
    return `${table}

Events from the server's history, beside the same step in a workflow that uses a regular activity. Commits and statements of our
PostgreSQL from its own log, every process counted, background work left out; a statement includes BEGIN and COMMIT. Temporal's
own commits go to its own store and are not counted here.

One whole case, from the request to the end of its last follow-up: ${whole.days} days, ${whole.commands} commands, ${whole.timersFired} fired timers,
**${whole.events} history events in ${whole.runs} runs**, ${whole.caseEvents} case events, ${whole.mails} mails in the ledger, ${whole.breaches} breaches, ${whole.commits} durable commits.`;
  },
};

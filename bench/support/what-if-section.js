import { figure, markdown } from './results.js';

const QUESTIONS = { always: 'had it always been so', from_now: 'published now' };

/** What a draft rule would change, over many cases. */
export const whatIf = {
  title: 'What a draft would change, asked over all cases',
  body: ({ count, events, reading, rows }) => {
    const table = markdown(
      [
        'Draft',
        'Question',
        'Seconds',
        'CPU seconds',
        'Cases per second',
        'Times reading alone',
        'Cases looked at',
        'Changes',
      ],
      rows.map(({ what, question, ms, cpuMs, perSecond, lookedAt, changes }) => [
        what,
        QUESTIONS[question],
        figure(ms / 1000),
        figure(cpuMs / 1000),
        Math.round(perSecond),
        figure(ms / reading.ms),
        lookedAt,
        changes,
      ]),
    );
    return `${table}

${count} cases with ${events} events in PostgreSQL, on one core: each milestone of the usual way lived through in the case store, then copied at
other times. Every log is read and every clock of a case computed under both rules. The floor is the same reading without any
computing: ${figure(reading.ms / 1000)} s. Memory of the process at the end: ${Math.round(rows.at(-1).rssMiB)} MiB. Target: under 30 s.`;
  },
};

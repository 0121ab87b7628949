// How many mails a second the mailer sends, beside nodemailer alone and with the least of a ledger, and how long an urgent
// mail waits when ten thousand others are due.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { composed, marked, pump, pumpOn, raw } from './support/mail-arms.js';
import { MailLedgerFull } from './support/mail-ledger.js';
import { check } from './support/results.js';
import { ratios, spread } from './support/statistics.js';

const ROUNDS = { full: 5, quick: 2 };
const MAILS = { full: 3_000, quick: 200 };
/** Every mail makes a connection of its own: fewer are enough. */
const UNPOOLED = 10;
const BURST = { full: 10_000, quick: 2_000 };
const [RAW, MARKED, PUMP, NO_POOL] = [
  'nodemailer, pooled',
  'the same, claimed and marked in PostgreSQL',
  'the mailer',
  'nodemailer, no pool',
];

/** @param {import('./support/stage.js').Stage} stage */
export async function run(stage, { size, say }) {
  const system = await stage.system('mail');
  const sink = await Sink.start();
  const ledger = await MailLedgerFull.of(system);
  const place = { ledger, url: sink.url, databaseUrl: system.url, dataSource: system.dataSource };
  try {
    const { rows, checks } = await compare(place, sink, { size, say });
    say('the burst');
    const burst = await burstOf(place, sink, BURST[size]);
    return { rounds: ROUNDS[size], mails: MAILS[size], rows, burst, checks: [...checks, ...burst.checks] };
  } finally {
    sink.stop();
  }
}

async function compare(place, sink, { size, say }) {
  const arms = [
    [RAW, (all) => raw(all)],
    [MARKED, marked],
    [PUMP, pump],
    [NO_POOL, (all) => raw({ ...all, messages: all.messages.slice(0, all.messages.length / UNPOOLED) }, false)],
  ];
  const perSecond = Object.fromEntries(arms.map(([name]) => [name, []]));
  const counts = Object.fromEntries(arms.map(([name]) => [name, { lost: 0, twice: 0 }]));
  for (let round = -1; round < ROUNDS[size]; round += 1) {
    say(round < 0 ? 'warming up' : `round ${round + 1}`);
    const turned = [...arms.slice((round + 1) % arms.length), ...arms.slice(0, (round + 1) % arms.length)];
    for (const [name, send] of turned) {
      await place.ledger.fill(MAILS[size]);
      const ms = await send({ ...place, messages: composed(await place.ledger.rows()) });
      const sent = name === NO_POOL ? MAILS[size] / UNPOOLED : MAILS[size];
      const { keys, twice } = await sink.ask('counts');
      counts[name].lost += sent - keys;
      counts[name].twice += twice;
      if (round >= 0) perSecond[name].push((sent * 1000) / ms);
    }
  }
  return {
    rows: arms.map(([arm]) => ({
      arm,
      perSecond: spread(perSecond[arm]),
      toRaw: spread(ratios(perSecond[arm], perSecond[RAW])),
      ...counts[arm],
    })),
    checks: arms.flatMap(([arm]) => [
      check(`${arm}: lost`, counts[arm].lost, 0),
      check(`${arm}: twice`, counts[arm].twice, 0),
    ]),
  };
}

/** Everything is due at one instant; when half of it has gone, somebody writes an urgent mail. */
async function burstOf({ ledger, ...place }, sink, count) {
  await ledger.fill(count);
  const mailer = pumpOn(place);
  const since = Date.now();
  mailer.start();
  while ((await ledger.inState('sent')) < count / 2) await sleep(20);
  const writtenAt = Date.now();
  const id = await ledger.urgent();
  while ((await ledger.inState('sent')) < count + 1) await sleep(20);
  const { of, last } = await sink.ask('times', id);
  await mailer.stop();
  const { keys, twice } = await sink.ask('counts');
  return {
    count,
    drainMs: last - since,
    leftMs: last - writtenAt,
    urgentMs: of[0] - writtenAt,
    checks: [
      check('burst: lost', count + 1 - keys, 0),
      check('burst: twice', twice, 0),
      check('burst: urgent before the last of the others', of[0] < last, true),
    ],
  };
}

class Sink {
  static async start() {
    const self = new Sink();
    self.child = fork(fileURLToPath(new URL('./support/mail-sink.js', import.meta.url)));
    const [{ port }] = await once(self.child, 'message');
    self.url = `smtp://127.0.0.1:${port}`;
    return self;
  }

  async ask(ask, key) {
    const answer = once(this.child, 'message');
    this.child.send({ ask, key });
    return (await answer)[0];
  }

  stop = () => this.child.kill();
}

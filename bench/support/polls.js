// The peer of a timer: a job that looks every so often at what has fallen due. One statement marks all of it, and no work
// is done for any case: the least that such a job can cost, over the same due times on the same server.
import pg from 'pg';

const TABLE = `CREATE TABLE bench_poll_due (
  poll text NOT NULL, case_id uuid NOT NULL, due_at timestamptz NOT NULL, fired_at timestamptz, fired integer NOT NULL DEFAULT 0,
  PRIMARY KEY (poll, case_id))`;
const INDEX = 'CREATE INDEX bench_poll_due_idx ON bench_poll_due (poll, due_at) WHERE fired_at IS NULL';
const FIRE = `UPDATE bench_poll_due SET fired_at = clock_timestamp(), fired = fired + 1
  WHERE poll = $1 AND fired_at IS NULL AND due_at <= now()`;
const COPY = `INSERT INTO bench_poll_due (poll, case_id, due_at)
  SELECT $1, id, next_wake_at - make_interval(secs => $2 / 1000.0) FROM assistance_case
  WHERE id = ANY ($3)`;

export class Polls {
  #timers = [];

  /** @param {readonly { name: string, everyMs: number }[]} polls @param {readonly { caseId: string }[]} cases */
  static async of(url, polls, cases, offsetMs) {
    const self = new Polls();
    self.polls = polls;
    self.client = new pg.Client(url);
    self.client.on('error', () => undefined); // an interrupted run stops PostgreSQL under it
    await self.client.connect();
    for (const statement of [TABLE, INDEX]) await self.client.query(statement);
    const ids = cases.map(({ caseId }) => caseId);
    for (const { name } of polls) await self.client.query(COPY, [name, offsetMs, ids]);
    return self;
  }

  /** Each poll first looks half its period after `from` (epoch ms), as chance would have it on average. */
  start(from) {
    for (const { name, everyMs } of this.polls) {
      const look = (at) =>
        this.#timers.push(
          setTimeout(() => {
            look(at + everyMs);
            this.client.query(FIRE, [name]).catch(() => undefined); // then what was due shows as missed
          }, at - Date.now()),
        );
      look(from + everyMs / 2);
    }
  }

  /** When every poll has looked at everything that was due by `until`. */
  lastLook(from, until) {
    const looks = this.polls.map(({ everyMs }) => {
      const first = from + everyMs / 2;
      return first + Math.ceil(Math.max(0, until - first) / everyMs) * everyMs;
    });
    return Math.max(...looks);
  }

  /** @returns {Promise<{ late: number[], missed: number, twice: number }>} milliseconds */
  async result(name) {
    const { rows } = await this.client.query(
      'SELECT extract(epoch FROM fired_at - due_at) * 1000 AS late, fired FROM bench_poll_due WHERE poll = $1',
      [name],
    );
    const late = rows.flatMap((row) => (row.late === null ? [] : [Number(row.late)]));
    return { late, missed: rows.length - late.length, twice: rows.filter(({ fired }) => fired > 1).length };
  }

  async stop() {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.client.end();
  }
}

// What PostgreSQL was really asked to do, from its own log: it sees every process, and needs nothing from them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const LINE = /\[(\d+)\] LOG: {2}(?:execute [^:]+|statement): (.*)/;
const WRITES = /^(INSERT|UPDATE|DELETE)\b/i;
/** What goes on without anybody asking: the worker's presence, and the relay's looks for what rests in PostgreSQL. */
const BACKGROUND =
  /INSERT INTO deployment|WHERE workflow_started_at IS NULL$|rules_changed_at::text AS mark|^SELECT id, case_id, received_at FROM command/;

export class StatementLog {
  #from = 0;

  /** @param {string} data PostgreSQL's data folder; the system to be watched is one that is `logged` */
  constructor(data) {
    this.file = join(data, 'server.log');
  }

  /** Counts from here. */
  mark() {
    this.#from = readFileSync(this.file).length;
  }

  /** Since the mark, for each of `repeats`: statements, and transactions that had to reach the disk. */
  cost(repeats = 1) {
    const text = readFileSync(this.file).subarray(this.#from).toString();
    const units = transactions(text).filter((unit) => !unit.some((statement) => BACKGROUND.test(statement)));
    const statements = units.reduce((sum, unit) => sum + unit.length, 0);
    const commits = units.filter((unit) => unit.some((statement) => WRITES.test(statement))).length;
    return { statements: statements / repeats, commits: commits / repeats };
  }
}

/** Statements by transaction; one outside a transaction is one of its own. */
function transactions(text) {
  const open = new Map();
  const units = [];
  for (const line of text.split('\n')) {
    const [, backend, statement] = LINE.exec(line) ?? [];
    if (!statement) continue;
    const unit = open.get(backend);
    if (/^(BEGIN|START TRANSACTION)/i.test(statement)) open.set(backend, [statement]);
    else if (!unit) units.push([statement]);
    else {
      unit.push(statement);
      if (!/^(COMMIT|ROLLBACK)/i.test(statement)) continue;
      open.delete(backend);
      units.push(unit);
    }
  }
  return units;
}

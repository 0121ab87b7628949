// Who is running: the launcher and what it started, so that a start after a crash can clear up. PostgreSQL is not listed:
// its own postmaster.pid says it all, and it is adopted rather than stopped.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { end, liveCommand } from './processes.js';
import { Problem, say } from './terminal.js';

export class RunFile {
  #path;
  #processes = new Map();

  constructor(data) {
    this.#path = join(data, 'run.json');
  }

  /** Throws when a launcher is alive on this data folder. */
  refuseSecondLauncher() {
    const { launcher } = this.#read();
    if (launcher && launcher !== process.pid && isLauncher(launcher))
      throw new Problem(
        `Action48 is already running, or just starting or stopping: process ${launcher}.`,
        `use it, or stop it first (kill ${launcher})`,
      );
  }

  /** From now on this launcher answers for the folder, and for what an earlier one left. */
  claim() {
    for (const left of this.#read().processes) this.#processes.set(left.pid, left);
    this.#write();
  }

  /** Ends what an earlier launcher left behind: only processes whose command line is still the one it noted. */
  async clearLeftovers() {
    const noted = [...this.#processes.values()];
    const alive = noted.filter(({ pid, command }) => command && liveCommand(pid) === command);
    for (const { name, pid } of alive) say('recover', `stopping ${name} (process ${pid}), left by an earlier start`);
    await Promise.all(alive.map(({ pid }) => end(pid, { graceMs: 5000 })));
    this.#processes.clear();
    this.#write();
  }

  add(name, pid) {
    this.#processes.set(pid, { name, pid, command: liveCommand(pid) });
    this.#write();
  }

  remove(pid) {
    if (this.#processes.delete(pid)) this.#write();
  }

  /** @returns {boolean} whether it was this launcher's to give up */
  release() {
    if (this.#read().launcher !== process.pid) return false;
    rmSync(this.#path);
    return true;
  }

  #read() {
    if (!existsSync(this.#path)) return { processes: [] };
    try {
      return { processes: [], ...JSON.parse(readFileSync(this.#path, 'utf8')) };
    } catch {
      return { processes: [] }; // cut short by a crash of the machine: then nothing of ours is alive either
    }
  }

  #write() {
    const fresh = `${this.#path}.${process.pid}`;
    writeFileSync(fresh, JSON.stringify({ launcher: process.pid, processes: [...this.#processes.values()] }, null, 2));
    renameSync(fresh, this.#path);
  }
}

const isLauncher = (pid) => /standalone[/\\]start\.js/.test(liveCommand(pid));

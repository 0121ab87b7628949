// Keeps the parts running: starts one again when it ends by itself, and stops all of them in order.
import { interrupted } from './interrupts.js';
import { sleep } from './processes.js';
import { complain, say, seconds } from './terminal.js';

const ATTEMPTS = 5;
const CALM_MS = 60_000; // a part that lasted this long starts counting afresh

export class Supervisor {
  #parts = [];
  #controller = new AbortController();
  #signal = AbortSignal.any([this.#controller.signal, interrupted]);
  #runFile;
  #onGivenUp;

  /** @param {{ runFile: import('./run-file.js').RunFile, onGivenUp: (name: string) => void }} options */
  constructor({ runFile, onGivenUp }) {
    this.#runFile = runFile;
    this.#onGivenUp = onGivenUp;
  }

  /** Aborted when everything is to stop. */
  get signal() {
    return this.#signal;
  }

  /**
   * @param {{ name: string, order: number, launch: (context: Context) => Promise<Running> }} part lower orders stop first
   * @returns {Promise<Running>} once it is ready
   */
  async start({ name, order, launch }) {
    this.signal.throwIfAborted();
    const part = { name, order, launch, failures: 0 };
    this.#parts.push(part);
    await this.#launch(part);
    part.kept = this.#keep(part);
    return part.running;
  }

  async stop() {
    this.#controller.abort(new Error('stopping'));
    for (const order of [...new Set(this.#parts.map((part) => part.order))].sort())
      await Promise.all(this.#parts.filter((part) => part.order === order).map((part) => this.#end(part)));
  }

  /** Without waiting for anything. */
  kill() {
    this.#controller.abort(new Error('stopping'));
    for (const { running } of this.#parts) running?.kill();
  }

  async #launch(part) {
    part.since = Date.now();
    part.starting = part.launch({ signal: this.signal, note: (pid) => this.#runFile.add(part.name, pid) });
    part.running = await part.starting;
  }

  async #keep(part) {
    for (;;) {
      const reason = await part.running.ended();
      this.#runFile.remove(part.running.pid);
      if (this.signal.aborted) return;
      part.failures = Date.now() - part.since > CALM_MS ? 1 : part.failures + 1;
      if (!(await this.#startAgain(part, reason))) return;
    }
  }

  async #startAgain(part, reason) {
    let why = `ended by itself${reason ? ` (${reason})` : ''}`;
    for (; part.failures <= ATTEMPTS; part.failures += 1) {
      const waitMs = 250 * 2 ** part.failures;
      say(part.name, `${why}; starting it again in ${waitMs / 1000} s (attempt ${part.failures} of ${ATTEMPTS})`);
      await sleep(waitMs);
      if (this.signal.aborted) return false;
      try {
        await this.#launch(part);
        say(part.name, `runs again after ${seconds(part.since)}`);
        return true;
      } catch (error) {
        if (this.signal.aborted) return false;
        complain(error);
        why = 'did not start';
      }
    }
    this.#onGivenUp(part.name);
    return false;
  }

  async #end(part) {
    await part.starting?.catch(() => undefined);
    const since = Date.now();
    await part.running?.stop();
    if (part.running) say(part.name, `stopped in ${seconds(since)}`);
  }
}

/**
 * @typedef {{ signal: AbortSignal, note: (pid: number) => void }} Context note: at once, so that a crash leaves nothing unknown
 * @typedef {{ pid: number, ended(): Promise<string | void>, stop(): Promise<void>, kill(): void }} Running
 */

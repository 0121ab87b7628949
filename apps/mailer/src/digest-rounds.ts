import { setTimeout as sleep } from 'node:timers/promises';
import type { Digests } from '#libs/mail/digests.js';
import { toldError } from '#libs/observability/told-error.js';

const EVERY_MS = 5_000;

/** Gathers digests as they fall due, until told to stop. */
export class DigestRounds {
  private running: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(
    private readonly digests: Digests,
    private readonly warn: (text: string) => void,
  ) {}

  start(): void {
    this.running = this.loop();
  }

  /** Finishes the round in hand. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.digests
        .gather()
        .catch((error: unknown) => this.warn(`digests cannot be gathered: ${toldError(error)}`));
      await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

import type { Scanning } from '#libs/documents/scanning.js';

const EVERY_MS = 2_000;
const AFTER_TROUBLE_MS = 15_000;

/** Has what people add scanned, round after round, until told to stop. While the scanner is away, what waits goes on waiting. */
export class ScanRounds {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly scanning: Pick<Scanning, 'pass'>,
    private readonly warn: (error: unknown) => void,
  ) {}

  start(): void {
    this.running = this.round();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async round(): Promise<void> {
    let wait = EVERY_MS;
    try {
      if (await this.scanning.pass()) wait = 0;
    } catch (error) {
      this.warn(error);
      wait = AFTER_TROUBLE_MS;
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round();
    }, wait);
  }
}

import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { keepVerification } from '#libs/audit/checkpoint-status.js';
import { verifyLogs } from '#libs/audit/verification.js';
import type { VerifyProgress } from '#libs/audit/verification.js';
import { CheckpointSettings } from './checkpoint-settings.js';

/** Verifies all logs in the background, one verification at a time; the result is kept in the database. */
@Injectable()
export class Verifier implements BeforeApplicationShutdown {
  private readonly logger = new Logger('verification');
  private running: { progress: VerifyProgress; abort: AbortController; end: Promise<void> } | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: CheckpointSettings,
  ) {}

  /** How far it is; null when none is under way in this process. */
  get progress(): VerifyProgress | null {
    return this.running?.progress ?? null;
  }

  /** Begins, unless one is under way already. */
  start(): void {
    if (this.running) return;
    const abort = new AbortController();
    const running = { progress: { what: 'cases', done: 0, total: 0 } as VerifyProgress, abort, end: Promise.resolve() };
    this.running = running;
    running.end = this.work(abort.signal, (progress) => (running.progress = progress)).finally(() => {
      this.running = null;
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.running?.abort.abort(new Error('the process stops'));
    await this.running?.end;
  }

  private async work(signal: AbortSignal, onProgress: (progress: VerifyProgress) => void): Promise<void> {
    const { keys, folder: checkpoints } = this.settings;
    try {
      const result = await verifyLogs(this.dataSource, {
        ...{ signal, onProgress, keys, checkpoints },
      });
      await keepVerification(this.dataSource, result);
    } catch (error) {
      if (signal.aborted) return;
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : error);
      await keepVerification(this.dataSource, null).catch(() => undefined);
    }
  }
}

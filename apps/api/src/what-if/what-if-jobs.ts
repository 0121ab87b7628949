import { randomUUID } from 'node:crypto';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Progress, WhatIfOptions, WhatIfResult } from '#libs/rule-book/what-if.js';

/** What is being asked, for the page that shows the answer. */
export interface Subject {
  /** A stored draft, holidays of a calendar, or other zones. */
  about: 'draft' | 'holidays' | 'zones';
  /** Title of the draft, the calendar with its dates, the release. */
  name: string;
  question: 'always' | 'from_now';
  /** Of a stored draft. */
  draftId?: string;
  /** Where the draft can be gone on with and published. */
  draftPath?: string;
}

export interface WhatIfJob {
  id: string;
  subject: Subject;
  startedAt: number;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  progress: Progress;
  result: WhatIfResult | null;
}

type Work = (options: Required<Pick<WhatIfOptions, 'signal' | 'onProgress'>>) => Promise<WhatIfResult>;

const KEPT_MS = 3_600_000;
const AT_ONCE = 2;
/** Results are kept in memory: one of ten thousand cases may have some ten megabytes. */
const KEPT = 10;

/** Questions that take longer than a page may: asked here, looked at by their id until an hour after they began. */
export class WhatIfJobs implements BeforeApplicationShutdown {
  private readonly jobs = new Map<string, WhatIfJob>();
  private readonly running = new Map<string, { abort: AbortController; end: Promise<void> }>();

  constructor(
    private readonly failed: (error: unknown) => void,
    private readonly clock: () => number = Date.now,
  ) {}

  /** Begins; null when two others are being worked on. */
  start(subject: Subject, work: Work): WhatIfJob | null {
    this.forget();
    if (this.running.size >= AT_ONCE) return null;
    const progress = { done: 0, total: 0 };
    const id = randomUUID();
    const job: WhatIfJob = { id, subject, startedAt: this.clock(), state: 'running', progress, result: null };
    this.jobs.set(id, job);
    const abort = new AbortController();
    const end = this.work(job, work, abort.signal).finally(() => this.running.delete(id));
    this.running.set(id, { abort, end });
    return job;
  }

  find(id: string): WhatIfJob | null {
    this.forget();
    return this.jobs.get(id) ?? null;
  }

  /** Gives up what is being worked on, and waits until it has ended. */
  async cancel(id: string): Promise<void> {
    const running = this.running.get(id);
    running?.abort.abort();
    await running?.end;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.running.keys()].map((id) => this.cancel(id)));
  }

  private async work(job: WhatIfJob, work: Work, signal: AbortSignal): Promise<void> {
    try {
      job.result = await work({ signal, onProgress: (progress) => (job.progress = progress) });
      job.state = 'done';
    } catch (error) {
      job.state = signal.aborted ? 'cancelled' : 'failed';
      if (!signal.aborted) this.failed(error);
    }
  }

  private forget(): void {
    const ended = [...this.jobs.values()].filter(({ state }) => state !== 'running');
    const old = ended.filter(({ startedAt }) => startedAt + KEPT_MS <= this.clock());
    for (const { id } of [...old, ...ended.slice(0, Math.max(0, ended.length - KEPT))]) this.jobs.delete(id);
  }
}

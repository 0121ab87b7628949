import type { WhatIfResult } from '#libs/rule-book/what-if.js';
import type { Subject } from './what-if-jobs.js';
import { WhatIfJobs } from './what-if-jobs.js';

const SUBJECT: Subject = { about: 'holidays', name: 'geneva: + 2027-05-07', question: 'always' };
const RESULT: WhatIfResult = { at: 0, lookedAt: 3, cases: 0, later: 0, earlier: 0, verdicts: 0, changes: [] };
const HOUR = 3_600_000;

/** Work that goes on until it is told to end. */
const endless = ({ signal }: { signal: AbortSignal }) =>
  new Promise<WhatIfResult>((_, fail) => signal.addEventListener('abort', () => fail(new Error('stopped'))));

describe('questions that take longer than a page', () => {
  const failures: unknown[] = [];
  let now = 0;
  let jobs: WhatIfJobs;
  beforeEach(() => {
    failures.length = 0;
    now = 0;
    jobs = new WhatIfJobs(
      (error) => failures.push(error),
      () => now,
    );
  });
  afterEach(() => jobs.beforeApplicationShutdown());

  const done = async (id: string) => {
    while (jobs.find(id)?.state === 'running') await new Promise(setImmediate);
    return jobs.find(id);
  };

  it('tell how far they are, and keep the answer', async () => {
    let finish: (result: WhatIfResult) => void = () => undefined;
    const job = jobs.start(SUBJECT, ({ onProgress }) => {
      onProgress({ done: 2, total: 3 });
      return new Promise((resolve) => (finish = resolve));
    });
    const id = job?.id ?? '';
    expect(jobs.find(id)).toMatchObject({ state: 'running', progress: { done: 2, total: 3 }, result: null });
    finish(RESULT);
    expect(await done(id)).toMatchObject({ state: 'done', result: RESULT });
  });

  it('are worked on two at once; a third has to wait until one has ended', async () => {
    const [first] = [jobs.start(SUBJECT, endless), jobs.start(SUBJECT, endless)];
    expect(jobs.start(SUBJECT, endless)).toBeNull();
    await jobs.cancel(first?.id ?? '');
    expect(jobs.find(first?.id ?? '')?.state).toBe('cancelled');
    expect(jobs.start(SUBJECT, endless)).not.toBeNull();
    expect(failures).toEqual([]);
  });

  it('that fail say so, and why in the log', async () => {
    const job = jobs.start(SUBJECT, () => Promise.reject(new Error('no database')));
    expect(await done(job?.id ?? '')).toMatchObject({ state: 'failed', result: null });
    expect(failures).toEqual([new Error('no database')]);
  });

  it('are forgotten after an hour, but not while they are worked on', async () => {
    const kept = jobs.start(SUBJECT, () => Promise.resolve(RESULT));
    const long = jobs.start(SUBJECT, endless);
    await done(kept?.id ?? '');
    now = HOUR - 1;
    expect(jobs.find(kept?.id ?? '')).not.toBeNull();
    now = HOUR;
    expect(jobs.find(kept?.id ?? '')).toBeNull();
    expect(jobs.find(long?.id ?? '')?.state).toBe('running');
  });

  it('end with the process', async () => {
    const job = jobs.start(SUBJECT, endless);
    await jobs.beforeApplicationShutdown();
    expect(job?.state).toBe('cancelled');
  });
});

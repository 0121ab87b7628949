import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import type { ReplayHistoriesIterable } from '@temporalio/worker';
import { CalendarShift } from '../support/calendar-shift.js';
import { CaseEngine } from '../support/case-engine.js';
import { Branches } from './branches.js';
import { fromFile, toFile } from './history-file.js';

jest.setTimeout(180_000);

/** What earlier releases left on the servers of deployments: one history for each branch of the workflow. */
const CORPUS = resolve('test/replay/histories');
const files = () => readdirSync(CORPUS).filter((name) => name.endsWith('.json'));
const corpus = (): ReplayHistoriesIterable =>
  files().map((name) => ({ workflowId: name, history: fromFile(readFileSync(join(CORPUS, name), 'utf8')) }));

/** How each history of the corpus ends when it is replayed: `true`, or the error's name. */
async function replay(workflowBundle: { codePath: string } | { code: string }, histories = corpus()) {
  const results: Record<string, string | true> = {};
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories))
    results[workflowId] = error?.name ?? true;
  return results;
}

/** What tells the zone of a machine, or needs its data. */
const ZONED = Object.getOwnPropertyNames(Date.prototype).filter((name) =>
  /^(?:to(?:Locale|Date|Time)|toString|[gs]et(?!UTC|Time$))/.test(name),
);

/** Put before a bundle: these methods of dates fail, and nothing is known of languages and zones. */
const without = (methods: readonly string[]): string =>
  `globalThis.Intl = undefined;
   for (const name of ${JSON.stringify(methods)}) Date.prototype[name] = () => { throw new Error('zone data: ' + name); };
  `;

describe('a worker of this release', () => {
  const bundle = { codePath: process.env['TEST_WORKFLOW_BUNDLE'] ?? '' };
  let engine: CaseEngine;
  const calendar = new CalendarShift();
  beforeAll(async () => {
    engine = await CaseEngine.start({ around: calendar.around });
  });
  afterAll(() => engine.stop());

  it('takes every branch of the case workflow again, as the corpus has it', async () => {
    const branches = new Branches(engine, calendar);
    const recorded: ReplayHistoriesIterable = [];
    for (const [name, live] of Object.entries(branches.all)) {
      const { caseId, runId } = await live();
      await engine.settled(caseId);
      const history = { events: await engine.history(caseId, runId) };
      (recorded as { workflowId: string; history: unknown }[]).push({ workflowId: `${name}.json`, history });
      if (process.env['RECORD_HISTORIES']) writeFileSync(join(CORPUS, `${name}.json`), toFile(history));
    }
    const results = await replay(bundle, recorded);
    expect(results).toEqual(Object.fromEntries(Object.keys(branches.all).map((name) => [`${name}.json`, true])));
    expect(files()).toEqual(expect.arrayContaining(Object.keys(results)));
  });

  it('E06: replays every recorded history', async () => {
    const results = await replay(bundle);
    expect(Object.keys(results).length).toBeGreaterThanOrEqual(12);
    expect(results).toEqual(Object.fromEntries(files().map((name) => [name, true])));
  });

  it('E06: replays them without asking for any time-zone data', async () => {
    const code = readFileSync(bundle.codePath, 'utf8');
    const results = await replay({ code: without(ZONED) + code });
    expect(results).toEqual(Object.fromEntries(files().map((name) => [name, true])));
    // The same with something that the workflow does ask for.
    const needed = await replay({ code: without(['toISOString']) + code });
    expect(needed['command.json']).toBe('ReplayError');
  });

  it('would be stopped here if the workflow had changed', async () => {
    const { code } = await bundleWorkflowCode({
      workflowsPath: resolve('test/replay/changed/index.ts'),
      logger: new DefaultLogger('ERROR'),
      webpackConfigHook: (config) => ({
        ...config,
        resolve: { ...config.resolve, conditionNames: ['source', '...'] },
      }),
    });
    const results = await replay({ code });
    expect(new Set(Object.values(results))).toEqual(new Set(['DeterminismViolationError']));
  });
});

describe('the recorded histories', () => {
  it('name no machine, process or person', () => {
    for (const name of files()) {
      const text = readFileSync(join(CORPUS, name), 'utf8');
      const payloads = [...text.matchAll(/"data": "([^"]+)"/g)].map(([, data]) =>
        Buffer.from(data ?? '', 'base64').toString(),
      );
      const all = [text, ...payloads].join('\n');
      expect(all).not.toContain(hostname());
      expect(all).not.toMatch(/\d+@(?!\d{13})/);
      expect(all).not.toMatch(/node_modules|activities\/case/);
      expect(all).not.toMatch(/example\.test|Banda|We have it|A call|Elections|A note/);
    }
  });
});

import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaseEngine } from '../support/case-engine.js';
import { AppProcess } from '../support/app-process.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

const ELSEWHERE = { TZ: 'Pacific/Kiritimati', NODE_OPTIONS: `--require ${resolve('test/sla/other-tz-data.cjs')}` };

describe('a case on a worker with other time-zone data', () => {
  let engine: CaseEngine;
  let worker: AppProcess | undefined;
  beforeAll(async () => {
    engine = await CaseEngine.start();
  });
  afterAll(async () => {
    await worker?.kill();
    await engine.stop();
  });

  it('E06: is read again from its history with the same deadlines', async () => {
    const { caseId } = await engine.openOwned();
    await engine.send('coordinator', caseId, { verb: 'acknowledge', body: { message: 'We have it.' } });
    await engine.settled(caseId);
    const before = await engine.client.standing(caseId);
    const events = (await engine.history(caseId)).length;
    const { nextWakeAt } = await engine.world.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
    expect(before.wakeAt).toBe(nextWakeAt?.getTime());

    await engine.pauseWorker();
    worker = AppProcess.launch('worker', {
      ...process.env,
      NODE_ENV: 'test',
      ...ELSEWHERE,
      DATABASE_URL: engine.world.url,
      TEMPORAL_ADDRESS: process.env['TEST_TEMPORAL_ADDRESS'],
      TEMPORAL_TASK_QUEUE: engine.taskQueue,
      LOG_LEVEL: 'error',
    });
    await worker.isReady();
    const after = await until('the other worker answers', () => engine.client.standing(caseId).catch(() => null));
    expect(after).toEqual(before);
    expect(await engine.history(caseId)).toHaveLength(events);
    expect(worker.output).not.toMatch(/nondeterminism|non-determin/i);
  });

  it('is a worker to which Geneva really lies elsewhere', () => {
    const hour = `new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Zurich', hour: '2-digit' }).format(0)`;
    const say = (env: NodeJS.ProcessEnv) =>
      execFileSync(process.execPath, ['-p', hour], { env, encoding: 'utf8' }).trim();
    expect([say({}), say(ELSEWHERE)]).toEqual(['01', '19']);
  });
});

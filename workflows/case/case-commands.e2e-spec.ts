import { caseWorkflowId } from '#libs/contracts/case-workflow.js';
import { CommandRefused } from '#libs/temporal/update-errors.js';
import { CaseEngine, eventually } from '../../test/support/case-engine.js';
import { actor } from '../../test/support/people.js';
import { readLog } from '#libs/case-store/event-log.js';

jest.setTimeout(60_000);

describe('commands to a running case', () => {
  let engine: CaseEngine;
  beforeAll(async () => {
    engine = await CaseEngine.start();
  });
  afterAll(() => engine.stop());

  const acknowledge = { verb: 'acknowledge', body: { message: 'We have it.' } } as const;
  const verify = { verb: 'verify', body: { means: 'mission', evidence: 'A call.' } } as const;
  const log = async (caseId: string) =>
    (await readLog(engine.world.dataSource.manager, caseId)).map(({ type }) => type);

  it('are applied once and answered with where the case then stands', async () => {
    const { caseId } = await engine.open();
    const outcome = await engine.send('coordinator', caseId, acknowledge);
    expect(outcome).toMatchObject({ version: 2, status: 'open', stage: 'verification' });
    expect(outcome.wakeInMs).toBeGreaterThan(0);
    expect(await log(caseId)).toEqual(['opened', 'acknowledged']);
  });

  it('are answered alike when the key is sent again', async () => {
    const { caseId } = await engine.open();
    const key = engine.world.key();
    const first = await engine.send('coordinator', caseId, acknowledge, key);
    const again = await engine.send('coordinator', caseId, acknowledge, key);
    expect(again).toEqual(first);
    expect(await log(caseId)).toEqual(['opened', 'acknowledged']);
  });

  it('are not applied again by a key from before a continue-as-new', async () => {
    const { caseId } = await engine.open();
    const key = engine.world.key();
    await engine.send('coordinator', caseId, acknowledge, key);
    await engine.send('coordinator', caseId, { verb: 'take', body: {} });
    const firstRun = (await engine.temporal.workflow.getHandle(caseWorkflowId(caseId)).describe()).runId;
    for (let note = 0; note < 26; note += 1) await engine.note(caseId, `note ${note}`);
    await eventually(
      async () => (await engine.temporal.workflow.getHandle(caseWorkflowId(caseId)).describe()).runId !== firstRun,
    );
    const received = await engine.world.desk.receive(caseId, actor('coordinator').personId, key, acknowledge);
    expect(received.appliedVersion).toBe(2);
    await engine.client.command(caseId, received);
    expect((await log(caseId)).filter((type) => type === 'acknowledged')).toHaveLength(1);
  });

  it('are refused with a code and what is allowed, and leave the timer as it was', async () => {
    const { caseId } = await engine.open();
    const before = await engine.client.standing(caseId);
    const refused = await engine.send('coordinator', caseId, verify).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CommandRefused);
    expect(refused).toMatchObject({ code: 'not_in_this_stage', allowed: expect.arrayContaining(['acknowledge']) });
    expect(await engine.client.standing(caseId)).toMatchObject({ wakeAt: before.wakeAt, armedAt: before.armedAt });
    expect(before.armedAt).not.toBeNull();
    expect(await log(caseId)).toEqual(['opened']);
  });

  it('may be sent again under the same key after a refusal, once the case allows them', async () => {
    const { caseId } = await engine.open();
    const key = engine.world.key();
    const { commandId } = await engine.world.desk.receive(caseId, actor('coordinator').personId, key, verify);
    await expect(engine.send('coordinator', caseId, verify, key)).rejects.toMatchObject({ code: 'not_in_this_stage' });
    await engine.world.desk.forget(commandId);
    await engine.send('coordinator', caseId, acknowledge);
    expect(await engine.send('coordinator', caseId, verify, key)).toMatchObject({ stage: 'triage' });
  });

  it('may be corrected under the same key after a refusal', async () => {
    const { caseId } = await engine.open();
    const key = engine.world.key();
    const { commandId } = await engine.world.desk.receive(caseId, actor('coordinator').personId, key, verify);
    await expect(engine.send('coordinator', caseId, verify, key)).rejects.toThrow(CommandRefused);
    await engine.world.desk.forget(commandId);
    expect(await engine.send('coordinator', caseId, acknowledge, key)).toMatchObject({ version: 2 });
  });

  it('all get an answer when fifty come at once', async () => {
    const { caseId } = await engine.openOwned();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, number) => engine.note(caseId, `note ${number}`)),
    );
    expect(new Set(outcomes.map(({ version }) => version)).size).toBe(50);
    expect(await log(caseId)).toHaveLength(52);
  });

  it('all get an answer when fifty come at once from processes that do not know of each other', async () => {
    const { caseId } = await engine.openOwned();
    const { world } = engine;
    const commands = await Promise.all(
      Array.from({ length: 50 }, (_, number) =>
        world.desk.receive(caseId, actor('coordinator').personId, world.key(), {
          verb: 'add-note',
          body: { text: `note ${number}` },
        }),
      ),
    );
    const outcomes = await Promise.all(commands.map((command) => engine.anotherClient().command(caseId, command)));
    expect(outcomes).toHaveLength(50);
    expect(await log(caseId)).toHaveLength(52);
  });

  it('are applied once when every one of them is sent three times at once', async () => {
    const { caseId } = await engine.openOwned();
    const keys = Array.from({ length: 5 }, () => engine.world.key());
    const sendings = [...keys, ...keys, ...keys].map((key) => engine.note(caseId, `note ${key}`, key));
    const outcomes = await Promise.all(sendings);
    expect(new Set(outcomes.map(({ version }) => version)).size).toBe(5);
    expect(await log(caseId)).toHaveLength(7);
  });

  it('of which one was never received is answered with "send it again"', async () => {
    const { caseId } = await engine.open();
    const unknown = '00000000-0000-8000-a000-000000000000';
    await expect(engine.client.command(caseId, { commandId: unknown, updateId: unknown })).rejects.toMatchObject({
      name: 'WorkflowUnavailable',
    });
  });

  it('without an id are turned away at the door', async () => {
    const { caseId } = await engine.open();
    await expect(engine.client.command(caseId, { commandId: '', updateId: 'no-id' })).rejects.toMatchObject({
      code: 'malformed',
    });
  });
});

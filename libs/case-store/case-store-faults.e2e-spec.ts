import { deedsUntil } from '#libs/demo/journey.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaseWorld } from '../../test/support/case-world.js';
import { asOwner } from '../../test/support/database.js';
import { actor } from '../../test/support/people.js';
import { KeyReused } from './command-desk.js';
import { readLog } from './event-log.js';

jest.setTimeout(60_000);

const OPENED = Date.parse('2026-11-24T10:00:00Z');
/** Close of the second working day: the acknowledgement is due. */
const DUE = Date.parse('2026-11-26T16:00:00Z');

describe('the case store, when things go wrong or come late', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  const acknowledge = { verb: 'acknowledge', body: { message: 'We have your request.' } } as const;
  const open = () => world.open({ receivedAt: OPENED });
  const types = async (caseId: string) => (await readLog(world.dataSource.manager, caseId)).map(({ type }) => type);

  it('records a deadline that nobody could record in time before the command that came after it', async () => {
    const { caseId } = await open();
    await world.send('coordinator', caseId, acknowledge, DUE + 3_600_000);
    expect(await types(caseId)).toEqual(['opened', 'clock_warned', 'clock_breached', 'acknowledged']);
    const breaches = await world.dataSource.query('SELECT due_at, cause FROM clock_breach WHERE case_id = $1', [
      caseId,
    ]);
    expect(breaches).toEqual([{ due_at: new Date(DUE), cause: 'deadline' }]);
  });

  it('takes a command at the very instant of the deadline as in time', async () => {
    const { caseId } = await open();
    await world.send('coordinator', caseId, acknowledge, DUE);
    expect(await types(caseId)).toEqual(['opened', 'clock_warned', 'acknowledged']);
  });

  it('keeps nothing of a transaction that fails at its last table, and applies the command later all the same', async () => {
    const { caseId } = await open();
    const rows = () =>
      world.dataSource.query(
        `SELECT (SELECT count(*) FROM case_event WHERE case_id = $1) AS events,
                (SELECT count(*) FROM case_text WHERE case_id = $1) AS texts,
                (SELECT count(*) FROM mail WHERE case_id = $1) AS mails,
                (SELECT count(*) FROM case_clock WHERE case_id = $1) AS clocks,
                (SELECT version FROM assistance_case WHERE id = $1) AS version,
                (SELECT count(*) FROM command WHERE case_id = $1 AND applied_at IS NOT NULL) AS applied`,
        [caseId],
      );
    const before = await rows();
    const key = world.key();
    await asOwner(world.url, `ALTER TABLE case_clock ADD CONSTRAINT no_room CHECK (name <> 'verify') NOT VALID`);
    await expect(world.send('coordinator', caseId, acknowledge, OPENED + 60_000, key)).rejects.toThrow('no_room');
    await asOwner(world.url, 'ALTER TABLE case_clock DROP CONSTRAINT no_room');
    expect(await rows()).toEqual(before);
    expect(await world.send('coordinator', caseId, acknowledge, OPENED + 60_000, key)).toMatchObject({ version: 2 });
  });

  it('records a deadline once when it is woken several times at the same moment', async () => {
    const { caseId } = await open();
    await Promise.all([1, 2, 3, 4].map(() => world.store.wake(caseId, DUE + 1)));
    expect(await types(caseId)).toEqual(['opened', 'clock_warned', 'clock_breached']);
  });

  it('applies a command once when it is sent several times at the same moment', async () => {
    const { caseId } = await open();
    const key = world.key();
    const { commandId } = await world.desk.receive(caseId, actor('coordinator').personId, key, acknowledge, OPENED);
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => world.store.apply(caseId, commandId, OPENED + 1_000)));
    expect(outcomes.map(({ version }) => version)).toEqual([2, 2, 2, 2]);
    expect(await types(caseId)).toEqual(['opened', 'acknowledged']);
  });

  it('leaves more than fifty due steps to further passes, and records each of them once', async () => {
    const { caseId } = await open();
    for (const { who, command } of deedsUntil('accepted', ['drafting'], OPENED, 'coordinator')) {
      const { state } = await world.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
      const order = typeof command === 'function' ? command(state, []) : command;
      await world.send(who === 'requester' ? 'focalPoint' : who, caseId, order, OPENED + 1_000);
    }
    const milestones = Array.from({ length: 20 }, (_, number) => ({
      title: `Part ${number}`,
      dueOn: '2027-01-15',
      responsible: 'Responder',
    }));
    const plan = { verb: 'agree-plan', body: { milestones, language: 'en', payer: 'Responder' } } as const;
    const { version } = await world.send('coordinator', caseId, plan, OPENED + 2_000);
    const later = OPENED + 120 * 86_400_000;
    const first = await world.store.wake(caseId, later);
    expect(first).toMatchObject({ version: version + 50, wakeInMs: 0 });
    let last = first;
    for (let pass = 0; pass < 5 && last.wakeInMs === 0; pass += 1) last = await world.store.wake(caseId, later);
    expect(last.wakeInMs).not.toBe(0);
    const steps = (await readLog(world.dataSource.manager, caseId))
      .filter(({ actorId }) => actorId === null)
      .map(({ body: { clock, subject, cycle, step } }) => [clock, subject, cycle, step].join(':'));
    expect(steps.filter((step) => step.startsWith('milestone:'))).toHaveLength(20 * 4);
    expect(new Set(steps).size).toBe(steps.length);
  });

  it('removes a clock that the log does not show', async () => {
    const { caseId } = await open();
    await world.dataSource.query(
      `INSERT INTO case_clock SELECT case_id, 'verify', subject, 7, state, started_at, due_at, soon_at, stopped_at, breached_at
       FROM case_clock WHERE case_id = $1`,
      [caseId],
    );
    await world.store.rebuild(caseId, OPENED);
    expect(await world.dataSource.query('SELECT name, cycle FROM case_clock WHERE case_id = $1', [caseId])).toEqual([
      { name: 'acknowledge', cycle: 1 },
    ]);
  });

  describe('and its command desk', () => {
    const receive = (caseId: string, key: string, message: string) =>
      world.desk.receive(caseId, actor('coordinator').personId, key, { verb: 'acknowledge', body: { message } });

    it('knows a repeat as the same receipt, until the command is refused and forgotten', async () => {
      const { caseId } = await open();
      const key = world.key();
      const first = await receive(caseId, key, 'one');
      expect(await receive(caseId, key, 'one')).toEqual(first);
      await expect(receive(caseId, key, 'two')).rejects.toThrow(KeyReused);
      await world.desk.forget(first.commandId);
      const second = await receive(caseId, key, 'two');
      expect(second.commandId).toBe(first.commandId);
      expect(second.updateId).not.toBe(first.updateId);
    });

    it('takes a repeat in while the refusal of the first is being forgotten', async () => {
      const { caseId } = await open();
      const key = world.key();
      const { commandId } = await receive(caseId, key, 'one');
      const both = Array.from({ length: 20 }, () => [receive(caseId, key, 'one'), world.desk.forget(commandId)]).flat();
      const results = await Promise.allSettled<unknown>(both);
      expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    });

    it('does not forget what has been applied', async () => {
      const { caseId } = await open();
      const key = world.key();
      const { commandId } = await receive(caseId, key, 'one');
      await world.store.apply(caseId, commandId, OPENED + 1_000);
      await world.desk.forget(commandId);
      expect(await world.desk.appliedVersion(commandId)).toBe(2);
    });
  });
});

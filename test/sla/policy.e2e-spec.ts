import { CaseClock } from '#libs/database/entities/case-clock.entity.js';
import { ClockBreach } from '#libs/database/entities/clock-breach.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { readRules } from '#libs/case-store/case-rules.js';
import { readLog, toLogged } from '#libs/case-store/event-log.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { DELIVERED_CLOCKS } from '#libs/domain/case/delivered-policy.js';
import { previewApplication } from '#libs/rule-book/application-preview.js';
import { NotPublishable, StaleDraft } from '#libs/rule-book/publication.js';
import { publishPolicy } from '#libs/rule-book/publish-policy.js';
import { CaseWorld } from '../support/case-world.js';
import { actor } from '../support/people.js';
import { requestForm } from '../support/request-form.js';

const DAY_MS = 86_400_000;
const CALL: ClockPolicy = {
  name: 'call_the_state',
  title: 'Call the State',
  stage: 'submitted',
  calendar: 'un-geneva',
  startsOn: ['opened'],
  stopsOn: ['contact_logged'],
  target: { workingDays: 1, at: 'close' },
  pausedBy: [],
  whenDue: 'breach',
  breachTo: ['L0', 'L2'],
  steps: [{ id: 'half', kind: 'warning', at: { percent: 50 }, to: ['L1'] }],
};

/** The cases of sla.md 2.10 in which the policy is edited, on a real store. */
describe('an edited policy', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  const last = async () => (await readRules(world.dataSource.manager)).policies.at(-1)?.version ?? 0;
  const publish = async (clocks: readonly ClockPolicy[], changes: { basedOn?: number; from?: number } = {}) =>
    publishPolicy(world.dataSource, {
      clocks: [...clocks],
      basedOn: await last(),
      authorId: actor('lead').personId,
      reason: 'A better promise.',
      ...changes,
    });
  const changed = (name: string, change: Partial<ClockPolicy>) =>
    DELIVERED_CLOCKS.map((clock) => (clock.name === name ? { ...clock, ...change } : clock));
  const log = async (caseId: string) => (await readLog(world.dataSource.manager, caseId)).map(toLogged);
  const clock = (caseId: string, name: string) =>
    world.dataSource.manager.findOneByOrFail(CaseClock, { caseId, name, cycle: 1 });
  const apply = (version: number): CaseCommand => ({ verb: 'apply-policy', body: { version, reason: 'Fairer.' } });

  it('runs, warns and breaches by a clock that was added without code', async () => {
    const version = await publish([...DELIVERED_CLOCKS, CALL]);
    const { caseId } = await world.open();
    const added = await clock(caseId, 'call_the_state');
    expect(added).toMatchObject({ state: 'running', policyVersion: version, calendarId: 'un-geneva' });
    const dueAt = added.dueAt?.getTime() ?? 0;
    await world.store.wake(caseId, dueAt + 1);
    const steps = (await log(caseId)).flatMap((event) =>
      event.actorId === null && 'clock' in event.body && event.body.clock === 'call_the_state' ? [event] : [],
    );
    expect(steps.map(({ type }) => type)).toEqual(['clock_warned', 'clock_breached']);
    expect(steps[1]?.effectiveAt).toBe(dueAt);
    const mails = await world.dataSource.manager.findBy(Mail, { caseId });
    const heard = mails.map(({ kind, recipient }) => `${kind} ${recipient}`);
    expect(heard).toEqual(expect.arrayContaining(['warning lead@example.test', 'escalation isu@example.test']));
    expect(await world.dataSource.manager.findBy(ClockBreach, { caseId, clock: 'call_the_state' })).toHaveLength(1);
  });

  it('E07: moves nothing on an open case until it is applied, and then exactly what was shown before', async () => {
    const { caseId } = await world.open();
    const before = await clock(caseId, 'acknowledge');
    const version = await publish(changed('acknowledge', { target: { workingDays: 9, at: 'close' } }));
    expect((await clock(caseId, 'acknowledge')).dueAt).toEqual(before.dueAt);
    const now = Date.now();
    const shown = previewApplication(await log(caseId), await readRules(world.dataSource.manager), version, now);
    await world.send('lead', caseId, apply(version), now);
    const after = await clock(caseId, 'acknowledge');
    expect(after.dueAt?.getTime()).toBeGreaterThan(before.dueAt?.getTime() ?? Infinity);
    expect(shown.find((change) => change.clock === 'acknowledge')).toMatchObject({
      effect: 'moves',
      before: before.dueAt?.getTime(),
      after: after.dueAt?.getTime(),
    });
    expect((await log(caseId)).findLast(({ type }) => type === 'policy_applied')?.body).toMatchObject({ version });
  });

  it('E08: leaves the verdicts of a case that has ended as they were, and is not applied to it', async () => {
    const { caseId } = await world.open();
    await world.send('coordinator', caseId, { verb: 'acknowledge', body: { message: 'We have it.' } });
    await world.send('focalPoint', caseId, { verb: 'withdraw', body: { reason: 'No longer needed.' } });
    const clocks = () => world.dataSource.manager.find(CaseClock, { where: { caseId }, order: { name: 'ASC' } });
    const before = await clocks();
    expect(before.find(({ name }) => name === 'acknowledge')).toMatchObject({ state: 'met' });
    const version = await publish(changed('acknowledge', { target: { open: 'PT1S' } }));
    await expect(world.send('lead', caseId, apply(version))).rejects.toMatchObject({ code: 'case_ended' });
    await world.store.wake(caseId, Date.now() + 30 * DAY_MS);
    expect(await clocks()).toEqual(before);
  });

  it('may name its clocks as it likes: a case is received, answered and escalated all the same', async () => {
    await publish(DELIVERED_CLOCKS.map((clock) => ({ ...clock, name: `our_${clock.name}` })));
    const { caseId } = await world.open();
    const { dueAt } = await clock(caseId, 'our_acknowledge');
    await world.store.wake(caseId, dueAt?.getTime() ?? 0);
    await world.send('coordinator', caseId, { verb: 'acknowledge', body: { message: 'We have it.' } });
    const mails = (await world.dataSource.manager.findBy(Mail, { caseId })).map(({ kind }) => kind);
    expect(mails).toEqual(expect.arrayContaining(['receipt', 'warning', 'breach', 'escalation', 'acknowledgement']));
  });

  it('E17: starts the clock of a saved draft at its submission, by the policy in force then', async () => {
    const asked = { answers: requestForm(), savedAt: Date.now() };
    const version = await publish(changed('acknowledge', { target: { workingDays: 5, at: 'close' } }));
    await publish(changed('acknowledge', { target: { workingDays: 7, at: 'close' } }), {
      from: Date.now() + 10 * DAY_MS,
    });
    const { caseId } = await world.open({ form: asked.answers, receivedAt: Date.now() });
    const [opened] = await log(caseId);
    expect(opened?.effectiveAt).toBeGreaterThanOrEqual(asked.savedAt);
    expect(opened?.body).toMatchObject({ policyVersion: version });
    expect(await clock(caseId, 'acknowledge')).toMatchObject({
      policyVersion: version,
      startedAt: new Date(opened?.effectiveAt ?? 0),
    });
    const later = await world.open({ receivedAt: Date.now() + 11 * DAY_MS });
    expect(await clock(later.caseId, 'acknowledge')).toMatchObject({ policyVersion: version + 1 });
  });

  it('is refused when it was drafted from a version that is not the last, and when it breaks a rule', async () => {
    const basedOn = (await last()) - 1;
    await expect(publish(DELIVERED_CLOCKS, { basedOn })).rejects.toThrow(StaleDraft);
    const count = await last();
    await expect(publish(changed('triage', { target: { days: -1 } }))).rejects.toThrow(NotPublishable);
    expect(await last()).toBe(count);
  });
});

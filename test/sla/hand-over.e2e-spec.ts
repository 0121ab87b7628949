import { CaseClock } from '#libs/database/entities/case-clock.entity.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import type { MailParameters } from '#libs/contracts/mail.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { PolicyVersionRow } from '#libs/database/entities/policy-version.entity.js';
import { DELIVERED_CLOCKS } from '#libs/domain/case/delivered-policy.js';
import { CaseWorld } from '../support/case-world.js';
import { actor, EVERYBODY } from '../support/people.js';

const at = (time: string): number => Date.parse(`2026-11-${time}Z`);
const OPENED = at('24T09:00:00');
const OFFERED = at('24T09:30:00');
/** Two working days later, at the closing of Geneva's offices. */
const DUE = at('26T16:00:00');

describe('the clock of a hand-over, on a real store', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    for (const name of EVERYBODY)
      await world.dataSource.manager.update(Person, actor(name).personId, {
        onLeaveFrom: null,
        onLeaveUntil: null,
        delegateId: null,
      });
  });

  const offered = async (): Promise<string> => {
    const { caseId } = await world.open({ receivedAt: OPENED });
    await world.send('coordinator', caseId, { verb: 'take', body: {} }, OPENED);
    const body = { to: actor('coordinator2').personId, reason: 'On mission.' };
    await world.send('coordinator', caseId, { verb: 'hand-over', body }, OFFERED);
    return caseId;
  };
  const told = async (caseId: string): Promise<string[]> =>
    (await world.dataSource.manager.findBy(Mail, { caseId }))
      .map(({ kind, recipient, parameters }) => ({ kind, recipient, ...(parameters as MailParameters) }))
      .filter(({ kind, clock }) => kind.startsWith('hand_over') || clock?.name === 'hand_over')
      .map(({ kind, recipient, insteadOf }) =>
        [kind, recipient.replace('@example.test', ''), insteadOf?.name ?? ''].join(' ').trim(),
      )
      .sort();
  const clock = (caseId: string) => world.dataSource.manager.findOneByOrFail(CaseClock, { caseId, name: 'hand_over' });

  it('runs for two working days; the receiver is warned, then receiver, owner and lead hear of the breach', async () => {
    const caseId = await offered();
    expect(await clock(caseId)).toMatchObject({ state: 'running', dueAt: new Date(DUE) });
    await world.store.wake(caseId, DUE - 3_600_000);
    expect(await told(caseId)).toEqual(['hand_over_offered coordinator2', 'warning coordinator2']);
    await world.store.wake(caseId, DUE + 1);
    expect(await told(caseId)).toEqual([
      'escalation lead',
      'hand_over_offered coordinator2',
      'hand_over_unanswered coordinator',
      'hand_over_unanswered coordinator2',
      'warning coordinator2',
    ]);
    const row = await world.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
    expect([row.ownerId, row.state.handOver?.to]).toEqual([
      actor('coordinator').personId,
      actor('coordinator2').personId,
    ]);
  });

  it('tells whoever stands in for a receiver on leave, who cannot answer for them', async () => {
    await world.dataSource.manager.update(Person, actor('coordinator2').personId, {
      onLeaveFrom: '2026-11-20',
      onLeaveUntil: '2026-12-04',
      delegateId: actor('isu').personId,
    });
    const caseId = await offered();
    expect(await told(caseId)).toEqual(['hand_over_offered isu coordinator2']);
    const accept = world.send('isu', caseId, { verb: 'accept-hand-over', body: {} }, OFFERED + 1);
    await expect(accept).rejects.toMatchObject({ code: 'not_permitted' });
  });

  it('runs on a case whose version of the policy was published before there were hand-overs', async () => {
    await world.dataSource.manager.insert(PolicyVersionRow, {
      version: 2,
      effectiveFrom: new Date(at('01T00:00:00')),
      recordedAt: new Date(at('01T00:00:00')),
      authorId: actor('lead').personId,
      reason: 'As it was then.',
      clocks: DELIVERED_CLOCKS.filter(({ name }) => name !== 'hand_over') as never,
    });
    const caseId = await offered();
    expect(await clock(caseId)).toMatchObject({ policyVersion: 2, state: 'running', dueAt: new Date(DUE) });
    await world.store.wake(caseId, DUE + 1);
    expect(await told(caseId)).toContain('escalation lead');
    const before = await world.dataSource.manager.findBy(CaseClock, { caseId });
    await world.store.rebuild(caseId, DUE + 1);
    expect(await world.dataSource.manager.findBy(CaseClock, { caseId })).toEqual(before);
  });
});

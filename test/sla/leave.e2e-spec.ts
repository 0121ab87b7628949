import type { MailParameters } from '#libs/contracts/mail.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { CaseClock } from '#libs/database/entities/case-clock.entity.js';
import { messageOf } from '#libs/mail/envelope.js';
import { CaseWorld } from '../support/case-world.js';
import { actor, EVERYBODY } from '../support/people.js';

const at = (time: string): number => Date.parse(`2026-11-${time}Z`);
const OPENED = at('24T10:00:00');
const DUE = at('26T16:00:00');
const SENDER = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32).toString('base64'),
};
const LEAVE = { onLeaveFrom: '2026-11-26', onLeaveUntil: '2026-12-04' };

describe('a warning for somebody on leave', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  beforeEach(async () => {
    for (const name of EVERYBODY) await away(name, null, { onLeaveFrom: null, onLeaveUntil: null });
  });
  afterAll(() => world.close());

  const away = (name: string, delegate: string | null, leave: Partial<Person> = LEAVE) =>
    world.dataSource.manager.update(Person, actor(name).personId, {
      ...leave,
      delegateId: delegate && actor(delegate).personId,
    });
  /** A case of the coordinator's that nobody has acknowledged, when three quarters of the time are over. */
  const warned = async (): Promise<{ caseId: string; mails: Mail[] }> => {
    const { caseId } = await world.open({ receivedAt: OPENED });
    await world.send('coordinator', caseId, { verb: 'take', body: {} }, OPENED);
    await world.store.wake(caseId, DUE - 3_600_000);
    return { caseId, mails: await world.dataSource.manager.findBy(Mail, { caseId, kind: 'warning' }) };
  };
  const told = ({ mails }: { mails: Mail[] }) =>
    mails.map(({ recipient, parameters }) => [recipient, (parameters as MailParameters).insteadOf ?? null]);
  const FOR_COORDINATOR = { name: 'coordinator', until: '2026-12-04' };

  it('E12: goes to the delegate; the ledger keeps in whose place, and the mail says so; the deadline stays', async () => {
    await away('coordinator', 'coordinator2');
    const one = await warned();
    expect(told(one)).toEqual([['coordinator2@example.test', FOR_COORDINATOR]]);
    const { text, html } = messageOf(one.mails[0] as Mail, SENDER);
    for (const part of [text, html])
      expect(part).toContain('You receive this for coordinator, who is away until Fri 4 Dec 2026.');
    const clock = await world.dataSource.manager.findOneByOrFail(CaseClock, { caseId: one.caseId });
    expect(clock).toMatchObject({ name: 'acknowledge', state: 'running', dueAt: new Date(DUE) });
  });

  it('goes to the owner again when the leave is over, or has not begun', async () => {
    await away('coordinator', 'coordinator2', { onLeaveFrom: '2026-11-27', onLeaveUntil: '2026-12-04' });
    expect(told(await warned())).toEqual([['coordinator@example.test', null]]);
    await away('coordinator', 'coordinator2', { onLeaveFrom: '2026-11-02', onLeaveUntil: '2026-11-25' });
    expect(told(await warned())).toEqual([['coordinator@example.test', null]]);
  });

  it('goes to the delegate of the delegate who is away too', async () => {
    await away('coordinator', 'coordinator2');
    await away('coordinator2', 'lead');
    expect(told(await warned())).toEqual([['lead@example.test', FOR_COORDINATOR]]);
  });

  it.each([
    ['two who are away name each other', 'coordinator2', 'coordinator'],
    ['somebody away names nobody', null, null],
    ['the delegate may not read cases', 'focalPoint', 'focalPoint'],
  ])('goes on up the ladder when %s', async (_, first, second) => {
    await away('coordinator', first);
    await away('coordinator2', second);
    expect(told(await warned())).toEqual([['lead@example.test', FOR_COORDINATOR]]);
  });

  it('reaches the owner on leave rather than nobody when the whole ladder is away', async () => {
    for (const name of ['coordinator', 'coordinator2', 'lead', 'isu']) await away(name, null);
    expect((await warned()).mails.map(({ recipient }) => recipient)).toEqual(['coordinator@example.test']);
  });

  it('comes once to a coordinator who is on duty and also stands in for another', async () => {
    await away('coordinator', 'coordinator2');
    const { caseId } = await world.open({ receivedAt: OPENED });
    await world.store.wake(caseId, DUE - 3_600_000);
    const mails = await world.dataSource.manager.findBy(Mail, { caseId, kind: 'warning' });
    expect(told({ mails })).toEqual([['coordinator2@example.test', null]]);
  });
});

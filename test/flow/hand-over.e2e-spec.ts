import type { MailParameters } from '#libs/contracts/mail.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { messageOf } from '#libs/mail/envelope.js';
import { HttpCase } from '../support/http-case.js';
import { TestSystem } from '../support/system.js';

const SENDER = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32).toString('base64'),
};
const REASON = 'I am going on mission for a month.';
const address = (who: string): string => `${who}@demo.action48.test`;

describe('the hand-over of a case, over HTTP', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start();
  }, 120_000);
  afterAll(() => system.stop());

  const idOf = async (who: string): Promise<string> =>
    (await system.dataSource.manager.findOneByOrFail(Person, { email: address(who) })).id;
  const owned = () => HttpCase.after(system, 'take');
  const offer = async (one: HttpCase, by = 'coordinator', to = 'coordinator2') =>
    one.does(by, 'hand-over', { to: await idOf(to), reason: REASON, note: 'The bill is due in May.' });
  const mailsTo = async (one: HttpCase, who: string): Promise<Mail[]> => {
    const rows = await system.dataSource.manager.find(Mail, {
      where: { recipient: address(who) },
      order: { id: 'ASC' },
    });
    return rows.filter(({ parameters }) => (parameters as MailParameters).reference === one.reference);
  };
  const kindsTo = async (one: HttpCase, who: string) => (await mailsTo(one, who)).map(({ kind }) => kind);
  const references = async (who: string, queue: string): Promise<string[]> =>
    (await system.call(who, 'GET', `/api/v1/cases?queue=${queue}`)).body.items.map(
      (item: { reference: string }) => item.reference,
    );

  it('stays with its owner until the receiver accepts, who then does what an owner does', async () => {
    const one = await owned();
    const { handOver, owner, clocks } = await offer(one);
    expect(owner.id).toBe(await idOf('coordinator'));
    const running = clocks.find(({ name }: { name: string }) => name === 'hand_over');
    expect(handOver).toMatchObject({
      to: { id: await idOf('coordinator2') },
      from: { id: await idOf('coordinator') },
      reason: REASON,
      note: 'The bill is due in May.',
      answerDueAt: running.dueAt,
    });
    expect((await one.tries('coordinator2', 'triage')).status).toBe(403);
    expect((await one.seenBy('coordinator2')).nextActions).toEqual(
      expect.arrayContaining(['accept-hand-over', 'reject-hand-over']),
    );
    const after = await one.does('coordinator2', 'accept-hand-over');
    expect([after.owner.id, after.handOver]).toEqual([await idOf('coordinator2'), null]);
    expect((await one.tries('coordinator', 'triage')).status).toBe(403);
    await one.does('coordinator2', 'triage');
  });

  it('writes to the receiver with the date and the link, and to the owner with the answer', async () => {
    const one = await owned();
    await offer(one);
    const [mail] = (await mailsTo(one, 'coordinator2')).filter(({ kind }) => kind === 'hand_over_offered');
    const { text } = messageOf(mail as Mail, SENDER);
    expect(text).toContain(`https://action48.test/cases/${one.reference}`);
    expect(text).toMatch(/Due: .*Geneva/);
    expect(text).not.toContain(REASON);
    const { handOver } = await one.does('coordinator2', 'reject-hand-over', { reason: 'No time.' });
    expect(handOver).toBeNull();
    await offer(one, 'lead', 'isu');
    await one.does('isu', 'accept-hand-over');
    expect(await kindsTo(one, 'coordinator')).toEqual(
      expect.arrayContaining(['hand_over_rejected', 'hand_over_accepted']),
    );
  });

  it('is marked among the receiver’s own cases, and in a queue of its own', async () => {
    const one = await owned();
    await offer(one);
    expect(await references('coordinator2', 'handed_to_me')).toContain(one.reference);
    expect(await references('coordinator', 'handed_to_me')).not.toContain(one.reference);
    const { body } = await system.call('coordinator2', 'GET', '/api/v1/cases?queue=mine');
    expect(body.items.find((item: { reference: string }) => item.reference === one.reference)).toMatchObject({
      handedToYou: true,
    });
    await one.does('coordinator', 'withdraw-hand-over');
    expect(await references('coordinator2', 'mine')).not.toContain(one.reference);
    expect(await kindsTo(one, 'coordinator2')).toEqual(['hand_over_offered', 'hand_over_ended']);
  });

  it('lapses when somebody takes the case, and is the coordinators’ own affair', async () => {
    const one = await owned();
    await offer(one);
    await one.does('isu', 'take');
    const types = async (who: string) =>
      (await one.get(who, '/timeline')).body.items.map(({ type }: { type: string }) => type);
    expect(await types('coordinator')).toEqual(expect.arrayContaining(['hand_over_offered', 'hand_over_lapsed']));
    expect((await types('bravia')).filter((type: string) => type.startsWith('hand_over'))).toEqual([]);
    const seen = await one.seenBy('bravia');
    expect(JSON.stringify(seen)).not.toContain('hand_over');
    expect((await one.get('bravia', '/clocks/hand_over/explanation')).status).toBe(404);
  });

  it('refuses by name what cannot be: an unknown receiver, a second offer, an answer of somebody else', async () => {
    const one = await owned();
    expect((await one.tries('coordinator', 'hand-over', { to: 'nobody' })).body.detail).toMatch(/^to: no coordinator/);
    await offer(one);
    const second = await one.tries('coordinator', 'hand-over', { to: await idOf('isu') });
    expect([second.status, second.body.allowed]).toEqual([409, expect.arrayContaining(['withdraw-hand-over'])]);
    expect((await one.tries('isu', 'accept-hand-over')).status).toBe(403);
  });
});

describe('a deputy, over HTTP', () => {
  let system: TestSystem;
  let one: HttpCase;
  beforeAll(async () => {
    system = await TestSystem.start();
    one = await HttpCase.after(system, 'take');
  }, 120_000);
  afterAll(() => system.stop());

  const away = async (until: string | null): Promise<void> => {
    const { manager } = system.dataSource;
    const deputy = await manager.findOneByOrFail(Person, { email: address('coordinator2') });
    await manager.update(
      Person,
      { email: address('coordinator') },
      { onLeaveFrom: until && '2020-01-01', onLeaveUntil: until, delegateId: deputy.id },
    );
  };

  it('does what the owner may as long as the leave lasts, under their own name', async () => {
    expect((await one.tries('coordinator2', 'add-note')).status).toBe(403);
    await away('2999-12-31');
    const { owner } = await one.does('coordinator2', 'add-note');
    expect(owner.name).toBe('Demo Coordinator A');
    const { body } = await one.get('coordinator2', '/timeline');
    expect(body.items.at(-1)).toMatchObject({ type: 'note_added', actor: { name: 'Demo Coordinator B' } });
    const { body: mine } = await system.call('coordinator2', 'GET', '/api/v1/cases?queue=mine');
    expect(mine.items).toHaveLength(1);
    await away('2020-12-31');
    expect((await one.tries('coordinator2', 'add-note')).status).toBe(403);
  });
});

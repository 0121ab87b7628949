import { DataSource } from 'typeorm';
import { advanceClock, productNow } from '#libs/case-store/product-time.js';
import type { AccountMailParameters } from '#libs/contracts/mail.js';
import { MailEvent } from '#libs/database/entities/mail-event.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { RequestDraft } from '#libs/database/entities/request-draft.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { DELIVERED_MAIL_POLICY } from '#libs/domain/mail/mail-policy.js';
import { sendTime } from '#libs/domain/mail/send-time.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { messageOf } from '#libs/mail/envelope.js';
import { MailLedger } from '#libs/mail/ledger.js';
import { DraftDesk } from '../../apps/api/src/requests/draft-desk.js';
import { createTestDatabase } from '../../test/support/database.js';
import { idOf, seedPeople } from '../../test/support/people.js';
import { MailSequences } from './mail-sequences.js';

const SETTINGS = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32, 'k').toString('base64'),
};
const DAY = 86_400_000;
const me = { person: { id: idOf('person:focalPoint') } } as SignedIn;

describe('drafts that rest', () => {
  let dataSource: DataSource;
  let sequences: MailSequences;
  let desk: DraftDesk;
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedPeople(dataSource);
    sequences = new MailSequences(dataSource, SETTINGS);
    desk = new DraftDesk(dataSource);
  }, 60_000);
  afterEach(async () => {
    for (const table of ['mail_event', 'mail', 'request_draft']) await dataSource.query(`DELETE FROM ${table}`);
    await dataSource.manager.update(Person, me.person.id, { active: true, guest: false });
  });
  afterAll(() => dataSource.destroy());

  const begin = async (answers: Record<string, string> = {}): Promise<RequestDraft> => {
    const draft = (await desk.find(await desk.begin(me), me)) as RequestDraft;
    await desk.save(draft, answers);
    return draft;
  };
  const pass = (days: number) => advanceClock(dataSource.manager, Math.round(days * DAY));
  const mails = () => dataSource.manager.find(Mail, { order: { id: 'ASC' } });
  const send = async () => {
    await dataSource.query(`UPDATE mail SET send_after = now() - interval '1 minute' WHERE state = 'due'`);
    const ledger = new MailLedger(dataSource);
    for (const row of await ledger.claim(10)) {
      await ledger.sending(row);
      await ledger.sent(row, '250 taken');
    }
  };

  it('are mentioned to their author after 14 days and after 30, once each, however often it is looked', async () => {
    await begin();
    await pass(13);
    expect(await sequences.run()).toBe(0);
    await pass(1.1);
    expect(await sequences.run()).toBe(1);
    expect(await sequences.run()).toBe(0);
    await send();
    await pass(10);
    expect(await sequences.run()).toBe(0);
    await pass(6);
    expect(await sequences.run()).toBe(1);
    await send();
    await pass(300);
    expect(await sequences.run()).toBe(0);
    expect((await mails()).map(({ state, recipient, delivery }) => [state, recipient, delivery])).toEqual([
      ['sent', 'focalpoint@example.test', 'reminder'],
      ['sent', 'focalpoint@example.test', 'reminder'],
    ]);
  });

  it('are mentioned in the hours of their author, and again after each change', async () => {
    const draft = await begin();
    await pass(15);
    await sequences.run();
    const [mail] = await mails();
    const reader = { timezone: 'Europe/Zurich', weekend: null };
    expect(mail).toMatchObject({ class: 'single', reader, personId: me.person.id });
    const at = mail?.sendAfter.getTime() ?? 0;
    expect(at).toBe(sendTime('single', reader, DELIVERED_MAIL_POLICY, at).at);
    await send();
    await desk.save(draft, { leadMinistry: 'Defence' });
    await pass(15);
    expect(await sequences.run()).toBe(1);
  });

  it.each<[string, string, (draft: RequestDraft) => Promise<void>]>([
    ['changed', 'the draft has been changed', (draft) => desk.save(draft, { leadMinistry: 'Defence' })],
    ['discarded', 'the draft has been discarded', (draft) => desk.discard(draft)],
    ['submitted', 'the request has been submitted', (draft) => desk.finish(draft, 'CCM-A9-2026-0001')],
  ])('are not mentioned any more from the moment that they are %s', async (_, why, act) => {
    const draft = await begin();
    await pass(15);
    await sequences.run();
    await act(draft);
    expect(await mails()).toMatchObject([{ state: 'suppressed', response: why }]);
    expect(await dataSource.manager.find(MailEvent)).toMatchObject([{ happening: 'suppressed', detail: why }]);
    expect(await sequences.run()).toBe(0);
  });

  it('are not mentioned when they went by another door than their own', async () => {
    const draft = await begin();
    await pass(15);
    await sequences.run();
    await dataSource.manager.delete(RequestDraft, draft.id);
    await sequences.run();
    expect(await mails()).toMatchObject([{ state: 'suppressed' }]);
  });

  it('are mentioned once when nobody has looked for a month', async () => {
    await begin();
    await pass(40);
    expect(await sequences.run()).toBe(1);
    expect(await sequences.run()).toBe(0);
  });

  it('are not mentioned twice at once: the later reminder takes the place of one that still waits', async () => {
    await begin();
    await pass(15);
    await sequences.run();
    await pass(16);
    await sequences.run();
    expect((await mails()).map(({ state }) => state)).toEqual(['suppressed', 'due']);
  });

  it.each([{ active: false }, { guest: true }])('are nobody’s any more when their author is %j', async (change) => {
    await begin();
    await dataSource.manager.update(Person, me.person.id, change);
    await pass(15);
    expect(await sequences.run()).toBe(0);
  });

  it('are named by the State of their author only, with how long they are kept', async () => {
    const until = (await productNow(dataSource.manager)) + 730 * DAY;
    await begin({ requestingState: 'QMB' });
    await begin({ requestingState: 'QMA' });
    await pass(15);
    expect(await sequences.run()).toBe(2);
    const [own, other] = (await mails()).map((row) => messageOf(row, SETTINGS));
    expect(own?.text).toContain('(State QMB)');
    expect(other?.text).not.toContain('QMA');
    expect(other?.text).toContain('(its State is not named here)');
    for (const mail of [own, other]) expect(mail?.text).toContain(String(new Date(until).getUTCFullYear()));
    const [row] = await mails();
    expect((row?.parameters as AccountMailParameters).path).toMatch(/^\/requests\/drafts\/[0-9a-f-]{36}$/);
  });

  it('are mentioned once when two look at the same time', async () => {
    await begin();
    await pass(15);
    const queued = await Promise.all([sequences.run(), sequences.run(), sequences.run()]);
    expect(queued.reduce((sum, one) => sum + one)).toBe(1);
  });

  it('are left alone when the rules of mail say so', async () => {
    await begin();
    const never = { ...DELIVERED_MAIL_POLICY, drafts: { idleDays: [] } };
    await dataSource.query(
      `INSERT INTO mail_policy_version (version, policy, reason, published_at) VALUES (2, $1, 'x', now())`,
      [JSON.stringify(never)],
    );
    await pass(40);
    expect(await sequences.run()).toBe(0);
    await dataSource.query('DELETE FROM mail_policy_version');
  });
});

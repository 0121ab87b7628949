import { randomUUID } from 'node:crypto';
import { CaseStore } from '#libs/case-store/case-store.js';
import { CommandDesk } from '#libs/case-store/command-desk.js';
import { AdminEvent } from '#libs/database/entities/admin-event.entity.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

/** Put on file by a coordinator, so that nobody who asks needs an account. */
const PAPER = { requestingState: 'QMK', channel: 'meeting_statement', receivedAt: '2026-11-20T09:00:00Z' };

describe('somebody whose account is disabled', () => {
  let system: TestSystem;
  let desk: CommandDesk;
  let store: CaseStore;
  beforeAll(async () => {
    system = await TestSystem.start();
    desk = new CommandDesk(system.dataSource);
    store = new CaseStore(system.dataSource);
  }, 60_000);
  afterAll(() => system.stop());

  const person = (mailbox: string) =>
    system.dataSource.manager.findOneByOrFail(Person, { email: `${mailbox}@demo.action48.test` });
  const end = async (mailbox: string, act = 'disable', by = 'admin') => {
    const { id } = await person(mailbox);
    return system.call(by, 'POST', `/api/v1/people/${id}/${act}`, { reason: 'Moved to another post.' });
  };
  /** A browser's session: the cookie that signing in gives. */
  const cookieOf = async (mailbox: string) => {
    const body = new URLSearchParams({ email: `${mailbox}@demo.action48.test`, password: 'action48-demo' });
    const answer = await fetch(`${system.url}/sign-in`, { method: 'POST', body, redirect: 'manual' });
    return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  };
  const visit = (cookie: string, path: string) =>
    fetch(system.url + path, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' });
  const opened = async (mailbox = 'bravia', changes = {}): Promise<AssistanceCase> => {
    const { body } = await system.call(mailbox, 'POST', '/api/v1/requests', { ...requestForm(), ...changes });
    return system.dataSource.manager.findOneByOrFail(AssistanceCase, { reference: body.reference });
  };

  it('is signed out at their very next click, in the browser and in programs', async () => {
    const cookie = await cookieOf('bravia');
    expect([
      (await visit(cookie, '/requests')).status,
      (await system.call('bravia', 'GET', '/api/v1/cases')).status,
    ]).toEqual([200, 200]);
    expect((await end('bravia', 'disable', 'bravia-admin')).body).toMatchObject({ state: 'disabled' });
    const page = await visit(cookie, '/requests');
    expect([page.status, page.headers.get('location') ?? '']).toEqual([303, expect.stringContaining('/sign-in')]);
    expect((await visit(cookie, '/api/v1/cases')).status).toBe(401);
    expect((await system.call('bravia', 'GET', '/api/v1/cases')).status).toBe(401);
    const again = { email: 'bravia@demo.action48.test', password: 'action48-demo' };
    expect((await system.call('', 'POST', '/api/v1/sessions', again)).status).toBe(401);
    await end('bravia', 'enable', 'bravia-admin');
    expect((await system.call('', 'POST', '/api/v1/sessions', again)).status).toBe(201);
    expect((await visit(cookie, '/requests')).status).toBe(303);
  });

  it('has nothing done any more that they sent before, nor what comes in at the same moment', async () => {
    const { id: caseId } = await opened('dunya', { requestingState: 'QMD' });
    const { id } = await person('dunya');
    const withdraw = { verb: 'withdraw' as const, body: { reason: 'Not needed any more.' } };
    const queued = await desk.receive(caseId, id, randomUUID(), withdraw);
    const { body } = await end('dunya');
    expect(body.state).toBe('disabled');
    await expect(store.apply(caseId, queued.commandId, Date.now())).rejects.toThrow('No such command');
    const late = await desk.receive(caseId, id, randomUUID(), withdraw);
    await expect(store.apply(caseId, late.commandId, Date.now())).rejects.toThrow('no longer active');
    const row = await system.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
    expect([row.sideState, row.version]).toEqual([null, 1]);
    const [event] = await system.dataSource.manager.find(AdminEvent, { order: { id: 'DESC' }, take: 1 });
    expect(event?.body).toMatchObject({ commandsTakenBack: 1, reason: 'Moved to another post.' });
  });

  it('has what is being applied applied whole, or not at all', async () => {
    const { id: caseId } = await opened('aurelia', { requestingState: 'QMA' });
    const { id } = await person('aurelia');
    const withdraw = { verb: 'withdraw' as const, body: { reason: 'Not needed any more.' } };
    const { commandId } = await desk.receive(caseId, id, randomUUID(), withdraw);
    const [applied, ended] = await Promise.allSettled([store.apply(caseId, commandId, Date.now()), end('aurelia')]);
    expect(ended.status).toBe('fulfilled');
    const row = await system.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
    const [command] = await system.dataSource.query('SELECT applied_at FROM command WHERE id = $1', [commandId]);
    const whole = applied.status === 'fulfilled';
    expect([row.sideState === 'withdrawn', Boolean(command?.applied_at)]).toEqual([whole, whole]);
  });

  it('gets no mail that was due to them, and the ledger says why', async () => {
    const { id: caseId } = await opened('coordinator', PAPER);
    const { email } = await person('isu');
    await system.dataSource.query(
      `INSERT INTO mail (id, case_id, kind, recipient, recipient_name, sequence, delivery, language, parameters, state,
         send_after, attempts, message_id)
       VALUES (gen_random_uuid(), $1, 'warning', $2, '', 'test', 'notice', 'en', '{}', 'due', now() + interval '1 day', 0, '')`,
      [caseId, email],
    );
    await end('isu');
    const mails = await system.dataSource.manager.findBy(Mail, { caseId, recipient: email });
    expect(mails.map(({ state, response }) => [state, response])).toEqual([
      ['suppressed', 'the account of the recipient was disabled'],
    ]);
  });

  it('stands in for nobody any more, and whoever named them is asked to name somebody else', async () => {
    const { manager } = system.dataSource;
    const [lead, deputy] = [await person('lead'), await person('coordinator2')];
    await manager.update(Person, lead.id, { delegateId: deputy.id });
    await end('coordinator2');
    expect((await person('lead')).delegateId).toBeNull();
    expect(await manager.findBy(Mail, { recipient: lead.email, kind: 'deputy_ended' })).toHaveLength(1);
  });

  it('keeps no invitation that works', async () => {
    const { organisationId } = await person('legalaid');
    const invitee = {
      ...{ email: 'new@legalaid.example', name: 'New', language: 'en', timezone: 'Europe/Zurich' },
      ...{ organisationId, roles: ['responder'] },
    };
    const { body } = await system.call('admin', 'POST', '/api/v1/people', invitee, { 'Idempotency-Key': 'one' });
    await system.call('admin', 'POST', `/api/v1/people/${body.id}/disable`, { reason: 'A mistake.' });
    const open = await system.dataSource.query(
      'SELECT 1 FROM account_invitation WHERE person_id = $1 AND ended_at IS NULL',
      [body.id],
    );
    expect(open).toEqual([]);
    const { body: again } = await system.call('admin', 'POST', `/api/v1/people/${body.id}/enable`, {
      reason: 'After all.',
    });
    expect(again.state).toBe('invited');
  });

  it('never leaves an office without its administrator by the hand of that administrator, also at the same moment', async () => {
    const { organisationId } = await person('bravia-admin');
    const [one, other] = [await person('bravia-admin'), await person('bravia')];
    const answers = await Promise.all([
      end('bravia', 'disable', 'bravia-admin'),
      end('bravia-admin', 'disable', 'bravia'),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const [{ count }] = await system.dataSource.query(
      `SELECT count(*)::int FROM person WHERE active AND organisation_id = $1 AND 'state_admin' = ANY (roles)`,
      [organisationId],
    );
    expect([count, one.active, other.active]).toEqual([1, true, true]);
  });
});

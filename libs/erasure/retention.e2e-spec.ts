import { randomUUID } from 'node:crypto';
import { advanceClock } from '#libs/case-store/product-time.js';
import { readRecord } from '#libs/case-reading/case-record.js';
import { caseView } from '#libs/case-reading/case-view.js';
import { reachOf } from '#libs/case-reading/reach.js';
import { Config } from '#libs/config/config.js';
import { CaughtMail } from '#libs/database/entities/caught-mail.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { FollowCodes } from '#libs/identity/follow-codes.js';
import { brokenChains } from '#libs/reconciliation/chains.js';
import { CaseWorld } from '../../test/support/case-world.js';
import { mailedCode } from '../../test/support/mailed-code.js';
import { actor } from '../../test/support/people.js';
import { requestForm } from '../../test/support/request-form.js';
import { CaseErasure } from './case-erasure.js';
import { PersonErasure } from './person-erasure.js';
import { Retention } from './retention.js';

const MONTH_MS = 31 * 86_400_000;
const NAME = 'Chipo Mwansa-Phiri';
const ADDRESS = 'chipo.mwansa@example.test';
const contact = { name: NAME, email: ADDRESS, phone: '+260 21 100' };
const SESSION = `INSERT INTO session (token_hash, id, person_id, csrf_token, created_at, expires_at, method, browser, last_used_at)
  VALUES ('hash-session', gen_random_uuid(), $1, 'csrf', now(), now(), 'password', 'Lynx on BeOS', now())`;
const WAYS_IN = [
  ...['hash-session', 'Lynx on BeOS', 'Mwansa export', 'sealed-secret', 'hash-recovery', 'credential-1', 'Chipo phone'],
  ...['subject-at-issuer', 'hash-reset', 'hash-invitation', 'hash-of-who-was-invited'],
];

describe('erasing', () => {
  let world: CaseWorld;
  let erasure: CaseErasure;
  let retention: Retention;
  beforeEach(async () => {
    world = await CaseWorld.create();
    erasure = new CaseErasure(world.dataSource, world.store);
    retention = new Retention(world.dataSource, erasure);
  });
  afterEach(() => world.close());

  async function ended(): Promise<{ caseId: string; reference: string }> {
    const form = requestForm({ focalPoint: contact, declaration: { name: NAME, title: 'Director', agreed: true } });
    const { caseId, reference } = await world.open({ form });
    await world.send('coordinator', caseId, { verb: 'take', body: {} });
    await world.send('coordinator', caseId, {
      verb: 'log-contact',
      body: { with: NAME, means: 'call', text: 'We spoke of dates.' },
    });
    await world.send('focalPoint', caseId, { verb: 'withdraw', body: { reason: 'No longer needed.' } });
    const { manager } = world.dataSource;
    await manager.update(Mail, { caseId }, { state: 'sent' });
    const [mail] = await manager.findBy(Mail, { caseId, recipient: ADDRESS });
    const caught = { messageId: '', from: '', to: [ADDRESS], subject: '', text: `To ${NAME}`, html: '' };
    const headers = { 'x-action48-ledger': mail?.id ?? '' };
    await manager.insert(CaughtMail, { ...caught, headers, receivedAt: new Date() });
    return { caseId, reference };
  }

  /** Somebody with every way in that there is, and what else is kept of one who uses it. */
  async function withEveryWayIn(personId: string): Promise<void> {
    for (const statement of [
      SESSION,
      `INSERT INTO api_token VALUES (gen_random_uuid(), $1, 'Mwansa export', 'hash-token', '{read}', now(), now())`,
      `INSERT INTO authenticator VALUES ($1, 'sealed-secret', now(), now(), 1)`,
      `INSERT INTO recovery_code VALUES ($1, 'hash-recovery')`,
      `INSERT INTO passkey (credential_id, person_id, name, public_key, uses, transports, created_at)
         VALUES ('credential-1', $1, 'Chipo phone', '', 0, '{}', now())`,
      `INSERT INTO person_identity VALUES ('https://issuer.test', 'subject-at-issuer', $1, now())`,
      `INSERT INTO password_reset VALUES ('hash-reset-browser', $1, 'hash-reset', 0, now())`,
      `INSERT INTO account_invitation VALUES (gen_random_uuid(), $1, 'hash-invitation', 0, NULL, now(), now())`,
      `INSERT INTO taken_key VALUES ($1, 'hash-of-who-was-invited', now())`,
    ])
      await world.dataSource.query(statement, [personId]);
  }

  /** The whole database as text, without what the system needs to run. */
  async function everything(): Promise<string> {
    const tables = await world.dataSource.query<{ name: string }[]>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const rows = await Promise.all(
      tables.map(({ name }) => world.dataSource.query(`SELECT t::text AS row FROM "${name}" t`)),
    );
    return JSON.stringify(rows);
  }

  const seen = async (reference: string) => {
    const record = await readRecord(world.dataSource.manager, reference);
    if (!record) throw new Error('no such case');
    const [reader, now] = [actor('coordinator'), Date.now()];
    return caseView(record, reader, now, reachOf(reader, record, now));
  };

  it('takes the contacts of a case 24 months after its end, and its texts after ten years, and the chain holds', async () => {
    const { reference } = await ended();
    const { manager } = world.dataSource;
    expect(await retention.run()).toEqual([]);
    expect(await everything()).toContain(ADDRESS);

    await advanceClock(manager, 25 * MONTH_MS);
    const due = await retention.due();
    expect(due).toMatchObject([{ reference, what: 'contacts', rule: 'retention/1' }]);
    expect(await everything()).toContain(ADDRESS); // looking changes nothing
    expect(await retention.run()).toEqual(due);
    expect(await retention.run()).toEqual([]);
    const left = await everything();
    for (const word of [NAME, ADDRESS, contact.phone]) expect(left).not.toContain(word);
    expect(left).toContain('We spoke of dates.');
    const view = await seen(reference);
    expect(view.erasures).toEqual([{ what: 'contacts', at: expect.any(String) }]);
    expect(view.request).toHaveProperty('needDescription');

    await advanceClock(manager, 100 * MONTH_MS);
    expect(await retention.run()).toMatchObject([{ reference, what: 'content' }]);
    expect(await everything()).not.toContain('We spoke of dates.');
    expect((await seen(reference)).request).toEqual({});
    expect(await brokenChains(world.dataSource)).toEqual({ checked: 1, broken: [] });
    const log = await manager.query('SELECT actor_id, body FROM case_event WHERE type = $1 ORDER BY version', [
      'personal_data_erased',
    ]);
    expect(log).toEqual([
      { actor_id: null, body: { what: 'contacts', rule: 'retention/1' } },
      { actor_id: null, body: { what: 'content', rule: 'retention/1' } },
    ]);
  });

  it('keeps the summary that the State agreed to', async () => {
    const { caseId, reference } = await world.open();
    await world.send('coordinator', caseId, { verb: 'acknowledge', body: { message: 'We have it.' } });
    await world.send('coordinator', caseId, { verb: 'verify', body: { means: 'mission', evidence: 'A call.' } });
    await world.send('coordinator', caseId, { verb: 'take', body: {} });
    const triage = {
      scope: 'The bill.',
      priority: 'P2',
      needTypes: ['drafting'],
      summary: 'Help with a bill.',
    } as const;
    await world.send('coordinator', caseId, { verb: 'triage', body: { ...triage, needTypes: ['drafting'] } });
    await world.send('focalPoint', caseId, { verb: 'withdraw', body: { reason: 'No longer needed.' } });
    await erasure.erase(caseId, 'content', 'request');
    expect(await seen(reference)).toMatchObject({ summary: 'Help with a bill.', scope: '[erased]' });
    expect(await everything()).not.toMatch(/No longer needed|A call\./);
  });

  it('leaves an open case alone', async () => {
    const { caseId } = await world.open();
    await expect(erasure.erase(caseId, 'contacts', 'request')).rejects.toThrow('has not ended');
    await advanceClock(world.dataSource.manager, 130 * MONTH_MS);
    expect(await retention.run()).toEqual([]);
  });

  it('waits for a mail that is on its way, and stops one that is not', async () => {
    const { caseId } = await ended();
    const { manager } = world.dataSource;
    const [first, second] = await manager.findBy(Mail, { caseId });
    await manager.update(Mail, { id: first?.id ?? '' }, { state: 'sending' });
    await manager.update(Mail, { id: second?.id ?? '' }, { state: 'due' });
    await expect(erasure.erase(caseId, 'contacts', 'request')).rejects.toThrow('is being sent');
    await manager.update(Mail, { id: first?.id ?? '' }, { state: 'sent' });
    expect(await erasure.erase(caseId, 'contacts', 'request')).toBe(true);
    expect(await erasure.erase(caseId, 'contacts', 'request')).toBe(false);
    const mails = await manager.findBy(Mail, { caseId });
    expect(mails.find(({ id }) => id === second?.id)?.state).toBe('suppressed');
    expect(mails.every(({ recipient }) => recipient.startsWith('erased:'))).toBe(true);
  });

  it('of the contacts of a case shuts out who followed it without an account, and takes their name and mails', async () => {
    const { caseId, reference } = await ended();
    const { manager } = world.dataSource;
    const follow = new FollowCodes(world.dataSource, new Config());
    const browser = await follow.ask(reference, ADDRESS);
    const code = await mailedCode(world.dataSource, 'sign_in_code', ADDRESS);
    const { person } = (await follow.redeem(browser, code ?? '')) ?? {};
    await follow.ask(reference, ADDRESS);
    await manager.update(Mail, { kind: 'sign_in_code' }, { state: 'sent', secret: null });
    expect(person?.name).toBe(NAME);
    await manager.query(SESSION, [person?.id]);
    await erasure.erase(caseId, 'contacts', 'request');
    const left = await everything();
    for (const word of [NAME, ADDRESS]) expect(left).not.toContain(word);
    for (const table of ['session', 'case_guest', 'follow_code'])
      expect(await manager.query(`SELECT * FROM ${table}`)).toEqual([]);
    expect(await manager.query('SELECT name, active FROM person WHERE guest')).toEqual([
      { name: 'Erased person', active: false },
    ]);
  });

  it('of a person waits until their open cases have another owner', async () => {
    const { caseId } = await world.open();
    await world.send('coordinator', caseId, { verb: 'take', body: {} });
    const { personId } = actor('coordinator');
    await expect(new PersonErasure(world.dataSource).erase(personId, null, 'request')).rejects.toThrow(
      'Open cases of theirs need another owner first',
    );
  });

  it('of a person leaves an id that leads nowhere, on record, and the files of States as they were', async () => {
    const { reference } = await ended();
    const { manager } = world.dataSource;
    const { personId } = actor('coordinator');
    const [person] = await manager.query('SELECT name, email FROM person WHERE id = $1', [personId]);
    await withEveryWayIn(personId);
    const people = new PersonErasure(world.dataSource);
    await people.erase(personId, null, 'request');
    const left = await everything();
    for (const word of [person.email, ...WAYS_IN]) expect(left).not.toContain(word);
    expect(
      await manager.query('SELECT role FROM person_role WHERE revoked_at IS NULL AND person_id = $1', [personId]),
    ).toEqual([]);
    expect((await seen(reference)).owner).toEqual({ id: personId, name: 'Erased person' });
    expect(left).toContain('We spoke of dates.');
    const acts = await manager.query('SELECT action, subject_id, body FROM admin_event');
    expect(acts).toEqual([{ action: 'person_erased', subject_id: personId, body: expect.any(Object) }]);
    expect(JSON.stringify(acts)).not.toContain(person.name);
    await expect(people.erase(personId, null, 'request')).rejects.toThrow('no such person');
    await expect(people.erase(randomUUID(), null, 'request')).rejects.toThrow('no such person');
  });
});

import { randomUUID } from 'node:crypto';
import { advanceClock } from '#libs/case-store/product-time.js';
import { readRecord } from '#libs/case-reading/case-record.js';
import { caseView } from '#libs/case-reading/case-view.js';
import { reachOf } from '#libs/case-reading/reach.js';
import { CaughtMail } from '#libs/database/entities/caught-mail.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { Sessions } from '#libs/identity/sessions.js';
import { brokenChains } from '#libs/reconciliation/chains.js';
import { loadConfig } from '#libs/config/config.js';
import { CaseWorld } from '../../test/support/case-world.js';
import { actor } from '../../test/support/people.js';
import { requestForm } from '../../test/support/request-form.js';
import { CaseErasure } from './case-erasure.js';
import { PersonErasure } from './person-erasure.js';
import { Retention } from './retention.js';

const MONTH_MS = 31 * 86_400_000;
const NAME = 'Chipo Mwansa-Phiri';
const ADDRESS = 'chipo.mwansa@example.test';
const contact = { name: NAME, email: ADDRESS, phone: '+260 21 100' };

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

  it('of a person leaves an id that leads nowhere, on record, and the files of States as they were', async () => {
    const { reference } = await ended();
    const { manager } = world.dataSource;
    const { personId } = actor('coordinator');
    const [person] = await manager.query('SELECT name, email FROM person WHERE id = $1', [personId]);
    const sessions = new Sessions(world.dataSource, loadConfig({ DATABASE_URL: world.url }));
    await sessions.begin(await manager.findOneByOrFail(Person, { id: personId }), { method: 'password' });
    const people = new PersonErasure(world.dataSource);
    await people.erase(personId, null, 'request');
    const left = await everything();
    for (const word of [person.email]) expect(left).not.toContain(word);
    expect(await manager.query('SELECT 1 FROM session WHERE person_id = $1', [personId])).toEqual([]);
    expect((await seen(reference)).owner).toEqual({ id: personId, name: 'Erased person' });
    expect(left).toContain('We spoke of dates.');
    const acts = await manager.query('SELECT action, subject_id, body FROM admin_event');
    expect(acts).toEqual([{ action: 'person_erased', subject_id: personId, body: expect.any(Object) }]);
    expect(JSON.stringify(acts)).not.toContain(person.name);
    await expect(people.erase(personId, null, 'request')).rejects.toThrow('no such person');
    await expect(people.erase(randomUUID(), null, 'request')).rejects.toThrow('no such person');
  });
});

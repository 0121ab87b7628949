import { CaseWorld } from '../../test/support/case-world.js';
import { asOwner } from '../../test/support/database.js';
import { actor, organisationId } from '../../test/support/people.js';
import { brokenAt, readLog } from './event-log.js';

describe('the case store', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  const acknowledge = { verb: 'acknowledge', body: { message: 'We have your request.' } } as const;
  const withdraw = { verb: 'withdraw', body: { reason: 'No longer needed.' } } as const;
  const breakGlass = { verb: 'break-glass', body: { reason: 'The State has complained to us.' } } as const;

  it('counts references by the year in Geneva, where the new one begins an hour before that of UTC', async () => {
    const { reference } = await world.open({ receivedAt: Date.parse('2026-12-31T23:30:00Z') });
    expect(reference).toBe('CCM-A9-2027-0001');
  });

  it('opens a case with its first event, a receipt and a running acknowledgement clock', async () => {
    const { caseId, reference, version } = await world.open();
    expect(reference).toMatch(/^CCM-A9-\d{4}-\d{4}$/);
    expect(version).toBe(1);
    const [clock] = await world.dataSource.query('SELECT name, state, due_at FROM case_clock WHERE case_id = $1', [
      caseId,
    ]);
    expect(clock).toMatchObject({ name: 'acknowledge', state: 'running' });
    const mail = await world.dataSource.query(
      'SELECT kind, recipient, state FROM mail WHERE case_id = $1 ORDER BY recipient',
      [caseId],
    );
    expect(mail).toEqual([
      { kind: 'receipt', recipient: 'focal@bravia.example.test', state: 'due' },
      { kind: 'receipt', recipient: 'focalpoint@example.test', state: 'due' },
    ]);
  });

  it('applies a command once, however often it is sent', async () => {
    const { caseId } = await world.open();
    const key = world.key();
    const first = await world.send('coordinator', caseId, acknowledge, undefined, key);
    const again = await world.send('coordinator', caseId, acknowledge, undefined, key);
    expect([first.version, again.version]).toEqual([2, 2]);
    expect(await readLog(world.dataSource.manager, caseId)).toHaveLength(2);
  });

  it('refuses another command under the same key', async () => {
    const { caseId } = await world.open();
    const key = world.key();
    await world.send('coordinator', caseId, acknowledge, undefined, key);
    const other = { ...acknowledge, body: { message: 'Something else.' } };
    await expect(world.send('coordinator', caseId, other, undefined, key)).rejects.toThrow('Idempotency-Key');
  });

  it('opens one case for two sendings of one key at the same moment', async () => {
    const key = world.key();
    const [one, two] = await Promise.all([world.open({ key }), world.open({ key })]);
    expect(one.caseId).toBe(two.caseId);
    expect([one.created, two.created].sort()).toEqual([false, true]);
  });

  it('writes nothing when the rules refuse, and says what is possible instead', async () => {
    const { caseId } = await world.open();
    const refused = world.send('coordinator', caseId, { verb: 'verify', body: { means: 'mission', evidence: 'call' } });
    await expect(refused).rejects.toMatchObject({
      code: 'not_in_this_stage',
      allowed: expect.arrayContaining(['acknowledge', 'take']),
    });
    expect(await readLog(world.dataSource.manager, caseId)).toHaveLength(1);
  });

  it('lets two people at once act one after the other, never over each other', async () => {
    const { caseId } = await world.open();
    const both = await Promise.allSettled([
      world.send('coordinator', caseId, acknowledge),
      world.send('coordinator2', caseId, acknowledge),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const log = await readLog(world.dataSource.manager, caseId);
    expect(log.map(({ version }) => version)).toEqual([1, 2]);
    expect(brokenAt(log)).toBeNull();
  });

  it('refuses an account that was closed after it sent its command', async () => {
    const { caseId } = await world.open();
    const { commandId } = await world.desk.receive(caseId, actor('coordinator2').personId, world.key(), acknowledge);
    await world.dataSource.query('UPDATE person SET active = false WHERE id = $1', [actor('coordinator2').personId]);
    await expect(world.store.apply(caseId, commandId, Date.now())).rejects.toMatchObject({ code: 'not_permitted' });
    await world.dataSource.query('UPDATE person SET active = true WHERE id = $1', [actor('coordinator2').personId]);
  });

  it.each([
    ['a coordinator whose role was taken away', 'coordinator2', { roles: [] }, acknowledge],
    ['a coordinator who became an administrator', 'coordinator2', { roles: ['admin'] }, acknowledge],
    ['a focal point who moved to another State’s office', 'focalPoint', { organisation_id: 'aurelia' }, withdraw],
    ['a lead who is a coordinator again', 'lead', { roles: ['coordinator'] }, breakGlass],
  ])('refuses, after it was received, the command of %s', async (_, who, change, command) => {
    const { caseId } = await world.open();
    const { personId } = actor(who);
    const { commandId } = await world.desk.receive(caseId, personId, world.key(), command);
    const [[column = '', to]] = Object.entries(change) as [[string, string | string[]]];
    const value = Array.isArray(to) ? to : organisationId(to);
    const [before] = await world.dataSource.query(`SELECT ${column} AS was FROM person WHERE id = $1`, [personId]);
    await world.dataSource.query(`UPDATE person SET ${column} = $2 WHERE id = $1`, [personId, value]);
    await expect(world.store.apply(caseId, commandId, Date.now())).rejects.toMatchObject({ code: 'not_permitted' });
    expect(await readLog(world.dataSource.manager, caseId)).toHaveLength(1);
    await world.dataSource.query(`UPDATE person SET ${column} = $2 WHERE id = $1`, [personId, before.was]);
    // The same command of the same person, whose right has been given back.
    const { version } = await world.store.apply(caseId, commandId, Date.now());
    expect(version).toBe(2);
  });

  it('keeps people’s words out of the event log, and out of the command once it is applied', async () => {
    const { caseId } = await world.open();
    await world.send('coordinator', caseId, { ...acknowledge, body: { message: 'canary-7f3a' } });
    const kept = await world.dataSource.query(
      `SELECT (SELECT string_agg(body::text, '') FROM case_event WHERE case_id = $1) AS log,
              (SELECT string_agg(body::text, '') FROM command WHERE case_id = $1) AS commands,
              (SELECT string_agg(content, '') FROM case_text WHERE case_id = $1) AS texts`,
      [caseId],
    );
    expect(kept[0].log).not.toContain('canary');
    expect(kept[0].commands ?? '').not.toContain('canary');
    expect(kept[0].texts).toContain('canary');
  });

  it('shows every tampering with the log', async () => {
    const { caseId } = await world.open();
    await world.send('coordinator', caseId, acknowledge);
    const log = await readLog(world.dataSource.manager, caseId);
    expect(brokenAt(log)).toBeNull();
    expect(brokenAt(log.map((row) => (row.version === 2 ? { ...row, type: 'declined' } : row)))).toBe(2);
    expect(brokenAt(log.slice(1))).toBe(1);
    await expect(world.dataSource.query('DELETE FROM case_event WHERE case_id = $1', [caseId])).rejects.toThrow(
      'permission denied',
    );
    await expect(asOwner(world.url, 'DELETE FROM case_event')).rejects.toThrow('append-only');
  });

  it('records a breach, tells the lead, and rescinds it when proof of an answer in time arrives late', async () => {
    const opened = Date.parse('2026-11-24T10:00:00Z');
    const { caseId } = await world.open({ receivedAt: opened });
    const due = Date.parse('2026-11-26T16:00:00Z');
    await world.store.wake(caseId, due + 60_000);
    const breach = () =>
      world.dataSource.query('SELECT due_at, rescinded_at FROM clock_breach WHERE case_id = $1', [caseId]);
    expect((await breach())[0].due_at).toEqual(new Date(due));
    const escalations = await world.dataSource.query(
      `SELECT recipient FROM mail WHERE case_id = $1 AND kind = 'escalation'`,
      [caseId],
    );
    expect(escalations).toEqual([{ recipient: 'lead@example.test' }]);
    const { commandId } = await world.desk.receive(caseId, actor('coordinator').personId, world.key(), acknowledge);
    await world.dataSource.query('UPDATE command SET received_at = $2 WHERE id = $1', [
      commandId,
      new Date(due - 1000),
    ]);
    await world.store.apply(caseId, commandId, due + 120_000);
    expect((await breach())[0].rescinded_at).toEqual(new Date(due + 120_000));
  });
});

import { randomUUID } from 'node:crypto';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { RequestDraft } from '#libs/database/entities/request-draft.entity.js';
import { CommandLine } from '../support/command-line.js';
import { HttpCase } from '../support/http-case.js';
import { dueMail } from '../support/mail-rows.js';
import { TestSystem } from '../support/system.js';

describe('the command line about mails', () => {
  let system: TestSystem;
  let reference = '';
  let cli: CommandLine;
  beforeAll(async () => {
    system = await TestSystem.start();
    cli = new CommandLine((system.dataSource.options as { url: string }).url);
    ({ reference } = await HttpCase.after(system, 'take'));
  }, 60_000);
  afterAll(() => system.stop());

  it('lists the mails of the ledger, and decides on those that may not have arrived', async () => {
    const { data: rows } = await cli.json('mail', 'list', '--case', reference);
    expect(rows.map(({ kind }: { kind: string }) => kind)).toContain('acknowledgement');
    const { id } = rows[0];
    await system.dataSource.query(`UPDATE mail SET state = 'unknown', response = 'silence' WHERE id = $1`, [id]);
    expect((await cli.run(['mail', 'unknown'])).out).toContain(id);
    expect((await cli.run(['mail', 'resend', id])).code).toBe(2);
    const again = await cli.json('mail', 'resend', id, '--reason', 'The reader has called.');
    expect(again).toEqual({ code: 0, data: { id, done: true } });
    expect((await cli.json('mail', 'show', id)).data).toMatchObject({
      state: 'due',
      history: [{ happening: 'sent_again', detail: 'The reader has called.', by: '' }],
    });
    const late = await cli.json('mail', 'leave', id, '--reason', 'Told by telephone.');
    expect(late).toMatchObject({ code: 1, data: { done: false } });
    expect((await cli.run(['mail', 'list', '--state', 'lost'])).err).toContain('--state: must be one of');
    expect((await cli.run(['mail', 'show', 'nothing'])).code).toBe(2);
  });

  it('foretells the mails of the next days, of all cases or of one', async () => {
    const { data } = await cli.json('mail', 'forecast', '--days', '30', '--case', reference);
    expect(data.items.length).toBeGreaterThan(0);
    for (const item of data.items) expect(item).toMatchObject({ reference, to: expect.stringContaining('@') });
    const lines = (await cli.run(['mail', 'forecast'])).out.trim().split('\n');
    expect(lines[0]).toMatch(/^\d+ mails? by .+ if nobody acts$/);
    expect((await cli.run(['mail', 'forecast', '--days', '91'])).code).toBe(2);
    expect((await cli.run(['mail', 'forecast', '--case', reference])).out).toContain('limits are reckoned with');
  });

  it('foretells digests as one mail each, and what is called for about drafts and offers', async () => {
    const { manager } = system.dataSource;
    const author = await manager.findOneByOrFail(Person, { email: 'dunya@demo.action48.test' });
    const draft = { id: randomUUID(), personId: author.id, answers: {}, reference: null };
    await manager.insert(RequestDraft, { ...draft, updatedAt: new Date(Date.now() - 12 * 86_400_000) });
    const { id: caseId } = await manager.findOneByOrFail(AssistanceCase, { reference });
    const sendAfter = new Date(Date.now() + 2 * 86_400_000);
    for (const kind of ['plan', 'dormant'])
      await dueMail(system.dataSource, {
        ...{ kind, caseId, class: 'digest', heldFor: 'digest', party: 'L1', recipient: 'lead@demo.action48.test' },
        ...{ sendAfter, cause: 'planned' },
      });
    const { data } = await cli.json('mail', 'forecast', '--days', '30');
    const gathered = data.items.filter(({ digest }: { digest: unknown }) => digest);
    expect(gathered).toHaveLength(2);
    for (const item of gathered) expect(item.digest).toEqual({ number: 1, at: item.at });
    expect(data.items).toContainEqual(
      expect.objectContaining({ kind: 'draft_idle', reference: null, to: author.email, standing: 'foreseen' }),
    );
    const { out } = await cli.run(['mail', 'forecast', '--days', '30']);
    expect(out).toContain('digest with 2 items');
    expect(out).toMatch(/account .*draft_idle/);
  });
});

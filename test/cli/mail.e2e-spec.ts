import { CommandLine } from '../support/command-line.js';
import { HttpCase } from '../support/http-case.js';
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
  });
});

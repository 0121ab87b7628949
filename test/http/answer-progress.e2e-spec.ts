import { CaseStore } from '#libs/case-store/case-store.js';
import { Config } from '#libs/config/config.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { MailComposer } from '#libs/mail/composer.js';
import { HttpCase } from '../support/http-case.js';
import { answerTokens, read } from '../support/mailed-answer.js';
import { TestSystem } from '../support/system.js';

const DAY_MS = 86_400_000;

describe('a responder who is reminded that a report on the work is due', () => {
  let system: TestSystem;
  let one: HttpCase;
  beforeAll(async () => {
    system = await TestSystem.start();
    one = await HttpCase.after(system, 'agree-plan');
  }, 120_000);
  afterAll(() => system?.stop());

  const types = async (): Promise<string[]> => {
    const { body } = await one.get('coordinator', '/timeline');
    return (body.items ?? body).map(({ type }: { type: string }) => type);
  };

  it('finds a link and a code in the mail, and says by them that the work goes on', async () => {
    const { manager } = system.dataSource;
    const { id } = await manager.findOneByOrFail(AssistanceCase, { reference: one.reference });
    await new CaseStore(system.dataSource).wake(id, Date.now() + 26 * DAY_MS);
    const reminders = await manager.findBy(Mail, { caseId: id, kind: 'reminder', party: 'responder' });
    const [reminder] = reminders.filter(({ sequence }) => sequence.startsWith('responder_update:'));
    const { subject, text } = await new MailComposer(manager, new Config()).compose(reminder as Mail);
    const { path, code } = read(subject ?? '', text as string);
    expect(path).toMatch(/^\/answer\//);
    expect(await answerTokens(system, one.reference)).toMatchObject([{ purpose: 'progress', revokedAt: null }]);

    const page = await (await fetch(system.url + path)).text();
    expect(page).toContain('How does the work stand?');
    expect(await types()).not.toContain('progress_updated');
    const said = new URLSearchParams({ answer: 'still_on_it', progress: 'All goes well.', code: code ?? '' });
    const answered = await fetch(system.url + path, { method: 'POST', body: said });
    expect(answered.status).toBe(200);
    expect((await types()).filter((type) => type === 'progress_updated')).toHaveLength(1);
    // What it asked for was said: the link is good for nothing more.
    const [token] = await answerTokens(system, one.reference);
    expect(token?.revokedAt).not.toBeNull();
  });
});

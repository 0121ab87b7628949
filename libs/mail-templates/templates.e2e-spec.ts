import { DataSource } from 'typeorm';
import { Person } from '#libs/database/entities/person.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { MailComposer } from '#libs/mail/composer.js';
import { hashOfWords, programWords } from '#libs/mail/words.js';
import { seedDemoPeople } from '#libs/reference-data/seed-people.js';
import { seedReferenceData } from '#libs/reference-data/seed-reference.js';
import { asOwner, createTestDatabase } from '../../test/support/database.js';
import { dueMail, mailRow } from '../../test/support/mail-rows.js';
import { previewData, previewOf } from './preview.js';
import { BadWords, EditedMeanwhile, TemplateDesk } from './template-desk.js';

const SENDER = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32).toString('base64'),
};
const PLACE = { kind: 'reminder', language: 'fr' } as const;
const WORDS = { subject: "l’on attend : '{clock}'", lines: ['Rappel : {clock}.', "D'accord ?"], link: 'Répondre' };

describe('the templates of mails', () => {
  let databaseUrl = '';
  let dataSource: DataSource;
  let desk: TemplateDesk;
  let lead: Person;
  beforeAll(async () => {
    databaseUrl = await createTestDatabase();
    dataSource = await new DataSource(databaseOptions(databaseUrl)).initialize();
    await seedReferenceData(dataSource);
    await seedDemoPeople(dataSource);
    lead = await dataSource.manager.findOneByOrFail(Person, { email: 'lead@demo.action48.test' });
    desk = new TemplateDesk(dataSource);
  }, 60_000);
  afterEach(() => asOwner(databaseUrl, 'DELETE FROM mail_review', 'DELETE FROM mail_template_version'));
  afterAll(() => dataSource.destroy());

  /** A mailer that has just been started. */
  const compose = async (changes: Parameters<typeof dueMail>[1] = { language: 'fr' }) => {
    const row = await dueMail(dataSource, changes);
    const message = await new MailComposer(dataSource.manager, SENDER).compose(row);
    return { message, row: await mailRow(dataSource, row) };
  };

  it('are what mails are written with from then on, and the ledger keeps which version it was', async () => {
    const before = await compose();
    expect([before.message.subject, before.row.template]).toEqual([expect.stringContaining('réponse'), null]);
    await desk.save(PLACE, { ...WORDS, subject: 'autre' }, 0, lead.id);
    await desk.save(PLACE, WORDS, 1, lead.id);
    const { message, row } = await compose();
    expect(message.subject).toBe("CCM-A9-2026-0042: l’on attend : 'Réponse du répondant'");
    expect(message.text).toContain("D'accord ?\n");
    expect(message.html).toContain('D&#39;accord ?');
    expect(row.template).toBe(2);
    expect((await compose({ language: 'es' })).row.template).toBeNull();
    expect((await compose({ language: 'fr', kind: 'breach' })).row.template).toBeNull();
  });

  it.each(['{clock', '{nothing}', '{clock, plural, one {x}}', '{clock, date, {x}}'])(
    'can never stop a mail: where one is broken (%s), the words of the program are sent',
    async (subject) => {
      await dataSource.query(
        `INSERT INTO mail_template_version (kind, language, version, subject, lines, link, edited_by, edited_at)
         VALUES ('reminder', 'fr', 1, $1, '{x}', 'y', $2, now())`,
        [subject, lead.id],
      );
      const { message, row } = await compose();
      expect([message.subject, row.template]).toEqual([expect.stringContaining('réponse'), null]);
    },
  );

  it('can never stop a mail: not even when their table cannot be read', async () => {
    const manager = Object.create(dataSource.manager) as typeof dataSource.manager;
    manager.query = () => Promise.reject(new Error('no such table'));
    const row = await dueMail(dataSource);
    expect((await new MailComposer(manager, SENDER).compose(row)).subject).toContain('your answer is awaited');
  });

  it('go back to an earlier version, or to the program, as a new version', async () => {
    await desk.save(PLACE, WORDS, 0, lead.id);
    await desk.save(PLACE, { ...WORDS, link: 'Vite' }, 1, lead.id);
    expect(await desk.restore(PLACE, 1, 2, lead.id)).toBe(3);
    expect((await desk.state(PLACE)).words).toEqual(WORDS);
    expect(await desk.restore(PLACE, 0, 3, lead.id)).toBe(4);
    expect(await desk.state(PLACE)).toMatchObject({ version: null, words: programWords('reminder', 'fr') });
    expect(await desk.restore(PLACE, 9, 4, lead.id)).toBeNull();
    expect((await desk.versions(PLACE)).map(({ version, restores }) => [version, restores])).toEqual([
      [4, 0],
      [3, 1],
      [2, null],
      [1, null],
    ]);
    expect((await compose()).row.template).toBeNull();
  });

  it('are not overwritten by whoever has not seen the newest version', async () => {
    await desk.save(PLACE, WORDS, 0, lead.id);
    await expect(desk.save(PLACE, WORDS, 0, lead.id)).rejects.toThrow(EditedMeanwhile);
    const both = await Promise.allSettled([desk.save(PLACE, WORDS, 1, lead.id), desk.save(PLACE, WORDS, 1, lead.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('are refused when they could not be sent', () => {
    expect(() => desk.save(PLACE, { ...WORDS, subject: '{nobody}' }, 0, lead.id)).toThrow(BadWords);
  });

  it('are machine until somebody confirms them, and a review holds for these words alone', async () => {
    expect(await desk.state(PLACE)).toMatchObject({ status: 'machine', reviewedBy: null });
    expect(await desk.state({ ...PLACE, language: 'en' })).toMatchObject({ status: 'source' });
    const program = hashOfWords(programWords('reminder', 'fr'));
    await desk.review(PLACE, program, lead.id);
    expect(await desk.state(PLACE)).toMatchObject({ status: 'reviewed', reviewedBy: lead.name });
    await desk.save(PLACE, WORDS, 0, lead.id);
    expect(await desk.state(PLACE)).toMatchObject({ status: 'edited', reviewedBy: null });
    await expect(desk.review(PLACE, program, lead.id)).rejects.toThrow(EditedMeanwhile);
    await desk.restore(PLACE, 0, 1, lead.id);
    expect(await desk.state(PLACE)).toMatchObject({ status: 'reviewed' });
  });

  it('are changed and confirmed on record', async () => {
    const before = await dataSource.query<{ n: number }[]>('SELECT count(*)::int AS n FROM admin_event');
    await desk.save(PLACE, WORDS, 0, lead.id);
    await desk.review(PLACE, hashOfWords(WORDS), lead.id);
    await desk.review(PLACE, hashOfWords(WORDS), lead.id);
    const acts = await dataSource.query('SELECT action, body FROM admin_event WHERE id > $1 ORDER BY id', [
      before[0]?.n,
    ]);
    const body = { ...PLACE, version: 1 };
    expect(acts).toEqual([
      { action: 'mail_template_saved', body },
      { action: 'mail_words_reviewed', body },
    ]);
  });

  it('are previewed with the newest mail of their kind, without the names that were in it', async () => {
    const { manager } = dataSource;
    await dataSource.query('DELETE FROM mail');
    expect((await previewData(manager, 'reminder', 0)).real).toBe(false);
    const { parameters } = await dueMail(dataSource);
    const insteadOf = { name: 'Ana Lopes', until: '2026-12-04' };
    await dueMail(dataSource, {
      sendAfter: new Date(),
      parameters: { ...parameters, reference: 'CCM-A9-2026-0077', state: 'Dunya', insteadOf } as typeof parameters,
    });
    const data = await previewData(manager, 'reminder', 0);
    const { text } = previewOf(PLACE, WORDS, data, SENDER.publicUrl);
    expect(data.real).toBe(true);
    expect(text).toContain('CCM-A9-2026-0077');
    expect(text).not.toMatch(/Dunya|Ana Lopes/);
  });
});

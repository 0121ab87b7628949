import { createTransport } from 'nodemailer';
import { CaseStore } from '#libs/case-store/case-store.js';
import type { TriageRoom } from '#libs/documents/limits.js';
import { Scanning } from '#libs/documents/scanning.js';
import { CaseErasure } from '#libs/erasure/case-erasure.js';
import { LmtpDoor } from '../../apps/mailer/src/inbound/lmtp.js';
import { PDF, TEST_SECRETS_KEY } from '../support/documents.js';
import { HttpCase } from '../support/http-case.js';
import { INBOUND } from '../support/inbound.js';
import { receptionOf } from '../support/reception.js';
import { TestSystem } from '../support/system.js';

jest.setTimeout(240_000);

const SENDER = { mailFrom: 'Action48 <no-reply@action48.test>', secretsKey: TEST_SECRETS_KEY };
const REASON = 'It says so.';

describe('files of a mail on no case', () => {
  let system: TestSystem;
  let one: HttpCase;
  let written = 0;

  beforeAll(async () => {
    system = await TestSystem.start();
    one = await HttpCase.after(system, 'circulate');
  });
  afterAll(() => system?.stop());
  afterEach(() => system.dataSource.query('DELETE FROM inbound_mail WHERE case_id IS NULL'));

  /** Sends a stranger's mail through the door; its id in triage. */
  async function arrives(files: Record<string, Buffer>, room?: TriageRoom): Promise<string> {
    const door = await LmtpDoor.open('127.0.0.1:0', receptionOf(system.dataSource, SENDER, room), () => undefined);
    const transport = createTransport({ host: '127.0.0.1', port: door.port, lmtp: true, ignoreTLS: true } as object);
    try {
      await transport.sendMail({
        from: 'stranger@example.test',
        to: `reply@${INBOUND.domain}`,
        ...{ subject: `Enclosed ${(written += 1)}`, text: 'Please see the files.' },
        attachments: Object.entries(files).map(([filename, content]) => ({ filename, content })),
      });
    } finally {
      transport.close();
      await door.close();
    }
    const { body } = await system.call('coordinator', 'GET', '/api/v1/triage/mail');
    return body.items.at(-1).id;
  }
  const triage = (id: string, what = '', body?: object) =>
    system.call('coordinator', body ? 'POST' : 'GET', `/api/v1/triage/mail/${id}${what}`, body);
  const filesOf = async (id: string) => (await triage(id)).body.triageFiles;
  const attach = (id: string) => triage(id, '/attach', { reference: one.reference, reason: REASON });
  const scan = (clean: boolean) =>
    new Scanning(system.dataSource, TEST_SECRETS_KEY, {
      scan: async () => (clean ? { clean } : { clean, found: 'Win.Test' }),
    }).pass();
  const documents = async () => (await one.get('coordinator', '/documents')).body.items;
  const document = async (name: string) => (await documents()).find((item: { name: string }) => item.name === name);
  const download = async (id: string) => (await one.get('coordinator', `/documents/${id}`)).status;
  async function keptBytes(): Promise<number> {
    const [{ count }] = await system.dataSource.query(
      'SELECT count(*)::int FROM document_content c JOIN document d ON d.id = c.document_id WHERE d.case_id IS NULL',
    );
    return count;
  }

  it('are named in triage, read by nobody there, and the owner’s once it is put on the case', async () => {
    const id = await arrives({ 'Bill.pdf': PDF('bill'), 'crest.svg': Buffer.from('<svg onload="x"/>') });
    expect(await filesOf(id)).toMatchObject([
      { name: 'Bill.pdf', state: 'quarantined', size: PDF('bill').length },
      { name: 'crest.svg', state: 'refused', refused: expect.stringContaining('Save it as a PDF') },
    ]);
    expect(await scan(true)).toBe(1);
    expect((await filesOf(id))[0]).toMatchObject({ state: 'clean', checkedBy: 'scanner' });
    const [{ id: stray }] = await system.dataSource.query(`SELECT id FROM document WHERE name = 'Bill.pdf'`);
    expect(await download(stray)).toBe(404);
    expect((await attach(id)).status).toBe(204);
    expect(await document('Bill.pdf')).toMatchObject({ state: 'clean', source: 'mail', letter: 'R' });
    expect(await document('crest.svg')).toMatchObject({ state: 'refused' });
    expect(await download(stray)).toBe(200);
    const last = (await one.get('coordinator', '/timeline')).body.items.at(-1);
    expect(last).toMatchObject({ type: 'document_added', facts: { documentId: stray, source: 'mail' } });
    expect((await one.get('legalaid', `/documents/${stray}`)).status).toBe(404);
    const [reply] = (await one.get('coordinator', '/replies')).body.items;
    expect(reply).toMatchObject({ id, filesOnCase: true, triageFiles: [] });
  });

  it('wait for the scanner on the case where it has not seen them before', async () => {
    const id = await arrives({ 'Early.pdf': PDF('early') });
    expect((await attach(id)).status).toBe(204);
    const { id: early } = await document('Early.pdf');
    expect(await download(early)).toBe(404);
    expect(await scan(true)).toBe(1);
    expect(await download(early)).toBe(200);
  });

  it('are gone when it is set aside, and when it expires', async () => {
    const id = await arrives({ 'Aside.pdf': PDF('aside') });
    expect(await keptBytes()).toBe(1);
    expect((await triage(id, '/set-aside', { reason: REASON })).status).toBe(204);
    expect(await keptBytes()).toBe(0);
    expect(await filesOf(id)).toEqual([]);
    await arrives({ 'Old.pdf': PDF('old') });
    expect(await keptBytes()).toBe(1);
    const erasure = new CaseErasure(system.dataSource, new CaseStore(system.dataSource));
    await erasure.eraseStrayMail(Date.now() + 1_000_000_000_000);
    expect(await keptBytes()).toBe(0);
  });

  it('are never readable when the scanner finds something', async () => {
    const id = await arrives({ 'Bad.pdf': PDF('bad') });
    expect(await scan(false)).toBe(1);
    expect(await filesOf(id)).toMatchObject([{ name: 'Bad.pdf', state: 'infected' }]);
    expect(await keptBytes()).toBe(0);
    expect((await attach(id)).status).toBe(204);
    const bad = await document('Bad.pdf');
    expect(bad).toMatchObject({ state: 'infected', mayDownload: false });
    expect(await download(bad.id)).toBe(404);
  });

  it('are left out beyond what there is room for, and the message stays and says so', async () => {
    const size = PDF('first').length;
    const room = { day: size + 5, all: 10 * size };
    const first = await arrives({ 'First.pdf': PDF('first') }, room);
    const second = await arrives({ 'Next.pdf': PDF('other') }, room);
    expect(await filesOf(second)).toMatchObject([
      { state: 'refused', refused: expect.stringMatching(/^The room for files of mail without a case was taken/) },
    ]);
    expect((await triage(second)).body.text).toBe('Please see the files.');
    expect((await triage(first, '/set-aside', { reason: REASON })).status).toBe(204);
    expect(await filesOf(await arrives({ 'Third.pdf': PDF('third') }, room))).toMatchObject([{ state: 'quarantined' }]);
  });
});

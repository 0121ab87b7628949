import { Documents } from '#libs/documents/documents.js';
import { Scanning } from '#libs/documents/scanning.js';
import { CaseErasure } from '#libs/erasure/case-erasure.js';
import { CaseStore } from '#libs/case-store/case-store.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { DocumentContent } from '#libs/database/entities/document-content.entity.js';
import { DOCX, PDF, send, TEST_SECRETS_KEY } from '../support/documents.js';
import { HttpCase } from '../support/http-case.js';
import { HOSTILE_FILES } from '../support/hostile-files.js';
import { actor } from '../support/people.js';
import { TestSystem } from '../support/system.js';

const MIB = 1024 * 1024;
const big = (mib: number) =>
  Buffer.concat([PDF(String(mib)), Buffer.alloc(mib * MIB - 200, 'x'), Buffer.from('%%EOF')]);

describe('documents of a case', () => {
  let system: TestSystem;
  let one: HttpCase;
  beforeAll(async () => {
    system = await TestSystem.start({ settings: { SCANNER_ADDRESS: 'none' } });
  }, 120_000);
  afterAll(() => system.stop());
  beforeEach(async () => {
    one = await HttpCase.after(system, 'agree-plan');
  }, 60_000);

  const scan = () => new Scanning(system.dataSource, TEST_SECRETS_KEY, null).pass();
  const list = async (who: string) => (await one.get(who, '/documents')).body.items;
  const post = (who: string, path: string) =>
    system.call(who, 'POST', `/api/v1/cases/${one.reference}/documents/${path}`, {});
  const add = (who: string, name: string, content = PDF(name)) => send(system, who, one.reference, [{ name, content }]);
  const added = async (who: string, name: string): Promise<string> => {
    const { status, body } = await add(who, name);
    expect(status).toBe(201);
    await scan();
    return body.items.at(-1).id;
  };
  const seen = async (id: string) => {
    const people = [
      'bravia',
      'coordinator',
      'coordinator2',
      'isu',
      'lead',
      'legalaid',
      'coalition',
      'aurelia',
      'admin',
    ];
    const answers = await Promise.all(people.map((who) => one.get(who, `/documents/${id}`)));
    return people.filter((_, index) => answers[index]?.status === 200);
  };
  const eventsOf = async (type: string) =>
    (await one.get('coordinator', '/timeline')).body.items.filter((entry: { type: string }) => entry.type === type);

  it('wait for the check, and are then handed out as what they are, to be kept and not shown', async () => {
    const { body } = await add('bravia', 'Verbale № 114.exe');
    expect(body).toMatchObject({
      refused: [],
      items: [{ name: 'Verbale № 114.exe.pdf', state: 'quarantined', mayDownload: false }],
    });
    const { id } = body.items[0];
    expect((await one.get('bravia', `/documents/${id}`)).status).toBe(404);
    await scan();
    expect(await list('bravia')).toMatchObject([
      { state: 'clean', checkedBy: 'type', mayDownload: true, yours: true, letter: 'R' },
    ]);
    const answer = await one.get('bravia', `/documents/${id}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toBe(PDF('Verbale № 114.exe').toString());
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="Verbale _ 114.exe.pdf"; filename*=UTF-8''Verbale%20%E2%84%96%20114.exe.pdf`,
      'content-security-policy': expect.stringMatching(/^sandbox;/),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it('are sealed in the database, and for themselves alone', async () => {
    const [id, other] = [await added('bravia', 'one.pdf'), await added('bravia', 'other.pdf')];
    const { manager } = system.dataSource;
    const kept = await manager.findOneByOrFail(DocumentContent, { documentId: id });
    expect(kept.sealed.includes('%PDF')).toBe(false);
    await manager.update(DocumentContent, { documentId: other }, { sealed: kept.sealed });
    expect((await one.get('bravia', `/documents/${other}`)).status).toBe(500);
    expect((await one.get('bravia', `/documents/${id}`)).status).toBe(200);
  });

  it('are for the State and the coordinators until the owner releases them, and nobody else knows of them', async () => {
    const id = await added('bravia', 'draft.pdf');
    expect(await seen(id)).toEqual(['bravia', 'coordinator', 'coordinator2', 'isu']);
    expect(await list('legalaid')).toEqual([]);
    expect((await post('legalaid', `${id}/release`)).status).toBe(404);
    expect((await post('bravia', `${id}/release`)).status).toBe(403);
    expect((await post('coordinator', `${id}/release`)).status).toBe(200);
    expect(await seen(id)).toEqual(['bravia', 'coordinator', 'coordinator2', 'isu', 'lead', 'legalaid']);
    expect(await eventsOf('document_released')).toHaveLength(1);
  });

  it('of a responder are read by that responder, the State and the coordinators, and by no other responder', async () => {
    const id = await added('legalaid', 'our draft.docx.pdf');
    expect(await seen(id)).toEqual(['bravia', 'coordinator', 'coordinator2', 'isu', 'legalaid']);
    expect((await add('coalition', 'no.pdf')).status).toBe(404);
    expect((await add('admin', 'no.pdf')).status).toBe(404);
    expect((await add('aurelia', 'no.pdf')).status).toBe(404);
  });

  it('are on the log without their names', async () => {
    const id = await added('bravia', 'Secret plan.pdf');
    const [event] = await eventsOf('document_added');
    expect(event.facts).toEqual({
      documentId: id,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      size: PDF('Secret plan.pdf').length,
      source: 'upload',
      organisationId: null,
    });
    const { body } = await one.get('lead', '/timeline');
    expect(JSON.stringify(body)).not.toMatch(/Secret plan|sha256/);
    const log = await one.get('bravia', '/access-log');
    await one.get('isu', `/documents/${id}`);
    expect((await one.get('bravia', '/access-log')).body.items).toContainEqual(
      expect.objectContaining({ door: 'documents', why: ['isu'] }),
    );
    expect(log.status).toBe(200);
  });

  it('are erased when whoever added them takes them back unread, and only marked afterwards', async () => {
    const unread = await added('bravia', 'unread.pdf');
    expect((await post('coordinator', `${unread}/remove`)).status).toBe(403);
    expect((await post('bravia', `${unread}/remove`)).status).toBe(200);
    expect(await list('coordinator')).toMatchObject([
      { name: '', sha256: '', mayDownload: false, removedAt: expect.any(String) },
    ]);
    const read = await added('bravia', 'read.pdf');
    await one.get('coordinator', `/documents/${read}`);
    await post('bravia', `${read}/remove`);
    expect((await one.get('coordinator', `/documents/${read}`)).status).toBe(200);
    expect((await list('bravia'))[1]).toMatchObject({
      name: 'read.pdf',
      removedAt: expect.any(String),
      erasedAt: null,
      mayRemove: false,
    });
    expect(
      (await eventsOf('document_removed')).map(({ facts }: { facts: { erased: boolean } }) => facts.erased),
    ).toEqual([true, false]);
    expect((await post('coordinator', `${read}/release`)).status).toBe(409);
  });

  it('are added once, however often the same file is sent', async () => {
    await Promise.all([add('bravia', 'a.pdf'), add('bravia', 'a.pdf'), add('bravia', 'a.pdf')]);
    expect(await list('bravia')).toHaveLength(1);
  });

  it('are ten at most and 25 MB together; the rest is named with the reason, and what fits is kept', async () => {
    const many = Array.from({ length: 10 }, (_, n) => ({ name: `${n}.pdf`, content: PDF(String(n)) }));
    expect((await send(system, 'bravia', one.reference, many.slice(0, 9))).status).toBe(201);
    const both = await send(system, 'bravia', one.reference, [
      many[9] as never,
      { name: 'more.docx', content: DOCX() },
    ]);
    expect(both).toMatchObject({ status: 201, body: { refused: [{ name: 'more.docx', reason: 'too_many' }] } });
    const other = await HttpCase.after(system, 'open');
    for (const mib of [9, 9.5])
      await send(system, 'bravia', other.reference, [{ name: `${mib}.pdf`, content: big(mib) }]);
    const full = await send(system, 'bravia', other.reference, [{ name: 'c.pdf', content: big(8) }]);
    expect(full).toMatchObject({
      status: 422,
      body: {
        errors: [{ field: 'files', message: expect.stringMatching(/^c\.pdf: The files of a case may have 25 MB/) }],
      },
    });
  }, 60_000);

  it.each([
    ['nothing at all', [], 400],
    ['eleven files', Array.from({ length: 11 }, (_, n) => ({ name: `${n}.pdf`, content: PDF() })), 400],
    ['a file that is far too large', [{ name: 'a.pdf', content: big(12) }], 413],
    ['more than a case holds', [1, 2, 3].map((n) => ({ name: `${n}.pdf`, content: big(9.9) })), 413],
  ])('are refused as a form when it has %s', async (_, files, status) => {
    expect((await send(system, 'bravia', one.reference, files)).status).toBe(status);
    expect(await list('bravia')).toEqual([]);
  });

  it('are never handed out as something that a browser runs, whatever was sent', async () => {
    for (const { what, name, content, type, refused, kept } of HOSTILE_FILES) {
      const answer = await send(system, 'bravia', one.reference, [{ name, content, ...(type && { type }) }]);
      if (refused) {
        expect({ what, status: answer.status }).toEqual({ what, status: refused === 'too_large' ? 413 : 422 });
        continue;
      }
      expect({ what, status: answer.status }).toEqual({ what, status: 201 });
      await scan();
      const { id, ...view } = answer.body.items.at(-1);
      expect(view.name).toBe(kept);
      const { headers } = await one.get('bravia', `/documents/${id}`);
      expect(headers.get('content-type')).toMatch(/^(application\/pdf|text\/plain; charset=utf-8)$/);
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename="[\w .()-]+"; filename\*=UTF-8''[\w.%~-]+$/,
      );
      expect(headers.get('content-security-policy')).toMatch(/^sandbox;/);
      await post('bravia', `${id}/remove`);
    }
  }, 120_000);

  it('go with the content of the case, once it has ended, and no file is taken from then on', async () => {
    await added('bravia', 'Zebra.pdf');
    await one.does('bravia', 'withdraw');
    expect((await add('bravia', 'late.pdf')).status).toBe(409);
    const { manager } = system.dataSource;
    const { id } = await manager.findOneByOrFail(AssistanceCase, { reference: one.reference });
    await new CaseErasure(system.dataSource, new CaseStore(system.dataSource)).erase(id, 'content', 'request');
    const rows = await system.dataSource.query(
      'SELECT d.name, d.sha256, c.sealed FROM document d LEFT JOIN document_content c ON c.document_id = d.id WHERE d.case_id = $1',
      [id],
    );
    expect(rows).toEqual([{ name: '', sha256: '', sealed: null }]);
  });

  it('come with a reply by mail as well, by the same rules, in the transaction that takes the mail in', async () => {
    const { manager } = system.dataSource;
    const { id: caseId } = await manager.findOneByOrFail(AssistanceCase, { reference: one.reference });
    const documents = system.app.get(Documents, { strict: false });
    const about = { caseId, personId: actor('legalaid').personId, inboundMailId: 'mail-1' };
    const files = [
      { name: 'answer.docx', declaredType: 'application/octet-stream', content: DOCX() },
      { name: 'crest.svg', declaredType: 'image/svg+xml', content: Buffer.from('<svg onload="x"/>') },
    ];
    const failed = system.dataSource.transaction(async (inside) => {
      await documents.takeAttachments(inside, about, files);
      throw new Error('the mail is not taken in');
    });
    await expect(failed).rejects.toThrow('not taken in');
    expect(await list('legalaid')).toEqual([]);
    const stored = await system.dataSource.transaction((inside) => documents.takeAttachments(inside, about, files));
    expect(stored.refused).toEqual([{ name: 'crest.svg', reason: 'web_page' }]);
    expect(await list('legalaid')).toMatchObject([
      { name: 'answer.docx', state: 'quarantined', source: 'mail', yours: true },
      { name: 'crest.svg', state: 'refused', refused: expect.stringContaining('Save it as a PDF') },
    ]);
  });
});

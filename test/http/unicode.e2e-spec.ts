import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

const PASSWORD = 'action48-demo';

describe('text that comes in', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start();
  });
  afterAll(() => system.stop());

  const opened = async (changes: object) => {
    const { status, body } = await system.call('bravia', 'POST', '/api/v1/requests', { ...requestForm(), ...changes });
    expect(status).toBe(201);
    const view = await system.call('bravia', 'GET', `/api/v1/cases/${body.reference}`);
    return { reference: body.reference as string, request: view.body.request };
  };

  it('is kept in one form, however it was typed', async () => {
    const { request } = await opened({
      leadMinistry: 'Ministe\u0300re de la De\u0301fense',
      expectedResult: 'Une loi sur l’e\u0301tat. '.repeat(4),
    });
    expect(request.leadMinistry).toBe('Ministère de la Défense');
    expect(request.expectedResult).toContain('l’état');
  });

  it('loses in names what hides or reorders, and keeps it in free text', async () => {
    const focalPoint = {
      name: 'Mwila\u202E adnaB\u200B',
      email: 'focal@bravia.example.test',
      title: 'Legal\r\nadviser',
    };
    const { request } = await opened({
      focalPoint,
      needDescription: `${'A draft bill of some years ago. '.repeat(8)}\u202Egpj`,
    });
    expect(request.focalPoint).toMatchObject({ name: 'Mwila adnaB', title: 'Legal adviser' });
    expect(request.needDescription).toContain('\u202Egpj');
  });

  it.each([
    ['Arabic', 'وزارة الدفاع', 'مشروع قانون قديم يجب تعديله ليتوافق مع قانون العقوبات. '],
    ['Persian, with its joiners', 'وزارت امور خارجه', 'پیش‌نویس قانون را می‌خواهیم که با قانون مجازات هماهنگ شود. '],
    ['Hebrew', 'משרד החוץ', 'טיוטת חוק שיש להתאים לחוק העונשין, בְּהַקְדֵּם. '],
    ['Hindi', 'विदेश मंत्रालय', 'एक पुराना विधेयक दंड संहिता के अनुरूप होना चाहिए। '],
    ['Chinese', '外交部', '多年前的一项法律草案必须与刑法保持一致，并提交议会审议。'],
  ])('survives unchanged in %s', async (_, leadMinistry, sentence) => {
    const needDescription = sentence.repeat(10).trim();
    const { request } = await opened({
      leadMinistry,
      needDescription,
      focalPoint: { name: leadMinistry, email: 'focal@bravia.example.test' },
    });
    expect(request).toMatchObject({ leadMinistry, needDescription, focalPoint: { name: leadMinistry } });
  });

  it('is nothing when a name has only what cannot be seen', async () => {
    const answer = await system.call('bravia', 'POST', '/api/v1/requests', {
      ...requestForm(),
      leadMinistry: '\u200B\u202E\u2066',
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ field: 'leadMinistry' })]);
  });

  it('is a password exactly as it was typed', async () => {
    const signIn = (password: string) =>
      system.call('', 'POST', '/api/v1/sessions', { email: 'bravia@demo.action48.test', password });
    expect((await signIn(PASSWORD)).status).toBe(201);
    expect((await signIn(`${PASSWORD}\u200B`)).status).toBe(401);
    expect((await signIn(` ${PASSWORD}`)).status).toBe(401);
  });

  it('shows on a page what reorders it, and leaves it alone where it is being written', async () => {
    const { reference } = await opened({
      expectedResult: `A bill with penal sanctions.\u202E ${'under Article 9 '.repeat(4)}`,
    });
    const form = new URLSearchParams({ email: 'bravia@demo.action48.test', password: PASSWORD });
    const signedIn = await fetch(`${system.url}/sign-in`, { method: 'POST', body: form, redirect: 'manual' });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = async (path: string, init: RequestInit = {}) =>
      (await fetch(system.url + path, { ...init, headers: { cookie } })).text();
    const html = await page(`/cases/${reference}`);
    expect(html).toContain('sanctions.⟨U+202E⟩');
    expect(html).not.toContain('\u202E');
    const [, csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(html) ?? [];
    const body = new URLSearchParams({ _csrf: csrf, reason: '', 'reason-x': '' });
    body.set('reason', `${'x'.repeat(4_001)}\u202E`);
    expect(await page(`/cases/${reference}/withdraw`, { method: 'POST', body })).toMatch(
      /<textarea[^>]*>x+\u202E<\/textarea>/,
    );
  });
});

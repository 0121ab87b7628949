import { scanningOf } from '#libs/documents/scanning.js';
import { describeInBrowser } from '../support/chromium.js';
import { PDF, TEST_SECRETS_KEY } from '../support/documents.js';
import { HttpCase } from '../support/http-case.js';
import { TestSystem } from '../support/system.js';
import { DESK, Visitors } from './browser.js';

// A page takes its time on a busy machine; nothing here is about speed.
jest.setTimeout(180_000);

describeInBrowser('documents of a case, without JavaScript', (chromium) => {
  let system: TestSystem;
  let visitors: Visitors;
  beforeAll(async () => {
    system = await TestSystem.start({ settings: { SCANNER_ADDRESS: 'none' } });
    visitors = await Visitors.open(chromium, system.url);
  });
  afterAll(async () => {
    await visitors?.close();
    await system?.stop();
  });
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/pdf', buffer });

  it('are added on the page of the case; what is not taken is named with the reason; they are checked, read and taken back', async () => {
    const one = await HttpCase.after(system, 'open');
    const page = await visitors.visitor('bravia', DESK);
    await page.goto(`/cases/${one.reference}`);
    await page
      .locator('#files')
      .setInputFiles([file('Note verbale.pdf', PDF()), file('crest.svg', Buffer.from('<svg onload="alert(1)"/>'))]);
    await page.getByRole('button', { name: 'Send the documents' }).click();
    await page.waitForURL(/\/documents$/);
    expect(await page.getByRole('alert').textContent()).toMatch(/crest\.svg.*Save it as a PDF and send that/s);
    expect(await page.getByRole('table').textContent()).toMatch(/Note verbale\.pdf.*Waits for the virus scan/s);
    await scanningOf(system.dataSource, { scannerAddress: 'none', secretsKey: TEST_SECRETS_KEY })?.pass();

    await page.goto(`/cases/${one.reference}`);
    expect(await page.getByRole('main').textContent()).toMatch(
      /no virus scanner: documents are checked by their type only/,
    );
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Note verbale.pdf' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Note verbale.pdf');

    await page.getByRole('button', { name: 'Take back Note verbale.pdf' }).click();
    await page.waitForURL(/done=removed/);
    expect(await page.getByRole('main').textContent()).toMatch(/Taken back\..*Erased document/s);
  });

  it('are refused on the page itself when nothing was chosen', async () => {
    const one = await HttpCase.after(system, 'open');
    const page = await visitors.visitor('bravia', DESK);
    await page.goto(`/cases/${one.reference}/documents`);
    await page.getByRole('button', { name: 'Send the documents' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/Choose 1 to 10 files/);
  });

  it('are taken from none of another site, nor without the token of the session', async () => {
    const one = await HttpCase.after(system, 'open');
    const page = await visitors.visitor('bravia', DESK);
    await page.goto(`/cases/${one.reference}/documents`);
    const [cookie] = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`);
    const form = new FormData();
    form.append('files', new Blob([new Uint8Array(PDF())]), 'a.pdf');
    const address = `${system.url}/cases/${one.reference}/documents`;
    const plain = { cookie: cookie ?? '' };
    for (const headers of [
      plain,
      { ...plain, origin: 'https://evil.test' },
      { ...plain, 'sec-fetch-site': 'cross-site' },
    ])
      expect((await fetch(address, { method: 'POST', body: form, headers, redirect: 'manual' })).status).toBe(403);
    expect((await one.get('bravia', '/documents')).body.items).toEqual([]);
  });
});

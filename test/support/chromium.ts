/** The browser of the page tests, as the set-up of this run found it, or why there is none. */
export function findChromium(): { path: string } | { reason: string } {
  const path = process.env['TEST_CHROMIUM_PATH'];
  if (path) return { path };
  return { reason: process.env['TEST_CHROMIUM_MISSING'] ?? 'this project of the tests starts no browser' };
}

/** Chromium refuses its own sandbox under root. */
export const chromiumArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** `describe` for tests in a browser: without one they are skipped under a name that says so. */
export function describeInBrowser(name: string, tests: (executablePath: string) => void): void {
  const found = findChromium();
  if ('path' in found) describe(name, () => tests(found.path));
  else
    describe.skip(`${name} (not run: ${found.reason})`, () => {
      it('needs a browser', () => undefined);
    });
}

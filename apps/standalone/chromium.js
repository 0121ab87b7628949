// The browser for the page tests. It is never required: without it those tests say that they did not run.
import { canInstall, installPackage, isExecutable, onPath } from './debian.js';
import { say } from './terminal.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @returns {{ path: string } | { reason: string }} */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given)
    return isExecutable(given) ? { path: given } : { reason: `CHROMIUM_PATH=${given} is not an executable file` };
  const path = onPath(NAMES);
  return path ? { path } : { reason: 'no Chromium found: install it or set CHROMIUM_PATH' };
}

export async function obtainChromium() {
  let found = findChromium();
  if (!found.path && !process.env.CHROMIUM_PATH && canInstall()) {
    const reason = await installPackage('chromium');
    found = reason ? { reason } : findChromium();
  }
  say('chromium', found.path ?? `browser tests will say "not run": ${found.reason}`);
}

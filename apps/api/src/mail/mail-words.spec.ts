import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LEDGER_SAYS } from './mail-words.js';

const ROOT = resolve(__dirname, '../../../..');
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );

/** Where a reason is written into the ledger: in a statement, as a constant of one, or by a function that calls mails off. */
const WRITTEN = [
  /response(?: =|:) '([a-z][^'$]*)'/g,
  /(?:STOPPED|NOT_WANTED) = '([^']+)'/g,
  /ELSE '(the clock [^']+)' END/g,
  /(?:suppressWaiting|putOff|\.suppressed)\([^;]*?'([a-z]+ [^']+)'/g,
];

it('what the ledger says of itself can be said in every language', () => {
  const sources = ['libs', 'apps']
    .flatMap((folder) => filesIn(join(ROOT, folder)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('spec.ts') && !file.includes('/mail-words.'));
  const said = sources.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    return WRITTEN.flatMap((pattern) => [...source.matchAll(pattern)].map(([, words = '']) => words));
  });
  expect(said.length).toBeGreaterThan(12);
  expect(said.filter((words) => !LEDGER_SAYS.includes(words))).toEqual([]);
});

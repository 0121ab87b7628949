// `npm run build`, when the sources are not the ones that dist/ was built from.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ROOT } from './settings.js';
import { during, say, seconds } from './terminal.js';
import { npm, runTool } from './tools.js';

const STAMP = join(ROOT, 'dist/.stamp');
const FOLDERS = ['apps', 'libs', 'workflows', 'activities', 'tools'];
const FILES = ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package.json', 'package-lock.json'];
const NOT_BUILT = [/\.(e2e-)?spec\.ts$/, new RegExp(`^apps\\${sep}standalone\\${sep}`)];

export async function buildWhenChanged() {
  const wanted = sourceHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return say('build', 'up to date');
  const since = Date.now();
  const [command, args] = npm(['run', 'build']);
  await during('build', 'building, about 20 seconds', () => runTool('build', command, args, { remedy }), {
    announce: true,
  });
  writeFileSync(STAMP, wanted);
  say('build', `built in ${seconds(since)}`);
}

const remedy = 'correct the errors above and run the same command again; the whole output is in .cache/logs/build.log';

/** Over names and contents of everything that ends up in dist/. */
export function sourceHash(root = ROOT) {
  const hash = createHash('sha256');
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) => filesIn(root, folder));
  for (const file of [...FILES.filter((name) => existsSync(join(root, name))), ...folders]) {
    if (NOT_BUILT.some((pattern) => pattern.test(file))) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesIn(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort();
}

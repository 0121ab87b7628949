import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import ts from 'typescript';

/** What runs in a deployment: not tests, and not what starts a trial on one machine. */
const SERVED = ['apps/api', 'apps/worker', 'apps/mailer', 'libs', 'activities', 'workflows'];
const sources = SERVED.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/spec\.ts$/.test(file))
    .map((file) => join(folder, file)),
);

/** Every regular expression that is written in the sources, with its place. */
function patterns(): { where: string; source: string; flags: string }[] {
  return sources.flatMap((file) => {
    const found: { where: string; source: string; flags: string }[] = [];
    const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
        found.push({ where: `${file}:${line + 1}`, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
    return found;
  });
}

/** Tries each pattern on long texts that lead it on and then do not fit; says where it is before each. */
const TRY = `
const { parentPort, workerData } = require('node:worker_threads');
const parts = ['a', 'A', '0', ' ', '\\t', '\\n', '-', '_', '.', ',', ';', ':', '/', '=', '"', "'", '<', '(', '[', '{', '@', '+', '\\\\', '\\u202e', '\\u00e9', 'a.', 'a@', 'a-', '0-', '1.', 'a,', ' ,', 'http://', '12:', '00:00-', '-', '<a ', '{{', '> ', 'aA0'];
for (const [index, { source, flags }] of workerData.entries()) {
  parentPort.postMessage(index);
  const pattern = new RegExp(source, flags);
  for (const part of parts) {
    const text = part.repeat(100_000 / part.length);
    for (const tried of [text, text + '!', '!' + text + '\\u0000']) { pattern.lastIndex = 0; tried.replace(pattern, ''); }
  }
}
parentPort.postMessage('done');
`;
/** Nothing to do with how fast it is: what is linear is done at once, what is not would go on for minutes or for ever. */
const GIVEN_UP_AFTER_MS = 60_000;

describe('the sources of what is deployed', () => {
  it('are some hundred files', () => {
    expect(sources.length).toBeGreaterThan(300);
  });

  it('no source runs text as code', () => {
    const running =
      /\beval\(|new Function\(|\bnode:vm\b|\bnode:child_process\b|\brenderString\(|\bsetTimeout\(\s*['"`]/;
    expect(sources.filter((file) => running.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('no source hashes with a function that is broken', () => {
    expect(
      sources.filter((file) => /create(Hash|Hmac)\(\s*'(md5|sha1|md4|ripemd160)'/i.test(readFileSync(file, 'utf8'))),
    ).toEqual([]);
  });

  it('no source encrypts but with AES-256-GCM', () => {
    const ciphers = sources.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      if (!/create(C|Dec)ipher/.test(text)) return [];
      return [...text.matchAll(/['"`](aes|des|chacha|rc\d|camellia|aria|sm4)[\w-]*['"`]/gi)].map(([cipher]) => cipher);
    });
    expect([...new Set(ciphers)]).toEqual(["'aes-256-gcm'"]);
  });

  it('no source takes its secrets from a generator that can be guessed', () => {
    expect(sources.filter((file) => /Math\.random\(/.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('every pattern comes to an end on a text of 100,000 characters, whatever is in it', async () => {
    const all = patterns();
    expect(all.length).toBeGreaterThan(100);
    const worker = new Worker(TRY, { eval: true, workerData: all });
    const stuck = await new Promise((done, fail) => {
      let at = 0;
      const watch = () => setTimeout(() => done(all[at]), GIVEN_UP_AFTER_MS);
      let timer = watch();
      worker.on('error', fail).on('message', (message: number | 'done') => {
        clearTimeout(timer);
        if (message === 'done') return done('none');
        at = message;
        timer = watch();
      });
    });
    await worker.terminate();
    expect(stuck).toBe('none');
  }, 600_000);
});

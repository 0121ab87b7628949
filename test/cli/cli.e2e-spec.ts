import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandLine } from '../support/command-line.js';
import { ownerUrlOf } from '../support/database.js';
import { HttpCase } from '../support/http-case.js';
import { TestSystem } from '../support/system.js';

const IN_PRODUCTION = { DEPLOYMENT: 'production', SECRETS_KEY: randomBytes(32).toString('base64') };
const NOWHERE = 'postgres://nobody:secret@127.0.0.1:9/none';

/** The command line as it is delivered, in a process of its own (needs the build, which `npm test` makes first). */
describe('the command line', () => {
  let system: TestSystem;
  let reference = '';
  let databaseUrl = '';
  beforeAll(async () => {
    system = await TestSystem.start();
    databaseUrl = (system.dataSource.options as { url: string }).url;
    ({ reference } = await HttpCase.after(system, 'take'));
  }, 60_000);
  afterAll(() => system.stop());

  const run: CommandLine['run'] = (...asked) => new CommandLine(databaseUrl).run(...asked);
  const json: CommandLine['json'] = (...asked) => new CommandLine(databaseUrl).json(...asked);
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let files = 0;
  const vectors = (content: unknown): string => {
    const file = join(folder, `vectors-${(files += 1)}.json`);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  const VECTOR = {
    id: 'one',
    kind: 'local_time',
    timezone: 'Europe/Zurich',
    local: '2026-01-15T09:00',
    expected_instant: '2026-01-15T08:00:00Z',
  };

  it('tells what it can do, and exits well only when it was asked', async () => {
    const asked = await run(['--help']);
    expect(asked).toMatchObject({ code: 0, err: '' });
    for (const words of ['doctor', 'migrate', 'seed', 'case list', 'case show REF', 'sla conformance FILE', 'verify'])
      expect(asked.out).toContain(`  ${words}`);
    expect(await run([])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Usage: action48') });
    expect((await run(['case', 'show', '--help'])).out).not.toContain('migrate');
  }, 60_000);

  it('refuses what it does not know, with the help and exit code 2', async () => {
    for (const args of [['celebrate'], ['case'], ['case', 'show'], ['migrate', 'all'], ['case', 'list', '--colour']]) {
      const { code, out, err } = await run(args);
      expect({ args, code, out }).toEqual({ args, code: 2, out: '' });
      expect(err.trim()).not.toBe('');
    }
    expect((await run(['celebrate'])).err).toContain('case list');
  }, 60_000);

  it('lists, shows, exports and rebuilds cases, as JSON when asked', async () => {
    const { data: items } = await json('case', 'list');
    expect(items).toMatchObject([{ reference, requestingState: 'QMB', stage: 'triage' }]);
    expect((await json('case', 'show', reference)).data).toMatchObject({ reference, version: 4 });
    const { data: exported } = await json('case', 'export', reference);
    expect(exported.log.map(({ type }: { type: string }) => type)).toEqual([
      'opened',
      'acknowledged',
      'authority_verified',
      'owner_assigned',
    ]);
    expect((await json('case', 'rebuild', reference)).data).toMatchObject({ version: 4, status: 'open' });
    expect((await run(['case', 'list'])).out).toContain(reference);
    const missing = await run(['case', 'show', 'CCM-A9-2026-9999']);
    expect(missing).toMatchObject({ code: 2, out: '', err: expect.stringContaining('no case CCM-A9-2026-9999') });
  }, 60_000);

  it('verifies one case or every log, and does not call a case verified that is not there', async () => {
    expect(await json('verify')).toMatchObject({
      code: 0,
      data: { checked: 1, events: 4, checkpoints: 0, findings: [] },
    });
    expect((await json('verify', reference)).data).toMatchObject({ checked: 1, events: 4 });
    expect((await run(['verify', 'CCM-A9-2026-9999'])).code).toBe(2);
    expect((await run(['verify'])).out).toMatch(/1 cases, 4 events.*nothing is wrong\nnote: without a checkpoint/);
  }, 60_000);

  it('erases what may be erased, lists what is over, and prints what is held on somebody', async () => {
    expect(await json('case', 'erase', reference, 'contacts')).toMatchObject({
      code: 1,
      data: { erased: false, why: expect.stringContaining('has not ended') },
    });
    expect((await run(['case', 'erase', reference, 'everything'])).code).toBe(2);
    expect(await json('retention', '--dry-run')).toEqual({ code: 0, data: { dryRun: true, erasures: [] } });
    const held = await json('person', 'data', 'bravia@demo.action48.test');
    expect(held.data).toMatchObject({ complete: true, account: { password: 'set' } });
    expect(await json('person', 'erase', 'zelandia@demo.action48.test')).toMatchObject({
      code: 0,
      data: { erased: true },
    });
    expect((await run(['person', 'erase', 'zelandia@demo.action48.test'])).code).toBe(2);
  }, 60_000);

  it('makes keys and checkpoints, and verifies the logs against them with the public key alone', async () => {
    const place = mkdtempSync(join(tmpdir(), 'checkpoints-'));
    const [key, dir] = [join(place, 'key.pem'), join(place, 'folder')];
    const settings = { CHECKPOINT_DIR: dir, CHECKPOINT_KEY: key };
    expect((await run(['checkpoint', 'make'])).code).toBe(2);
    expect((await run(['checkpoint', 'key'], settings)).err).toContain('CHECKPOINT_KEY: the file cannot be read');
    expect((await run(['checkpoint', 'new-key', key])).out).toContain('BEGIN PUBLIC KEY');
    expect(await run(['checkpoint', 'new-key', key])).toMatchObject({
      code: 2,
      err: expect.stringContaining('is there already'),
    });
    const shown = await run(['checkpoint', 'key'], settings);
    expect(shown.out).not.toContain('PRIVATE');
    expect(shown.out).toMatch(/^localhost:4800\/action48\+[0-9a-f]{8}\+/m);
    const publicKey = join(place, 'public.pem');
    writeFileSync(publicKey, shown.out);
    // A case, the acts of administrators and, once its rows are a minute old, the access log.
    const sizes: number[] = [];
    for (const number of [1, 2]) {
      const { out } = await run(['checkpoint', 'make'], settings);
      expect(out).toMatch(new RegExp(`^checkpoint ${number}: [23] log ends`));
      sizes.push(Number(/(\d) log ends/.exec(out)?.[1]));
    }
    const [first, second] = sizes;
    const verified = await run(['verify', '--checkpoints', dir, '--key', publicKey]);
    expect(verified).toMatchObject({
      code: 0,
      out: expect.stringContaining(`2 checkpoints with ${second} log ends: nothing is wrong`),
    });
    const proof = await run(['checkpoint', 'proof', '1', '2', '--checkpoints', dir, '--json']);
    expect(JSON.parse(proof.out)).toMatchObject({ from: { size: first }, to: { size: second } });
    // Another key: it was signed by somebody else.
    await run(['checkpoint', 'new-key', `${key}.other`]);
    const other = await run(['verify', '--checkpoints', dir, '--json'], { CHECKPOINT_KEY: `${key}.other` });
    expect(other.code).toBe(1);
    expect(JSON.parse(other.out).findings).toHaveLength(2);
    rmSync(place, { recursive: true });
  }, 120_000);

  it('migrates, seeds and checks, with data on stdout and progress on stderr', async () => {
    expect((await run(['migrate', '--json'])).err).toContain('set DATABASE_OWNER_URL');
    const migrated = await run(['migrate', '--json'], { DATABASE_OWNER_URL: ownerUrlOf(databaseUrl) });
    expect(JSON.parse(migrated.out)).toEqual({ migrations: [], grantedTo: 'action48_app' });
    const alone = { ...IN_PRODUCTION, DATABASE_URL: ownerUrlOf(databaseUrl) };
    expect(await run(['migrate'], alone)).toMatchObject({
      code: 0,
      err: expect.stringContaining('DATABASE_OWNER_URL'),
    });
    const seeded = await run(['seed', '--json']);
    expect(seeded).toMatchObject({ code: 0, err: expect.stringContaining('reference data loaded') });
    expect(JSON.parse(seeded.out)).toEqual({ seeded: true });
    expect((await run(['seed', '--demo'], IN_PRODUCTION)).code).toBe(2);
    const { code, data } = await json('doctor');
    expect(code).toBe(1);
    expect(data).toContainEqual(expect.objectContaining({ part: 'database', up: true }));
    expect(data).toContainEqual(expect.objectContaining({ part: 'smtp', up: false, remedy: expect.any(String) }));
  }, 60_000);

  it('shows the settings without the password, and names every wrong one', async () => {
    const provider = {
      OIDC_ISSUER: 'https://id.test',
      OIDC_CLIENT_ID: 'us',
      OIDC_CLIENT_SECRET: 'a-secret-of-its-own',
    };
    const env = { DATABASE_URL: NOWHERE, METRICS_TOKEN: 'a-secret-of-its-own', ...provider };
    const shown = await run(['config', 'check'], env);
    expect(shown).toMatchObject({ code: 0, out: expect.stringMatching(/^metricsToken +\*\*\*$/m) });
    expect(shown.out).toMatch(/^payloadKeys +\*\*\*$/m);
    expect(shown.out).not.toContain('of-its-own');
    const wrong = await run(['config', 'check'], { PORT: 'many', SMTP_URL: 'nowhere' });
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toMatch(/SMTP_URL[\s\S]*PORT|PORT[\s\S]*SMTP_URL/);
  }, 60_000);

  it('says cause and remedy when the database does not answer', async () => {
    const { code, out, err } = await run(['case', 'list'], { DATABASE_URL: NOWHERE });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('ECONNREFUSED');
    expect(err).toContain('DATABASE_URL');
    expect(err).not.toContain('secret');
  }, 60_000);

  it('says why a clock is due when it is, with the rule behind each sentence, and names the clocks there are', async () => {
    const { code, out } = await run(['sla', 'explain', reference, 'triage']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Triage, cycle 1\n {2}Promised: 5 working days\..*\[2\.1\]/);
    expect(out).toMatch(/Due on \w{3} \d+ \w{3} \d{4}, 17:00 \(Europe\/Zurich\).*\[2\.4\]/);
    expect((await json('sla', 'explain', reference, 'triage')).data.items).toHaveLength(1);
    const unknown = await run(['sla', 'explain', reference, 'patience']);
    expect(unknown).toMatchObject({ code: 2, out: '', err: expect.stringContaining('It has: acknowledge, verify') });
  }, 60_000);

  describe('sla conformance', () => {
    it('ends with how many passed, with id, expected and got of each that did not', async () => {
      const file = vectors([VECTOR, { ...VECTOR, id: 'two', expected_instant: '2026-01-15T09:00:00Z' }]);
      const { code, out } = await run(['sla', 'conformance', file]);
      expect(code).toBe(1);
      expect(out.trimEnd().split('\n').at(-1)).toBe('1 passed, 1 failed');
      expect(out).toMatch(/two\n +expected "2026-01-15T09:00:00.000Z"\n +got +"2026-01-15T08:00:00.000Z"/);
      expect((await json('sla', 'conformance', file)).data).toMatchObject({ passed: 1, failed: [{ id: 'two' }] });
      const published = await run(['sla', 'conformance', 'test/vectors/sla_vectors.json']);
      expect(published.code).toBe(0);
      expect(published.out).toMatch(/^\d+ passed, 0 failed\n$/);
    }, 60_000);

    it.each([
      ['is not JSON', '{', 'JSON'],
      ['is no list', {}, 'list'],
      ['has a vector without an id', [{ ...VECTOR, id: undefined }], '[0]: id'],
      ['has a kind that does not exist', [VECTOR, { ...VECTOR, id: 'two', kind: 'moon' }], 'two: kind'],
      ['lacks a field', [{ ...VECTOR, local: undefined }], 'one: local'],
      ['has a zone that does not exist', [{ ...VECTOR, timezone: 'Mars/Base' }], 'one: timezone'],
      ['has a list of something else', ['one'], '[0]: id'],
    ])('names what is wrong with a file that %s', async (_, content, named) => {
      const { code, out, err } = await run(['sla', 'conformance', vectors(content)]);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain(named);
    });

    it('says so when there is no such file', async () => {
      expect(await run(['sla', 'conformance', 'nowhere.json'])).toMatchObject({ code: 2, out: '' });
    });
  });
});

import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const folder = (): string => mkdtempSync(join(tmpdir(), 'action48-'));

/** The launcher is plain ESM that runs before anything is compiled: it is tried in a Node of its own. */
async function evaluate(file: string, expression: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const module = JSON.stringify(resolve('apps/standalone', file));
  const code = `const m = await import(${module}); try { console.log(await (${expression})) } catch (e) { console.log(e.message) }`;
  const options = { env: { ...process.env, ...env } };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], options);
  return stdout.trim();
}

describe('settings of npm start', () => {
  it('names every wrong setting at once', async () => {
    const output = await evaluate('settings.js', 'm.readSettings()', {
      PORT: 'abc',
      SMTP_PORT: '0',
      DEPLOYMENT: 'production',
    });
    for (const name of ['PORT=abc', 'SMTP_PORT=0', 'DEPLOYMENT=production']) expect(output).toContain(name);
  });

  it('refuses two parts on one port', async () => {
    const output = await evaluate('settings.js', 'm.readSettings()', { PORT: '4832' });
    expect(output).toContain('POSTGRES_PORT and PORT are both 4832');
  });
});

describe('a busy port', () => {
  it('is reported with its setting and its holder', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const wanted = JSON.stringify([{ variable: 'PORT', purpose: 'web pages', port }]);
    const output = await evaluate('ports.js', `m.requireFree(${wanted})`);
    await new Promise((done) => server.close(done));
    expect(output).toContain(`Port ${port} (web pages, PORT) is in use`);
    if (process.platform === 'linux') expect(output).toContain(`process ${process.pid}`);
  });
});

describe('the build stamp', () => {
  const root = folder();
  const hash = (): Promise<string> => evaluate('build.js', `m.sourceHash(${JSON.stringify(root)})`);
  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  it('changes with a source, and not with a test or the launcher', async () => {
    write('libs/domain/case.ts', 'one');
    const first = await hash();
    write('libs/domain/case.spec.ts', 'a test');
    write('test/flow.e2e-spec.ts', 'a test');
    write('apps/standalone/start.js', 'the launcher');
    expect(await hash()).toBe(first);
    write('libs/domain/case.ts', 'two');
    expect(await hash()).not.toBe(first);
  });
});

describe('a server that PostgreSQL has just ended', () => {
  it('is no server, whether its file is still there, or goes while we look', async () => {
    const data = folder();
    const file = JSON.stringify(join(data, 'postmaster.pid'));
    const flicker = `const fs = require('node:fs'); for (;;) { fs.writeFileSync(${file}, '4194304'); fs.rmSync(${file}, { force: true }); }`;
    const ending = spawn(process.execPath, ['-e', flicker], { stdio: 'ignore' });
    try {
      const looks = `Array.from({ length: 20_000 }, () => m.runningServer(${JSON.stringify(data)})).filter(Boolean).length`;
      expect(await evaluate('postgres.js', looks)).toBe('0');
    } finally {
      ending.kill('SIGKILL');
    }
  });

  it('is not taken for the program that has its number by now', async () => {
    const data = folder();
    writeFileSync(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n0\n4832\n`);
    expect(await evaluate('postgres.js', `m.runningServer(${JSON.stringify(data)})`)).toBe('undefined');
    expect(existsSync(join(data, 'postmaster.pid'))).toBe(false);
  });
});

describe('the data folder', () => {
  it('is never taken over or deleted when it holds something else', async () => {
    const data = folder();
    writeFileSync(join(data, 'thesis.txt'), 'years of work');
    const [path, yes] = [JSON.stringify(data), '{ yes: true }'];
    expect(await evaluate('data-folder.js', `m.makeDataFolder(${path})`)).toContain('Nothing was changed');
    expect(await evaluate('data-folder.js', `m.resetDataFolder(${path}, ${yes})`)).toContain('Nothing was changed');
  });
});

describe('what an earlier start left behind', () => {
  it('is ended only while it is still the program that was noted', async () => {
    const [ours, reused] = [spawn('sleep', ['60']), spawn('sleep', ['61'])];
    const data = folder();
    const processes = [
      { name: 'worker', pid: ours.pid, command: 'sleep 60' },
      { name: 'mailer', pid: reused.pid, command: '/usr/bin/node mailer.js' },
    ];
    writeFileSync(join(data, 'run.json'), JSON.stringify({ launcher: 1, processes }));
    const ended = new Promise((done) => ours.once('exit', done));
    const file = `const file = new m.RunFile(${JSON.stringify(data)}); file.claim(); return file.clearLeftovers();`;
    await evaluate('run-file.js', `(async () => { ${file} })()`);
    await ended;
    expect(ours.signalCode).toBe('SIGTERM');
    expect(reused.exitCode ?? reused.signalCode).toBeNull();
    reused.kill();
  });
});

describe('the secrets of the trial', () => {
  it('are made once, kept by name, and readable by their owner only', async () => {
    const data = JSON.stringify(folder());
    const make = (name: string): Promise<string> =>
      evaluate('secrets.js', `m.trialSecret(${data}, '${name}', () => String(Math.random()))`);
    const first = await make('ONE');
    const other = await make('OTHER');
    expect(await make('ONE')).toBe(first);
    expect(other).not.toBe(first);
    const file = join(JSON.parse(data) as string, 'secrets.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, '{ cut sh');
    expect(await make('ONE')).toContain('cannot be read');
  });
});

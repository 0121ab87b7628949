import { existsSync } from 'node:fs';
import { isAlive, Launcher, until } from './launcher.js';

const missing = ['api', 'worker', 'mailer', 'cli'].filter((app) => !existsSync(`dist/apps/${app}/src/main.js`));
const notRun =
  process.platform !== 'linux'
    ? 'it looks at /proc'
    : missing.length
      ? `not built: ${missing.join(', ')} (npm run build)`
      : undefined;

(notRun ? describe.skip : describe)(`npm start${notRun ? ` (not run: ${notRun})` : ''}`, () => {
  let launcher: Launcher;

  beforeAll(async () => {
    launcher = await Launcher.make();
    await launcher.start();
  }, 180_000);

  afterAll(() => launcher.stop(), 60_000);

  it('brings up every part and answers over HTTP', async () => {
    const names = launcher.parts().map(({ name }) => name);
    expect(names.sort()).toEqual(['api', 'catcher', 'mailer', 'postgres', 'temporal', 'worker']);
    expect((await fetch(`${launcher.url}/livez`)).status).toBe(200);
  });

  it('prints addresses, logins and stand-ins before it says that it is ready', () => {
    const [table] = launcher.output.split('Action48 is ready');
    for (const text of ['/dev/mail', 'coordinator@demo.action48.test', 'action48-demo', 'embedded PostgreSQL'])
      expect(table).toContain(text);
  });

  it('refuses a second start on the same data and names the process that runs', async () => {
    const second = new Launcher(launcher.data, launcher.ports);
    second.spawn();
    expect(await second.ended()).toBe(1);
    expect(second.output).toContain(`process ${launcher.child.pid}`);
    expect(isAlive(launcher.pidOf('api'))).toBe(true);
  }, 60_000);

  it('starts a part again that was killed', async () => {
    const killed = launcher.pidOf('worker');
    process.kill(killed, 'SIGKILL');
    await launcher.says('worker     runs again');
    expect(launcher.pidOf('worker')).not.toBe(killed);
  }, 120_000);

  it('recovers after the launcher alone was killed, and leaves none of its processes twice', async () => {
    const before = launcher.parts();
    launcher.child.kill('SIGKILL');
    await launcher.ended();
    await launcher.start();
    const after = launcher.parts().map(({ pid }) => pid);
    const still = before.filter(({ pid }) => isAlive(pid) && !after.includes(pid));
    expect(still).toEqual([]);
    expect((await fetch(`${launcher.url}/livez`)).status).toBe(200);
  }, 180_000);

  it('recovers after everything was killed at once', async () => {
    const before = launcher.parts();
    launcher.child.kill('SIGKILL');
    for (const { pid } of before) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await launcher.ended();
    await launcher.start();
    expect((await fetch(`${launcher.url}/livez`)).status).toBe(200);
  }, 180_000);

  it('stops everything on SIGTERM and leaves no process', async () => {
    const before = launcher.parts();
    launcher.child.kill('SIGTERM');
    expect(await launcher.ended()).toBe(0);
    await until(() => before.every(({ pid }) => !isAlive(pid)), 5000);
    await launcher.start(); // for the tear-down, and once more from a clean stop
  }, 180_000);
});

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { until } from './until.js';

const PROGRAM = '/usr/sbin/dovecot';

/** Why the tests against a real IMAP server cannot be run here; null when they can. */
export const whyNoDovecot = (): string | null => (existsSync(PROGRAM) ? null : 'Not run: dovecot is not installed');

/** A real IMAP server on this machine, with one user, whose mail lies in a folder of its own. */
export class Dovecot {
  private constructor(
    private process: ChildProcess,
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(): Promise<Dovecot> {
    const folder = await mkdtemp(join(tmpdir(), 'a48-imap-'));
    const port = await freePort();
    await mkdir(join(folder, 'mail'));
    if (userInfo().uid === 0)
      await Promise.all([chmod(folder, 0o755), chown(join(folder, 'mail'), NOBODY.uid, NOBODY.gid)]);
    await writeFile(join(folder, 'dovecot.conf'), config(folder, port));
    const server = new Dovecot(launch(folder), folder, port);
    await server.answering();
    return server;
  }

  url = (folder = ''): string => `imap://reader:secret%40place@127.0.0.1:${this.port}${folder && `/${folder}`}`;

  /** Off and on again: every connection breaks. */
  async restart(): Promise<void> {
    await this.end();
    this.process = launch(this.folder);
    await this.answering();
  }

  async stop(): Promise<void> {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async end(): Promise<void> {
    const ended = new Promise((done) => this.process.once('exit', done));
    if (this.process.exitCode !== null) return;
    this.process.kill('SIGTERM');
    await ended;
  }

  private async answering(): Promise<void> {
    await until('dovecot answers', () => {
      if (this.process.exitCode !== null) throw new Error(`dovecot ended with ${this.process.exitCode}`);
      return greets(this.port);
    });
  }
}

const launch = (folder: string): ChildProcess =>
  spawn(PROGRAM, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: ['ignore', 'inherit', 'inherit'] });

const greets = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean) => {
      socket.destroy();
      done(answer);
    };
    socket.once('error', () => end(false));
    socket.once('data', (greeting: Buffer) => end(greeting.toString().startsWith('* OK')));
    socket.setTimeout(1_000, () => end(false));
  });

/** Nobody's: where the tests run as root, the server keeps mail as this user, because it has no root users. */
const NOBODY = { login: 'nobody', uid: 65_534, gid: 65_534 };

/** Everything runs as whoever runs the tests, or as nobody where that is root. */
function config(folder: string, port: number): string {
  const { username, uid, gid } = userInfo();
  const own = uid === 0 ? NOBODY : { login: username, uid, gid };
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = ${username}
default_login_user = ${own.login}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${folder}/mail
passdb {
  driver = static
  args = password=secret@place
}
userdb {
  driver = static
  args = uid=${own.uid} gid=${own.gid} home=${folder}/mail
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;
}

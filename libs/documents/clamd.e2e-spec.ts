import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { EICAR, PDF, send, TEST_SECRETS_KEY } from '../../test/support/documents.js';
import { freePort } from '../../test/support/free-port.js';
import { HttpCase } from '../../test/support/http-case.js';
import { TestSystem } from '../../test/support/system.js';
import { until } from '../../test/support/until.js';
import { Clamd, NotScanned, ScannerAway } from './clamd.js';
import { Scanning, scanningOf } from './scanning.js';

const CLAMD = '/usr/sbin/clamd';

/** The real scanner, with a database of its own that knows one signature. */
async function startClamd(folder: string): Promise<{ port: number; process: ChildProcess }> {
  const port = await freePort();
  const md5 = createHash('md5').update(EICAR).digest('hex');
  writeFileSync(join(folder, 'test.hdb'), `${md5}:${EICAR.length}:Eicar-Test\n`);
  const lines = [
    `DatabaseDirectory ${folder}`,
    'Foreground yes',
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    `LocalSocket ${join(folder, 'clamd.sock')}`,
    'StreamMaxLength 1M',
    `TemporaryDirectory ${folder}`,
    `User ${userInfo().username}`,
  ];
  writeFileSync(join(folder, 'clamd.conf'), `${lines.join('\n')}\n`);
  const process = spawn(CLAMD, ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
  await until('clamd', () => new Clamd(`127.0.0.1:${port}`).answers());
  return { port, process };
}

const withClamd = existsSync(CLAMD) ? describe : describe.skip;
if (!existsSync(CLAMD)) console.warn(`# Not run: ${CLAMD} is not installed.`);

withClamd('the real scanner', () => {
  let folder: string;
  let clamd: Awaited<ReturnType<typeof startClamd>>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'clamd-'));
    clamd = await startClamd(folder);
  }, 60_000);
  afterAll(() => {
    clamd?.process.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('is asked over the network or a socket, and says what it finds', async () => {
    for (const address of [`127.0.0.1:${clamd.port}`, `unix:${join(folder, 'clamd.sock')}`]) {
      const scanner = new Clamd(address);
      expect(await scanner.answers()).toBe(true);
      expect(await scanner.scan(PDF())).toEqual({ clean: true });
      expect(await scanner.scan(EICAR)).toEqual({ clean: false, found: expect.stringContaining('Eicar-Test') });
      expect(await scanner.scan(Buffer.alloc(900_000, 'x'))).toEqual({ clean: true });
    }
  });

  it('says of a file that is larger than it takes that it has not looked through it', async () => {
    await expect(new Clamd(`127.0.0.1:${clamd.port}`).scan(Buffer.alloc(3_000_000, 'x'))).rejects.toThrow(NotScanned);
  });

  it('lets out what is clean, and keeps nothing of what is not', async () => {
    const settings = { SCANNER_ADDRESS: `127.0.0.1:${clamd.port}` };
    const system = await TestSystem.start({ settings });
    try {
      const one = await HttpCase.after(system, 'open');
      await send(system, 'bravia', one.reference, [
        { name: 'clean.pdf', content: PDF() },
        { name: 'virus.txt', content: EICAR, type: 'text/plain' },
      ]);
      const list = async () => (await one.get('bravia', '/documents')).body.items;
      expect((await list()).map(({ state }: { state: string }) => state)).toEqual(['quarantined', 'quarantined']);
      const scanning = () =>
        scanningOf(system.dataSource, { scannerAddress: settings.SCANNER_ADDRESS, secretsKey: TEST_SECRETS_KEY });
      await Promise.all([scanning()?.pass(), scanning()?.pass()]);
      expect(await scanning()?.pass()).toBe(0);
      const [clean, virus] = await list();
      expect(clean).toMatchObject({ state: 'clean', checkedBy: 'scanner', mayDownload: true });
      expect(virus).toMatchObject({ state: 'infected', mayDownload: false, erasedAt: expect.any(String) });
      expect((await one.get('bravia', `/documents/${virus.id}`)).status).toBe(404);
      const kept = await system.dataSource.query('SELECT document_id FROM document_content');
      expect(kept).toEqual([{ document_id: clean.id }]);
      const { body } = await system.call('', 'GET', '/readyz');
      expect(body.parts.scanner).toEqual({ status: 'up', needed: false });
    } finally {
      await system.stop();
    }
  }, 120_000);
});

describe('a scanner that fails', () => {
  let server: Server;
  let sockets: Socket[] = [];
  let answer: (socket: Socket) => void;
  const address = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
  beforeAll(async () => {
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      answer(socket);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    sockets = [];
  });
  afterAll(() => new Promise((done) => server.close(done)));

  const FAULTS: [string, (socket: Socket) => void][] = [
    ['hangs up', (socket) => socket.destroy()],
    ['never answers', () => undefined],
    [
      'answers a byte at a time, for ever',
      (socket) => {
        const timer = setInterval(() => socket.write('s'), 20);
        socket.once('close', () => clearInterval(timer));
      },
    ],
    ['answers without an end', (socket) => void socket.write('x'.repeat(10_000))],
    ['answers something else', (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['says that all is well of another command', (socket) => void socket.end('PONG\0')],
    ['says OK of nothing', (socket) => void socket.end('OK\0')],
    ['hangs up in the middle of its answer', (socket) => void socket.end('stream: O')],
  ];

  it.each(FAULTS)('tells nothing of a file when it %s', async (_, fault) => {
    answer = fault;
    await expect(new Clamd(address(), 300).scan(PDF())).rejects.toThrow(ScannerAway);
  });

  it.each([
    ['not there', '127.0.0.1:1'],
    ['a socket that does not exist', 'unix:/nowhere/clamd.sock'],
  ])('tells nothing of a file when it is %s', async (_, nowhere) => {
    await expect(new Clamd(nowhere).scan(PDF())).rejects.toThrow(ScannerAway);
    expect(await new Clamd(nowhere).answers()).toBe(false);
  });

  it('keeps files waiting, and lets them out once it is back; one that it cannot look through keeps no other waiting', async () => {
    const system = await TestSystem.start({ settings: { SCANNER_ADDRESS: address() } });
    try {
      const one = await HttpCase.after(system, 'open');
      await send(system, 'bravia', one.reference, [
        { name: 'odd.pdf', content: PDF('odd') },
        { name: 'usual.pdf', content: PDF('usual') },
      ]);
      const states = async () =>
        (await one.get('bravia', '/documents')).body.items.map(({ state }: { state: string }) => state);
      const scanning = new Scanning(system.dataSource, TEST_SECRETS_KEY, new Clamd(address(), 300));
      answer = (socket) => socket.destroy();
      await expect(scanning.pass()).rejects.toThrow(ScannerAway);
      expect(await states()).toEqual(['quarantined', 'quarantined']);
      let asked = 0;
      answer = (socket) => {
        asked += 1;
        socket.end(asked === 1 ? 'INSTREAM size limit exceeded. ERROR\0' : 'stream: OK\0');
      };
      expect(await scanning.pass()).toBe(1);
      expect(await states()).toEqual(['quarantined', 'clean']);
      answer = (socket) => void socket.end('stream: Win.Test FOUND\0');
      await system.dataSource.query('UPDATE document SET scan_after = uploaded_at');
      expect(await scanning.pass()).toBe(1);
      expect(await states()).toEqual(['infected', 'clean']);
    } finally {
      await system.stop();
    }
  }, 120_000);

  it('is none where a deployment has named none: everything waits, and the system says so', async () => {
    const system = await TestSystem.start({ worker: false });
    try {
      expect(scanningOf(system.dataSource, { scannerAddress: '', secretsKey: TEST_SECRETS_KEY })).toBeNull();
      const { body } = await system.call('', 'GET', '/readyz');
      expect(body.parts.scanner).toMatchObject({
        status: 'down',
        remedy: expect.stringMatching(/^No virus scanner is set/),
      });
      expect(body.parts.storage).toMatchObject({ status: 'up' });
    } finally {
      await system.stop();
    }
  }, 60_000);
});

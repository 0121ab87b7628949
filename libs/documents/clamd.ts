import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Socket } from 'node:net';
import { hostAndPort } from '#libs/text/host-port.js';

const CHUNK_BYTES = 64 * 1024;
const LONGEST_ANSWER = 4_096;
const SCAN_MS = 60_000;
const PING_MS = 1_500;

/** The scanner does not answer, or not as clamd does: nothing is known of the file. */
export class ScannerAway extends Error {
  override name = 'ScannerAway';
}

/** The scanner answers, and cannot look through this file (as when it is larger than it takes). */
export class NotScanned extends Error {
  override name = 'NotScanned';
}

export type Verdict = { clean: true } | { clean: false; found: string };

/** Talks to clamd. `address`: `host:port`, `[v6]:port` or `unix:/path`. */
export class Clamd {
  constructor(
    private readonly address: string,
    private readonly scanMs = SCAN_MS,
  ) {}

  /** Whether it answers. */
  async answers(): Promise<boolean> {
    return (await this.ask([Buffer.from('zPING\0')], PING_MS).catch(() => '')) === 'PONG';
  }

  /** What it says of some bytes. @throws ScannerAway · NotScanned */
  async scan(content: Buffer): Promise<Verdict> {
    const said = await this.ask(instream(content), this.scanMs);
    if (said === 'stream: OK') return { clean: true };
    const found = /^stream: ([\x20-\x7e]{1,200}) FOUND$/.exec(said)?.[1];
    if (found) return { clean: false, found };
    if (said.endsWith(' ERROR')) throw new NotScanned('The scanner could not look through the file.');
    throw new ScannerAway('What answers at SCANNER_ADDRESS does not speak as clamd does.');
  }

  private ask(parts: Iterable<Buffer>, withinMs: number): Promise<string> {
    return new Promise((done, fail) => {
      const socket = connect(placeOf(this.address));
      const away = () => end(() => fail(new ScannerAway('The scanner does not answer.')));
      // As a whole: one that sends a byte now and then holds nobody up.
      const timer = setTimeout(away, withinMs);
      const end = (tell: () => void) => {
        clearTimeout(timer);
        socket.destroy();
        tell();
      };
      let said = '';
      socket.setEncoding('latin1').on('data', (text: unknown) => {
        said += String(text);
        const stop = said.search(/[\0\n]/);
        if (stop >= 0) end(() => done(said.slice(0, stop)));
        else if (said.length > LONGEST_ANSWER) away();
      });
      socket.once('error', away).once('close', away);
      socket.once('connect', () => void send(socket, parts));
    });
  }
}

const placeOf = (address: string) =>
  address.startsWith('unix:') ? { path: address.slice('unix:'.length) } : hostAndPort(address);

/** clamd may answer, and hang up, before it has had everything. */
async function send(socket: Socket, parts: Iterable<Buffer>): Promise<void> {
  for (const part of parts) {
    // An answer that is there already is read before more is written: a line that clamd has cut would lose it.
    await setImmediate();
    if (socket.destroyed) return;
    if (!socket.write(part)) await new Promise<void>((go) => socket.once('drain', go).once('close', go));
  }
}

function* instream(content: Buffer): Generator<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for (let at = 0; at < content.length; at += CHUNK_BYTES) {
    const chunk = content.subarray(at, at + CHUNK_BYTES);
    yield lengthOf(chunk.length);
    yield chunk;
  }
  yield lengthOf(0);
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

import { appendFileSync, fsyncSync, openSync, closeSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** `data`: the command; `body`: in the middle of the message; `message`: behind its final dot. */
export type ScriptStep = 'greeting' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'body' | 'message';
/** Accepts, or answers with a code, nothing or a byte a second, or cuts the line before or after its answer. */
export type Reaction = 'accept' | number | 'hang' | 'drop' | 'accept_and_drop' | 'trickle';

/** A message that was read to its end, and what was answered: null as long as nothing was. */
export interface Logged {
  key: string;
  messageId: string;
  recipient: string;
  answer: number | null;
  /** By whatever clock the test goes by (epoch ms). */
  at: number;
  /** Of cases that its text speaks of, each once. */
  references: string[];
}

const ANSWERS: Record<ScriptStep, string> = {
  greeting: '220 scripted ESMTP',
  ehlo: '250 scripted',
  mail: '250 sender',
  rcpt: '250 recipient',
  data: '354 go on',
  body: '',
  message: '250 taken',
};
const VERBS: [RegExp, ScriptStep][] = [
  [/^(EHLO|HELO)/i, 'ehlo'],
  [/^MAIL/i, 'mail'],
  [/^RCPT/i, 'rcpt'],
  [/^DATA/i, 'data'],
];
const TRICKLE_MS = 1_000;

/**
 * An SMTP server that shares nothing with the product or its libraries, does at every step what it is told, and writes
 * what it has read and answered to a file of its own before anybody hears of it.
 */
export class ScriptedSmtp {
  script: (step: ScriptStep, recipient: string) => Reaction = () => 'accept';
  clock: () => number = Date.now;
  private server: Server | null = null;
  private readonly sockets = new Set<Socket>();
  port = 0;

  constructor(private readonly logFile: string) {
    closeSync(openSync(logFile, 'a'));
  }

  async start(): Promise<this> {
    this.server = createServer((socket) => new Session(this, socket).begin());
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  /** Nobody listens any more; what is under way is cut. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    for (const socket of this.sockets) socket.destroy();
    if (server) await new Promise<void>((closed) => server.close(() => closed()));
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Every message that was read, in order, with the last that was answered. */
  log(): Logged[] {
    const lines = readFileSync(this.logFile, 'utf8').split('\n').filter(Boolean);
    const byNumber = new Map<number, Logged>();
    for (const line of lines) {
      const { number, ...logged } = JSON.parse(line) as Logged & { number: number };
      byNumber.set(number, { ...byNumber.get(number), ...logged });
    }
    return [...byNumber.values()];
  }

  /** How many messages were read. */
  read = 0;
  nextNumber = (): number => (this.read += 1);

  write(line: object): void {
    const file = openSync(this.logFile, 'a');
    appendFileSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
    closeSync(file);
  }
}

/** One connection. */
class Session {
  private rest = '';
  private body: string | null = null;
  private recipient = '';
  private deaf = false;

  constructor(
    private readonly server: ScriptedSmtp,
    private readonly socket: Socket,
  ) {}

  begin(): void {
    this.socket.on('error', () => undefined);
    this.socket.on('data', (chunk) => this.read(chunk.toString('latin1')));
    this.react('greeting');
  }

  private read(text: string): void {
    if (this.deaf) return;
    this.rest += text;
    for (let end; !this.deaf && (end = this.rest.indexOf('\r\n')) >= 0;) {
      const line = this.rest.slice(0, end);
      this.rest = this.rest.slice(end + 2);
      if (this.body === null) this.command(line);
      else if (line === '.') this.message(this.body);
      else this.line(line);
    }
  }

  private command(line: string): void {
    const [, step] = VERBS.find(([verb]) => verb.test(line)) ?? [];
    if (!step) {
      this.socket.write(/^QUIT/i.test(line) ? '221 bye\r\n' : '250 ok\r\n');
      return;
    }
    if (step === 'rcpt') this.recipient = /<([^>]*)>/.exec(line)?.[1] ?? '';
    if (this.react(step) && step === 'data') this.body = '';
  }

  private line(line: string): void {
    const isFirst = this.body === '';
    this.body += `${line}\r\n`;
    if (isFirst) this.react('body');
  }

  private message(body: string): void {
    this.body = null;
    const header = (name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(body)?.[1]?.trim() ?? '';
    const number = this.server.nextNumber();
    const [key, messageId] = [header('X-Action48-Ledger'), header('Message-ID')];
    const read = { key, messageId, recipient: this.recipient, references: referencesIn(body) };
    this.server.write({ number, ...read, answer: null, at: this.server.clock() });
    this.react('message', (answer) => this.server.write({ number, answer }));
  }

  /** @param answered called before the answer goes out · @returns whether it is accepted */
  private react(step: ScriptStep, answered: (code: number) => void = () => undefined): boolean {
    const reaction = this.server.script(step, this.recipient);
    const text = ANSWERS[step];
    if (reaction === 'hang' || reaction === 'drop') {
      this.deaf = true;
      if (reaction === 'drop') this.socket.destroy();
      return false;
    }
    if (typeof reaction === 'number') {
      answered(reaction);
      this.socket.write(`${reaction} as the test wants\r\n`);
      if (reaction === 421) this.deaf = true;
      if (reaction === 421) this.socket.end();
      return false;
    }
    if (!text) return true;
    if (reaction === 'trickle') return this.trickle(`${text}\r\n`);
    answered(Number(text.slice(0, 3)));
    if (reaction === 'accept') this.socket.write(`${text}\r\n`);
    else this.socket.write(`${text}\r\n`, () => this.socket.destroy());
    return true;
  }

  /** A byte a second, and nothing is read meanwhile. */
  private trickle(text: string): boolean {
    this.deaf = true;
    const bytes = [...text];
    const drip = setInterval(() => {
      if (this.socket.destroyed || !bytes.length) clearInterval(drip);
      else this.socket.write(bytes.shift() as string);
    }, TRICKLE_MS);
    this.socket.once('close', () => clearInterval(drip));
    return false;
  }
}

/** As long as the text is written in letters that go through as they are. */
const referencesIn = (body: string): string[] => [
  ...new Set(body.replace(/=\r\n/g, '').match(/CCM-A9-\d{4}-\d{4}/g) ?? []),
];

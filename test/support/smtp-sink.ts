import type { AddressInfo, Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';

/** At which step of SMTP the server is asked what to do. */
export type SmtpStep = 'connect' | 'mail' | 'rcpt' | 'data';
/** An answer, silence, or a cut line. `drop`: the whole message has been read by then. */
export type Behaviour = 'accept' | 'hang' | 'drop' | { code: number; text?: string };

export interface SunkMail {
  messageId: string;
  to: string[];
  raw: string;
  /** Whether the 250 went out. */
  accepted: boolean;
  parsed: ParsedMail;
}

/** An SMTP server that keeps what it reads and misbehaves as it is told. */
export class SmtpSink {
  /** Every message of which the final dot was read, accepted or not, in order. */
  readonly mails: SunkMail[] = [];
  connections = 0;
  /** By step and recipient (`''` where there is none yet). */
  behave: (step: SmtpStep, recipient: string) => Behaviour = () => 'accept';
  /** Set: a message that was read waits for its answer until it is released. */
  hold: ((release: () => void) => void) | null = null;
  /** By the client's port, which names the session too. */
  private readonly sockets = new Map<number, Socket>();

  private constructor(
    private readonly server: SMTPServer,
    readonly port: number,
  ) {
    server.server.on('connection', (socket: Socket) => this.sockets.set(socket.remotePort ?? 0, socket));
  }

  static async start(port = 0): Promise<SmtpSink> {
    const late: { sink?: SmtpSink } = {};
    const ask = (step: SmtpStep, session: SMTPServerSession, recipient: string, done: (error?: Error) => void) =>
      late.sink?.answer(step, session, recipient, done);
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      closeTimeout: 1,
      onConnect: (session, done) => {
        if (late.sink) late.sink.connections += 1;
        ask('connect', session, '', done);
      },
      onMailFrom: (_address, session, done) => ask('mail', session, '', done),
      onRcptTo: ({ address }, session, done) => ask('rcpt', session, address, done),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => void late.sink?.read(Buffer.concat(chunks), session, done));
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((ready, fail) => {
      server.server.once('error', fail);
      server.listen(port, '127.0.0.1', () => ready());
    });
    late.sink = new SmtpSink(server, (server.server.address() as AddressInfo).port);
    return late.sink;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  to = (recipient: string): SunkMail[] => this.mails.filter(({ to }) => to.includes(recipient));

  async stop(): Promise<void> {
    await new Promise<void>((closed) => this.server.close(() => closed()));
  }

  private async read(content: Buffer, session: SMTPServerSession, done: (error?: Error | null) => void): Promise<void> {
    const to = session.envelope.rcptTo.map(({ address }) => address);
    const parsed = await simpleParser(content);
    const mail = { messageId: parsed.messageId ?? '', to, raw: content.toString(), accepted: false, parsed };
    this.mails.push(mail);
    const { hold } = this;
    if (hold) await new Promise<void>(hold);
    this.answer('data', session, to[0] ?? '', (error) => {
      mail.accepted = !error;
      done(error ?? null);
    });
  }

  private answer(step: SmtpStep, session: SMTPServerSession, recipient: string, done: (error?: Error) => void): void {
    const behaviour = this.behave(step, recipient);
    if (behaviour === 'accept') return done();
    if (behaviour === 'hang') return;
    if (behaviour === 'drop') return this.cut(session);
    done(Object.assign(new Error(behaviour.text ?? 'as the test wants'), { responseCode: behaviour.code }));
  }

  private cut({ remotePort }: SMTPServerSession): void {
    this.sockets.get(remotePort)?.destroy();
  }
}

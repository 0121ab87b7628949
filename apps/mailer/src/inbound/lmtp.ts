import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream } from 'smtp-server';
import type { Reception } from '#libs/inbound/reception.js';
import { toldError } from '#libs/observability/told-error.js';
import { hostAndPort } from '#libs/text/host-port.js';

const LARGEST_BYTES = 25 * 1024 * 1024;
const MOST_CLIENTS = 20;
const SILENCE_MS = 60_000;
const MOST_RECIPIENTS = 100;

const answer = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });
const TOO_LARGE = 'The message is larger than 25 MB.';

/** The door for the mail server of the deployment (RFC 2033). What is answered with 250 is stored. */
export class LmtpDoor {
  private constructor(
    private readonly server: SMTPServer,
    readonly port: number,
  ) {}

  /** @param at `host:port`; port 0: any. @throws when nobody can listen there */
  static async open(at: string, reception: Reception, warn: (text: string) => void): Promise<LmtpDoor> {
    const { host, port } = hostAndPort(at);
    const server = new SMTPServer({
      lmtp: true,
      size: LARGEST_BYTES,
      maxClients: MOST_CLIENTS,
      socketTimeout: SILENCE_MS,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      onRcptTo: (_address, { envelope }, done) =>
        done(
          envelope.rcptTo.length >= MOST_RECIPIENTS ? answer(452, 'Too many recipients; send the rest anew.') : null,
        ),
      onData(stream, { envelope }, done) {
        const { mailFrom, rcptTo } = envelope;
        read(stream)
          .then((raw) => {
            if (!raw) throw answer(552, TOO_LARGE);
            const from = mailFrom ? mailFrom.address : '';
            return reception.take(raw, { from, to: rcptTo.map(({ address }) => address) });
          })
          .then(
            () => done(null, 'stored'),
            (error: unknown) => {
              if (error instanceof Error && 'responseCode' in error) return done(error);
              warn(`a message cannot be stored: ${toldError(error)}`);
              done(answer(451, 'The message could not be stored; try later.'));
            },
          );
      },
    });
    server.on('error', (error: unknown) => warn(`the LMTP door: ${toldError(error)}`));
    await new Promise<void>((ready, fail) => {
      server.server.once('error', fail);
      server.listen(port, host, () => ready());
    });
    return new LmtpDoor(server, (server.server.address() as AddressInfo).port);
  }

  /** Messages in hand are stored first. */
  close(): Promise<void> {
    return new Promise((closed) => this.server.close(() => closed()));
  }
}

/** The whole message, or null when it is too large: it is read to its end all the same, so that the answer can be heard. */
async function read(stream: SMTPServerDataStream): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > LARGEST_BYTES ? null : Buffer.concat(chunks);
}

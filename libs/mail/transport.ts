import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import { SMTP_CONNECTIONS } from '#libs/config/config.js';
import type { Dkim } from './dkim.js';
import { outcomeOf } from './outcome.js';
import type { Outcome } from './outcome.js';

const CONNECT_MS = 5_000;
const SILENCE_MS = 20_000;
/** A server that lets a byte trickle now and then is never silent. Shorter than after what the ledger gives a mailer up. */
const WHOLE_MS = 120_000;

/** A message was not handed over, or nobody knows. */
export class NotDelivered extends Error {
  override name = 'NotDelivered';

  constructor(
    readonly outcome: Outcome,
    cause: unknown,
  ) {
    super(inWords(cause), { cause });
  }
}

/** A kept connection that turned out to be closed when it was used again. */
const CLOSED = 'Reached maximum number of retries after connection was closed';

function inWords(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message === CLOSED ? 'the server closed the connection before it was given the message' : message;
}

export interface MailTransport {
  /** How many messages it hands over at one time. */
  readonly connections: number;
  /** Hands one message over and returns the server's answer. @throws NotDelivered */
  deliver(message: SendMailOptions): Promise<string>;
  close(): void;
}

interface TransportOptions {
  connections?: number;
  /** How long the server may say nothing before the connection is given up. */
  silenceMs?: number;
  /** How long one message may take. */
  wholeMs?: number;
  /** What mails are signed with; null: they are not. */
  dkim?: Dkim | null;
}

/**
 * A pooled SMTP connection. Nothing is sent again by the transport itself: whether a mail whose outcome is unknown may
 * be repeated is decided from the ledger.
 */
export function smtpTransport(
  smtpUrl: string,
  { connections = SMTP_CONNECTIONS, silenceMs = SILENCE_MS, wholeMs = WHOLE_MS, dkim = null }: TransportOptions = {},
): MailTransport {
  const options: SMTPPool.Options & { maxRequeues: number } = {
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    maxRequeues: 0,
    connectionTimeout: Math.min(CONNECT_MS, silenceMs),
    greetingTimeout: Math.min(CONNECT_MS, silenceMs),
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim && { dkim }),
  };
  const transporter = createTransport(options);
  /** The messages in hand by Message-ID: whether one was read tells whether any of it has left. */
  const bodies = new Map<string, Readable>();
  transporter.use('stream', ({ data, message }, done) => {
    const make = message.createReadStream.bind(message);
    message.createReadStream = (...given) => {
      const body = make(...given);
      bodies.set(String(data.messageId), body);
      return body;
    };
    done();
  });
  const bodyLeft = (messageId: string): boolean => bodies.get(messageId)?.readableDidRead ?? false;
  return {
    connections,
    deliver: async (message) => {
      const messageId = String(message.messageId);
      const late = new AbortController();
      const deadline = setTimeout(() => late.abort(new Error(`it took longer than ${wholeMs} ms`)), wholeMs);
      try {
        return (await transporter.sendMail({ ...message, signal: late.signal })).response;
      } catch (error) {
        throw new NotDelivered(outcomeOf(error, bodyLeft(messageId)), late.signal.aborted ? late.signal.reason : error);
      } finally {
        clearTimeout(deadline);
        bodies.delete(messageId);
      }
    },
    close: () => transporter.close(),
  };
}

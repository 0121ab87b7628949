import type { SendMailOptions } from 'nodemailer';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { MOST_ATTEMPTS, MOST_UNCERTAIN, pauseSeconds } from '#libs/mail/back-off.js';
import { NothingToTell } from '#libs/mail/composer.js';
import type { MailComposer } from '#libs/mail/composer.js';
import { isFinal } from '#libs/mail/final-error.js';
import type { MailLedger } from '#libs/mail/ledger.js';
import { NotDelivered } from '#libs/mail/transport.js';
import type { MailTransport } from '#libs/mail/transport.js';
import { crashPoint } from '#libs/observability/crash-point.js';
import { toldError } from '#libs/observability/told-error.js';

/** What cannot be composed, or asked about, for reasons of ours is looked at again after this. */
export const PUT_OFF_SECONDS = 300;

/** What sending needs beside the mail. */
export interface Means {
  ledger: MailLedger;
  transport: MailTransport;
  composer: MailComposer;
  warn: (text: string) => void;
  /** Insists until the database has taken it. */
  insist: (note: () => Promise<void>) => Promise<void>;
  isStopping: () => boolean;
}

/** A mail on its way: composed before it needs a connection, marked when it has one, noted when it no longer needs it. */
export class Delivery {
  constructor(private readonly means: Means) {}

  /**
   * @param connection waits for a free one, and gives it back when the work is done
   * @returns away: no server is there, which says nothing about the mail
   */
  async send(row: Mail, connection: <T>(work: () => Promise<T>) => Promise<T>): Promise<'away' | 'done'> {
    const message = await this.compose(row);
    if (!message) return 'done';
    const outcome = await connection(() => this.handOver(row, message));
    if (outcome === null) return 'done';
    if (typeof outcome === 'string') crashPoint('mail.after_250_before_mark');
    await this.means.insist(() =>
      typeof outcome === 'string' ? this.means.ledger.sent(row, outcome) : this.afterFailure(row, outcome),
    );
    crashPoint('mail.after_mark');
    return outcome instanceof NotDelivered && outcome.outcome === 'away' ? 'away' : 'done';
  }

  /** What cannot be composed now never can, or must wait until we can; null: it is not sent now. */
  private async compose(row: Mail): Promise<SendMailOptions | null> {
    try {
      return await this.means.composer.compose(row);
    } catch (error) {
      if (error instanceof NothingToTell) return null;
      const why = error instanceof Error ? error.message : String(error);
      if (isFinal(error)) {
        await this.means.ledger.unwritable(row, why);
      } else {
        this.means.warn(`mail ${row.id} cannot be composed now: ${toldError(error)}`);
        await this.means.ledger.putOff(row, PUT_OFF_SECONDS, 'could not be composed');
      }
      return null;
    }
  }

  /** The server's answer, what went wrong, or null when the mail is not to be sent by us any more. */
  private async handOver(row: Mail, message: SendMailOptions): Promise<unknown> {
    const { ledger, transport, isStopping } = this.means;
    if (isStopping()) {
      await ledger.release([row]);
      return null;
    }
    if (!(await ledger.sending(row))) return null;
    crashPoint('mail.before_data');
    return transport.deliver(message).catch((error: unknown) => error ?? new Error('no reason'));
  }

  private afterFailure(row: Mail, error: unknown): Promise<void> {
    const { ledger } = this.means;
    const reason = error instanceof Error ? error.message : String(error);
    const attempts = row.attempts + 1;
    const outcome = error instanceof NotDelivered ? error.outcome : 'unknown';
    const pause = pauseSeconds(attempts);
    if (outcome === 'unknown') {
      // A reminder never goes twice; a notice goes again under the same Message-ID.
      const stops = row.delivery === 'reminder' || attempts >= MOST_UNCERTAIN;
      return stops ? ledger.unknown(row, reason) : ledger.postpone(row, pause, reason, 'unknown');
    }
    if (outcome === 'refused') return ledger.failed(row, reason);
    if (attempts >= MOST_ATTEMPTS) return ledger.failed(row, reason, 'not_sent');
    return ledger.postpone(row, pause, reason);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { SendMailOptions } from 'nodemailer';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import type { MailComposer } from '#libs/mail/composer.js';
import type { MailGate } from '#libs/mail/gate.js';
import type { MailLedger } from '#libs/mail/ledger.js';
import { CONNECTIONS, NotDelivered } from '#libs/mail/transport.js';
import type { MailTransport } from '#libs/mail/transport.js';
import { crashPoint } from '#libs/observability/crash-point.js';
import { toldError } from '#libs/observability/told-error.js';

const BATCH = 20;
const POLL_MS = 1_000;
const AFTER_TROUBLE_MS = 5_000;
const RECOVER_EVERY_MS = 15_000;
const MOST_ATTEMPTS = 12;
const FIRST_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 4 * 3_600;

/** Sends what is due in the ledger, at most once for reminders, until told to stop. */
export class Pump {
  private stopping = false;
  private running: Promise<void> = Promise.resolve();
  private recoveredAt = 0;
  private readonly wait = new AbortController();

  constructor(
    private readonly ledger: MailLedger,
    private readonly transport: MailTransport,
    private readonly composer: MailComposer,
    private readonly gate: MailGate,
    private readonly warn: (text: string) => void,
    /** Why this deployment sends nothing: whatever falls due is suppressed with these words. */
    private readonly withheld: string | null = null,
  ) {}

  start(): void {
    if (this.withheld) this.warn(`no mail is sent: ${this.withheld}`);
    this.running = this.loop();
  }

  /** Finishes the mails in hand and gives back those not begun. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wait.abort();
    await this.running;
    this.transport.close();
  }

  private async loop(): Promise<void> {
    while (!this.stopping) {
      const pause = await this.pass().catch((error: unknown) => {
        this.warn(`the ledger cannot be read: ${toldError(error)}`);
        return AFTER_TROUBLE_MS;
      });
      if (pause && !this.stopping) await this.rest(pause);
    }
  }

  /** One batch; says how long to wait before the next. */
  async pass(): Promise<number> {
    if (Date.now() - this.recoveredAt > RECOVER_EVERY_MS) {
      await this.ledger.recover();
      this.recoveredAt = Date.now();
    }
    const batch = await this.ledger.claim(BATCH);
    if (!batch.length) return POLL_MS;
    crashPoint('mail.after_claim');
    const more = batch.length === BATCH;
    await this.sendAll(await this.letThrough(batch));
    return more ? 0 : POLL_MS;
  }

  /** Without those that something stands in the way of by now. */
  private async letThrough(batch: Mail[]): Promise<Mail[]> {
    const holds = await this.gate.holds(batch);
    for (const row of batch) {
      const hold = holds.get(row.id);
      if (hold) await this.ledger.hold(row, hold);
    }
    return batch.filter(({ id }) => !holds.has(id));
  }

  /** No more at a time than there are connections: a mail is marked as being sent when it really is. */
  private async sendAll(batch: Mail[]): Promise<void> {
    const lane = async () => {
      for (let row; !this.stopping && (row = batch.shift());) await this.send(row);
    };
    const lanes = await Promise.allSettled(Array.from({ length: CONNECTIONS }, lane));
    if (batch.length) await this.ledger.release(batch);
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  }

  private async send(row: Mail): Promise<void> {
    if (this.withheld) return this.ledger.suppressed(row, this.withheld);
    const message = await this.compose(row);
    if (message instanceof Error) return this.ledger.failed(row, message.message);
    if (!(await this.ledger.sending(row))) return;
    crashPoint('mail.before_data');
    const outcome = await this.transport.deliver(message).catch((error: unknown) => error);
    if (typeof outcome === 'string') crashPoint('mail.after_250_before_mark');
    await this.untilNoted(() =>
      typeof outcome === 'string' ? this.ledger.sent(row, outcome) : this.afterFailure(row, outcome),
    );
  }

  /** What cannot be composed now never can. */
  private async compose(row: Mail): Promise<SendMailOptions | Error> {
    try {
      return await this.composer.compose(row);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  private async afterFailure(row: Mail, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    const attempts = row.attempts + 1;
    const outcome = error instanceof NotDelivered ? error.outcome : 'unknown';
    const last = attempts >= MOST_ATTEMPTS;
    // A reminder never goes twice; a notice goes again under the same Message-ID.
    if (outcome === 'unknown' && (last || row.delivery === 'reminder')) return this.ledger.unknown(row, reason);
    if (outcome === 'refused' || last) return this.ledger.failed(row, reason);
    const pause = Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (attempts - 1));
    return this.ledger.postpone(row, pause, reason);
  }

  /** Nobody but us knows how a sending ended: it is written down as soon as the database answers again. */
  private async untilNoted(note: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await note();
      } catch (error) {
        if (this.stopping) throw error;
        this.warn(`an outcome cannot be noted yet: ${toldError(error)}`);
        await this.rest(POLL_MS);
      }
    }
  }

  private async rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.wait.signal }).catch(() => undefined);
  }
}

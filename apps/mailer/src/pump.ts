import { setTimeout as sleep } from 'node:timers/promises';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import type { MailClass } from '#libs/domain/mail/mail-class.js';
import type { MailComposer } from '#libs/mail/composer.js';
import type { MailGate } from '#libs/mail/gate.js';
import type { MailLedger } from '#libs/mail/ledger.js';
import type { MailTransport } from '#libs/mail/transport.js';
import { crashPoint } from '#libs/observability/crash-point.js';
import { toldError } from '#libs/observability/told-error.js';
import { Connections } from './connections.js';
import { Delivery, PUT_OFF_SECONDS } from './delivery.js';
import { Hand } from './hand.js';

/** About as many mails are in hand as went out in the last second, within these bounds. */
const [FEWEST, MOST] = [20, 400];
const POLL_MS = 1_000;
/** While more is due than is in hand, urgent ones are looked for so often. */
const URGENT_POLL_MS = 250;
const AFTER_TROUBLE_MS = 5_000;
const RECOVER_EVERY_MS = 15_000;
/** While no mail server is there, the ledger rests: so long at first, and no longer than this. */
const [FIRST_REST_MS, LONGEST_REST_MS] = [2_000, 60_000];
/** Kept for urgent mails, whatever the others wait for. */
const URGENT_CONNECTIONS = 1;
/** So many are composed and noted for each that is with the server. */
const LANES_PER_CONNECTION = 2;

/** Sends what is due in the ledger, at most once for reminders, until told to stop. */
export class Pump {
  private stopping = false;
  private running: Promise<unknown> = Promise.resolve();
  private recoveredAt = 0;
  private lookedAt = Date.now();
  private finished = 0;
  private wanted = FEWEST;
  private away = { restMs: 0, until: 0 };
  private readonly hand = new Hand();
  private readonly wait = new AbortController();
  private readonly delivery: Delivery;

  constructor(
    private readonly ledger: MailLedger,
    private readonly transport: MailTransport,
    composer: MailComposer,
    private readonly gate: MailGate,
    private readonly warn: (text: string) => void,
    /** Why this deployment sends nothing to an address: what falls due for it is suppressed with these words. */
    private readonly withheld: (recipient?: string) => string | null = () => null,
  ) {
    const insist = (note: () => Promise<void>) => this.untilNoted(note);
    this.delivery = new Delivery({ ledger, transport, composer, warn, insist, isStopping: () => this.stopping });
  }

  start(): void {
    const withheld = this.withheld();
    if (withheld) this.warn(`mail is held back: ${withheld}`);
    const others = this.transport.connections - URGENT_CONNECTIONS;
    this.running = Promise.all([...this.lanes(others, false), ...this.lanes(URGENT_CONNECTIONS, true), this.fill()]);
  }

  /** Finishes the mails in hand and gives back those not begun. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wait.abort();
    this.hand.close();
    await this.running;
    this.transport.close();
    await this.ledger.release(this.hand.empty()).catch(() => undefined); // they go back by themselves after a while
  }

  /** Keeps mails in hand: looks again before the hand is empty, and often for urgent ones. */
  private async fill(): Promise<void> {
    while (!this.stopping) {
      const restMs = this.away.until - Date.now();
      if (restMs > 0) await this.rest(restMs);
      const more = await this.refill().catch((error: unknown) => {
        this.warn(`the ledger cannot be read: ${toldError(error)}`);
        return null;
      });
      if (more === null) await this.rest(AFTER_TROUBLE_MS);
      else if (more) await this.hand.low(this.wanted / 2, URGENT_POLL_MS);
      else await this.hand.low(-1, POLL_MS);
    }
  }

  /** Says whether more is due. */
  private async refill(): Promise<boolean> {
    if (Date.now() - this.recoveredAt > RECOVER_EVERY_MS) {
      await this.ledger.recover();
      this.recoveredAt = Date.now();
    }
    await this.ledger.release(this.hand.empty(true));
    const room = this.measure() - this.hand.size;
    let taken = 0;
    await this.ledger.oneAtATime(async () => {
      taken = await (room > 0 ? this.takeUp(room) : this.takeUp(FEWEST, ['urgent']));
    });
    return room <= 0 || taken === room;
  }

  /** Returns how many were due. */
  private async takeUp(most: number, classes?: readonly MailClass[]): Promise<number> {
    const rows = await this.ledger.claim(most, classes);
    if (!rows.length) return 0;
    crashPoint('mail.after_claim');
    this.hand.add(
      await this.letThrough(rows).catch(async (error: unknown) => {
        await this.ledger.release(rows);
        throw error;
      }),
    );
    return rows.length;
  }

  /** How many to have in hand: what the last second, or the time since the last look, was good for. */
  private measure(): number {
    const perSecond = (this.finished * 1000) / Math.max(1, Date.now() - this.lookedAt);
    [this.finished, this.lookedAt] = [0, Date.now()];
    this.wanted = Math.round(Math.min(MOST, Math.max(FEWEST, perSecond, this.wanted / 2)));
    return this.wanted;
  }

  /** Without those that something stands in the way of by now. One that cannot be asked about keeps no other waiting. */
  private async letThrough(rows: Mail[]): Promise<Mail[]> {
    try {
      const holds = await this.gate.holds(rows);
      await this.ledger.hold(holds);
      return rows.filter(({ id }) => !holds.has(id));
    } catch (error) {
      const half = Math.ceil(rows.length / 2);
      if (half < rows.length)
        return [...(await this.letThrough(rows.slice(0, half))), ...(await this.letThrough(rows.slice(half)))];
      this.warn(`mail ${rows[0]?.id} cannot be asked about: ${toldError(error)}`);
      for (const row of rows) await this.ledger.putOff(row, PUT_OFF_SECONDS, 'the rules of mail could not be asked');
      return [];
    }
  }

  private lanes(count: number, urgentOnly: boolean): Promise<void>[] {
    const connections = new Connections(count);
    const lane = async () => {
      for (let row; (row = await this.hand.take(urgentOnly));) await this.send(row, connections);
    };
    return Array.from({ length: count * LANES_PER_CONNECTION }, lane);
  }

  private async send(row: Mail, connections: Connections): Promise<void> {
    try {
      const withheld = this.withheld(row.recipient);
      if (withheld) return await this.ledger.suppressed(row, withheld);
      const outcome = await this.delivery.send(row, connections.with);
      this.finished += 1;
      if (outcome === 'away') await this.noServer();
      else this.away.restMs = 0;
    } catch (error) {
      this.warn(`mail ${row.id} stays in hand: ${toldError(error)}`);
      await this.rest(AFTER_TROUBLE_MS);
      if (!this.stopping) this.hand.add([row]);
    }
  }

  /** Nobody listens: what is in hand goes back untried, and is looked at again after a while. */
  private async noServer(): Promise<void> {
    if (Date.now() >= this.away.until) {
      const restMs = Math.min(LONGEST_REST_MS, this.away.restMs * 2 || FIRST_REST_MS);
      this.away = { restMs, until: Date.now() + restMs };
    }
    await this.ledger.release(this.hand.empty());
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

import type { Mail } from '#libs/database/entities/mail.entity.js';

/** In hand for so long (ms) without being begun, a mail goes back: whether it may be sent is asked anew. */
const STALE_MS = 30_000;

interface Taker {
  urgentOnly: boolean;
  take: (row: Mail | null) => void;
}

/** The mails that were taken up and are not begun yet. Urgent ones are handed out first, whenever they come. */
export class Hand {
  private urgent: { row: Mail; at: number }[] = [];
  private others: { row: Mail; at: number }[] = [];
  private takers: Taker[] = [];
  private closed = false;
  private lowAt = 0;
  private tell: () => void = () => undefined;

  get size(): number {
    return this.urgent.length + this.others.length;
  }

  add(rows: readonly Mail[]): void {
    const at = Date.now();
    for (const row of rows) (row.class === 'urgent' ? this.urgent : this.others).push({ row, at });
    this.takers = this.takers.filter(({ urgentOnly, take }) => {
      const row = this.next(urgentOnly);
      if (row) take(row);
      return !row;
    });
  }

  /** The next mail, as soon as there is one; null when there will be none any more. */
  take(urgentOnly: boolean): Promise<Mail | null> {
    if (this.closed) return Promise.resolve(null);
    const row = this.next(urgentOnly);
    if (row) return Promise.resolve(row);
    return new Promise((take) => this.takers.push({ urgentOnly, take }));
  }

  /** Resolves when there are no more than so many, or after a while (ms). */
  low(count: number, withinMs: number): Promise<void> {
    return new Promise((low) => {
      const timer = setTimeout(low, withinMs);
      this.lowAt = count;
      this.tell = () => {
        clearTimeout(timer);
        low();
      };
      this.tellLow();
    });
  }

  /** Everything that is not begun, out of hand; with `stale`, only what has been there for too long. */
  empty(stale = false): Mail[] {
    const before = stale ? Date.now() - STALE_MS : Infinity;
    const out = [...this.urgent, ...this.others].filter(({ at }) => at < before).map(({ row }) => row);
    this.urgent = this.urgent.filter(({ at }) => at >= before);
    this.others = this.others.filter(({ at }) => at >= before);
    return out;
  }

  close(): void {
    this.closed = true;
    for (const { take } of this.takers.splice(0)) take(null);
    this.tell();
  }

  private next(urgentOnly: boolean): Mail | undefined {
    const next = this.urgent.shift() ?? (urgentOnly ? undefined : this.others.shift());
    this.tellLow();
    return next?.row;
  }

  private tellLow(): void {
    if (this.closed || this.size <= this.lowAt) this.tell();
  }
}

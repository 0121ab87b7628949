import type { Actor } from '#libs/domain/access/roles.js';
import { OF_CLOCKS, OF_STAFF, QUEUES } from './queues.js';
import type { Queue } from './queues.js';
import { reachSeenBy, clocksSeenBy, readableBy } from './readable-by.js';
import type { Condition } from './readable-by.js';

/** Collects conditions with their values; every list begins with what the person may read. */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  constructor(
    private readonly actor: Actor,
    private readonly now: number,
  ) {
    this.parts.push(this.anyOf(readableBy(actor)));
  }

  where(sql: string, value?: unknown): void {
    this.parts.push(this.fill(sql, value));
  }

  inQueue(name: Queue): void {
    this.parts.push(this.queue(name));
  }

  /** A queue of clocks holds only the cases of which this person may know how they stand, one of calls those whose contacts they see. */
  queue(name: Queue): string {
    const about = OF_CLOCKS[name];
    const theirs = OF_STAFF.includes(name) ? reachSeenBy(this.actor) : null;
    const conditions = about ? clocksSeenBy(this.actor, about === 'late') : theirs;
    const seen = conditions ? this.anyOf(conditions) : 'TRUE';
    return `(${this.fill(QUEUES[name])}) AND ${seen}`;
  }

  private anyOf(conditions: readonly Condition[]): string {
    return `(${conditions.map(({ sql, value }) => this.fill(sql, value)).join(' OR ')})`;
  }

  get sql(): string {
    return this.parts.join(' AND ');
  }

  fill(sql: string, value?: unknown): string {
    const filled = sql
      .replaceAll('$now', () => this.place(new Date(this.now), 'timestamptz'))
      .replaceAll('$me', () => this.place(this.actor.personId, 'uuid'))
      .replaceAll('$us', () => this.place([this.actor.personId, ...(this.actor.standsInFor ?? [])], 'uuid[]'));
    if (!filled.includes('$value')) return filled;
    const place = this.place(value, 'text');
    return filled.replaceAll('$value', () => place);
  }

  private place(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/** What every publication of a rule says. */
export interface Publication {
  /** Number of the version that the draft was made from; 0 for something new. */
  basedOn: number;
  /** Instant (epoch ms) from which it applies; earlier than now means now: nothing applies before it was known. */
  from?: number;
  authorId: string;
  reason: string;
}

export interface RuleProblem {
  field: string;
  message: string;
}

/** The draft is refused; the version in force stays. */
export class NotPublishable extends Error {
  override name = 'NotPublishable';

  constructor(readonly problems: readonly RuleProblem[]) {
    super(problems.map(({ field, message }) => `${field}: ${message}`).join('\n'));
  }
}

/** Somebody has published another version since the draft was begun. */
export class StaleDraft extends Error {
  override name = 'StaleDraft';

  constructor(readonly last: number) {
    super(`Version ${last} has been published meanwhile. Look at it, then make your change again.`);
  }
}

/**
 * When a version begins: not before it is recorded (sla.md 2.6), and after the one before it.
 * @throws NotPublishable without a reason, or when a later beginning is planned already
 */
export function startOf({ from = 0, reason }: Publication, now: number, beforeFrom: number): Date {
  if (!reason.trim()) throw new NotPublishable([{ field: 'reason', message: 'must say why' }]);
  const start = Math.max(from, now);
  if (start > beforeFrom) return new Date(start);
  const planned = new Date(beforeFrom).toISOString();
  throw new NotPublishable([
    { field: 'from', message: `must be after the version before begins to apply, at ${planned}` },
  ]);
}

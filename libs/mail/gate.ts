import type { Mail } from '#libs/database/entities/mail.entity.js';
import type { HeldFor } from '#libs/domain/mail/mail-class.js';

/** Until when a mail waits, and for what. */
export interface Hold {
  until: Date;
  heldFor: HeldFor;
}

/** Asked once more when mails are taken up (ADR 10): a night, a quiet period or a limit may stand in the way by now. */
export interface MailGate {
  /** @returns by id, those that may not go now */
  holds(rows: readonly Mail[]): Promise<ReadonlyMap<string, Hold>>;
}

/** Lets everything go. */
export const OPEN_GATE: MailGate = { holds: () => Promise.resolve(new Map()) };

import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Config } from '#libs/config/config.js';
import type { AccountMailKind, AccountMailParameters } from '#libs/contracts/mail.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import type { Reader } from '#libs/domain/calendar/delivery-hours.js';
import type { HeldFor, MailClass } from '#libs/domain/mail/mail-class.js';
import { seal } from '#libs/secrets/secret-box.js';
import { messageIdDomain } from './message-id.js';

export interface AccountMail {
  kind: AccountMailKind;
  /** A person, or an address of which nobody knows more. */
  to: { email: string; name: string; language: string; timezone: string };
  /** As in the contract, without the zone, which is the recipient's. */
  parameters: Omit<AccountMailParameters, 'timezone'>;
  /** A code or a token; kept sealed, and no longer than until the mail is sent. */
  secret?: string;
  /** What it is about, for a mail that may be asked for twice and must go once; each is its own otherwise. */
  sequence?: string;
  /** What may wait for its reader's hours says so; the others go at once. */
  class?: MailClass;
  reader?: Reader;
  /** When it goes at the earliest; at once unless it is said. */
  sendAfter?: Date;
  heldFor?: HeldFor | null;
  /** Whose account it goes to, where that is known to be theirs. */
  personId?: string;
  organisationId?: string;
  delivery?: Mail['delivery'];
}

/** Where the row is looked up again to be opened. */
export const secretPlace = (id: string): string => `mail/${id}`;

/** A mail about an account as the ledger gets it, but for what makes it this one row. */
export const accountMailRow = ({ kind, to, parameters, ...more }: Omit<AccountMail, 'secret'>) => ({
  caseId: null,
  kind,
  recipient: to.email.trim().toLowerCase(),
  recipientName: to.name,
  delivery: more.delivery ?? ('notice' as const),
  class: more.class ?? ('urgent' as const),
  reader: more.reader ?? null,
  heldFor: more.heldFor ?? null,
  cause: '',
  party: null,
  personId: more.personId ?? null,
  organisationId: more.organisationId ?? null,
  language: to.language,
  parameters: { ...parameters, timezone: to.timezone },
  state: 'due' as const,
  sendAfter: more.sendAfter ?? new Date(),
  attempts: 0,
});

/** Queues a mail about an account within the caller's transaction; the mailer sends it at once, and again if nobody knows whether it arrived. */
export async function queueAccountMail(
  manager: EntityManager,
  { secret, sequence, ...mail }: AccountMail,
  { mailFrom, secretsKey }: Pick<Config, 'mailFrom' | 'secretsKey'>,
): Promise<void> {
  const id = uuidv7();
  const row = {
    ...accountMailRow(mail),
    id,
    sequence: sequence ?? id,
    secret: secret === undefined ? null : seal(secretsKey, secretPlace(id), secret),
    messageId: `<${id}@${messageIdDomain(mailFrom)}>`,
  };
  await manager.createQueryBuilder().insert().into(Mail).values(row).orIgnore().execute();
}

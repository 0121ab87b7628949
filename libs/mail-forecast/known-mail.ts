import type { AccountMailParameters, DigestParameters, MailParameters } from '#libs/contracts/mail.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import type { Reader } from '#libs/domain/calendar/delivery-hours.js';
import type { HeldFor, MailClass } from '#libs/domain/mail/mail-class.js';

/** A mail that will go out if nobody acts. */
export interface ExpectedMail {
  /** Null: about an account. */
  caseId: string | null;
  reference: string | null;
  kind: string;
  cause: string;
  /** What tells it from others of its kind, as in the ledger. */
  sequence: string;
  recipient: string;
  recipientName: string;
  party: string | null;
  language: string;
  class: MailClass;
  parameters: MailParameters | AccountMailParameters | DigestParameters;
  /** In the ledger already, or still to be written there. */
  standing: 'waiting' | 'foreseen';
  /** When it will be owed; null for what is owed already. ISO 8601 UTC. */
  owedAt: string | null;
  /** What it waits for until then, by the rules of mail. */
  heldFor: HeldFor | null;
  /** When it goes out; ISO 8601 UTC. */
  at: string;
  /** The digest that it goes out in: counted from 1 within the forecast, in the order in which they go. Null: by itself. */
  digest: { number: number; at: string } | null;
}

/** A mail as it is known before the rules have said when it goes. */
export type KnownMail = Omit<ExpectedMail, 'at' | 'digest'> & {
  sendAfter: number;
  reader: Reader | null;
  /** The row of the digest into which it was gathered already. */
  digestId: string | null;
};

type Row = Pick<
  Mail,
  | ('kind' | 'cause' | 'sequence' | 'recipient' | 'recipientName' | 'party' | 'language' | 'class' | 'parameters')
  | ('caseId' | 'reader' | 'heldFor' | 'sendAfter')
>;

/** What the ledger has. */
export const waits = (row: Mail): KnownMail => ({
  ...known(row),
  digestId: row.digestId,
  reference: row.caseId && 'reference' in row.parameters ? row.parameters.reference : null,
  standing: 'waiting',
  owedAt: null,
});

/** What it will get. */
export const foreseen = (
  row: Omit<Row, 'reader' | 'heldFor'> & Partial<Row> & { owedAt: number },
  reference: string | null,
): KnownMail => ({
  ...known({ reader: null, heldFor: null, ...row }),
  reference,
  standing: 'foreseen',
  owedAt: new Date(row.owedAt).toISOString(),
});

const known = (row: Row) => ({
  caseId: row.caseId,
  kind: row.kind,
  cause: row.cause,
  sequence: row.sequence,
  recipient: row.recipient,
  recipientName: row.recipientName,
  party: row.party,
  language: row.language,
  class: row.class,
  parameters: row.parameters,
  reader: row.reader,
  heldFor: row.heldFor,
  sendAfter: row.sendAfter.getTime(),
  digestId: null,
});

import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { AccountMailParameters, MailParameters } from '#libs/contracts/mail.js';
import type { MailEvent } from '#libs/database/entities/mail-event.entity.js';
import type { MailHappening } from '#libs/database/entities/mail-event.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import type { MAIL_STATES } from '#libs/database/entities/mail.entity.js';
import type { HeldFor, MailClass } from '#libs/domain/mail/mail-class.js';

export type MailState = (typeof MAIL_STATES)[number];

/** One thing that happened to a mail since it was written into the ledger. */
export interface MailHistoryEntry {
  at: string;
  happening: MailHappening;
  attempt: number | null;
  /** The server's answer, or why; null where it may name somebody whom the reader may not know. */
  detail: string | null;
  /** Who decided it, empty for an operator at the command line; null for what the system did. */
  by: string | null;
}

/** A mail of the ledger, as far as its reader may know. */
export interface LedgerRow {
  id: string;
  /** Null: about an account. */
  reference: string | null;
  kind: string;
  /** Null: somebody of the State, whose address is not for this person. */
  to: string | null;
  toName: string | null;
  /** Which side of the case it is for. */
  party: string | null;
  language: string;
  class: MailClass;
  /** Type of the event that it is owed for; null for whoever only sees their own mails. */
  cause: string | null;
  /** The step that it speaks of. */
  about: { clock: string | null; title: string | null; level: string | null; dueAt: string | null };
  state: MailState;
  /** What it waits for while it is due. */
  heldFor: HeldFor | null;
  attempts: number;
  /** When it may go out. */
  dueAt: string;
  sentAt: string | null;
  bouncedAt: string | null;
  /** When somebody decided to leave it as it is. */
  leftAt: string | null;
  /** The server's last answer, or why it was not sent. */
  response: string | null;
  /** The digest that it went out in. */
  digest: { id: string; state: MailState; sentAt: string | null } | null;
  messageId: string;
  history: MailHistoryEntry[];
  /** So many times a person has decided on it: what a decision is based on. */
  decisions: number;
}

export interface Shown {
  /** Whether this mail's address, and server's answers, which often repeat it, may be shown. */
  address: (row: Mail) => boolean;
  /** Whether its reader is one of those who work on the case: why it is owed, and who decided on it. */
  inside: boolean;
}

/** The rows with their history and digests, in two queries however many they are. */
export async function ledgerRows(manager: EntityManager, rows: readonly Mail[], shown: Shown): Promise<LedgerRow[]> {
  if (!rows.length) return [];
  const [history, digests] = await Promise.all([historyOf(manager, rows), digestsOf(manager, rows)]);
  return rows.map((row) => ledgerRow(row, history.get(row.id) ?? [], digests.get(row.digestId ?? '') ?? null, shown));
}

type Happened = MailEvent & { personName: string | null };

async function historyOf(manager: EntityManager, rows: readonly Mail[]): Promise<Map<string, Happened[]>> {
  const events = await manager.query<(Record<string, unknown> & { mailId: string })[]>(
    `SELECT e.id, e.mail_id AS "mailId", e.at, e.happening, e.attempt, e.detail, e.person_id AS "personId", p.name AS "personName"
     FROM mail_event e LEFT JOIN person p ON p.id = e.person_id WHERE e.mail_id = ANY ($1) ORDER BY e.id`,
    [rows.map(({ id }) => id)],
  );
  const byMail = new Map<string, Happened[]>();
  for (const event of events)
    byMail.set(event.mailId, [...(byMail.get(event.mailId) ?? []), event as unknown as Happened]);
  return byMail;
}

async function digestsOf(manager: EntityManager, rows: readonly Mail[]): Promise<Map<string, LedgerRow['digest']>> {
  const ids = [...new Set(rows.flatMap(({ digestId }) => digestId ?? []))];
  if (!ids.length) return new Map();
  const digests = await manager.findBy(Mail, { id: In(ids) });
  return new Map(digests.map(({ id, state, sentAt }) => [id, { id, state, sentAt: iso(sentAt) }]));
}

/** What somebody decided, which is no attempt of the mailer. */
export const DECISIONS: readonly MailHappening[] = ['sent_again', 'left'];

function ledgerRow(row: Mail, events: readonly Happened[], digest: LedgerRow['digest'], shown: Shown): LedgerRow {
  const open = shown.address(row);
  return {
    ...{ id: row.id, kind: row.kind, party: row.party, language: row.language, class: row.class, state: row.state },
    reference: row.caseId ? (row.parameters as MailParameters).reference : null,
    to: open ? row.recipient : null,
    toName: open ? row.recipientName : null,
    cause: shown.inside ? row.cause || null : null,
    about: aboutOf(row.parameters),
    heldFor: row.state === 'due' ? row.heldFor : null,
    attempts: row.attempts,
    dueAt: row.sendAfter.toISOString(),
    sentAt: iso(row.sentAt),
    bouncedAt: iso(row.bouncedAt),
    leftAt: iso(row.leftAt),
    response: open ? row.response : null,
    digest,
    messageId: row.messageId,
    history: events.map(({ at, happening, attempt, detail, personId, personName }) => ({
      at: at.toISOString(),
      happening,
      attempt,
      detail: open && (shown.inside || !DECISIONS.includes(happening)) ? detail : null,
      by: shown.inside && DECISIONS.includes(happening) ? decidedBy(personId, personName) : null,
    })),
    decisions: events.filter(({ happening }) => DECISIONS.includes(happening)).length,
  };
}

function aboutOf(parameters: MailParameters | AccountMailParameters): LedgerRow['about'] {
  if (!('reference' in parameters)) return { clock: null, title: null, level: null, dueAt: null };
  const { clock, level, dueAt } = parameters;
  return { clock: clock?.name ?? null, title: clock?.title ?? null, level: level ?? null, dueAt: dueAt ?? null };
}

/** Empty for whoever sits at the command line. */
const decidedBy = (personId: string | null, name: string | null): string => (personId ? name || '–' : '');

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

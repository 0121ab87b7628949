import { In } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { readRules } from '#libs/case-store/case-rules.js';
import { productNow } from '#libs/case-store/product-time.js';
import { Recipients } from '#libs/case-store/recipients.js';
import { streamCases } from '#libs/case-reading/case-stream.js';
import type { Condition } from '#libs/case-reading/readable-by.js';
import type { AccountMailParameters, MailParameters } from '#libs/contracts/mail.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import { fold } from '#libs/domain/case/evolve.js';
import type { Reader } from '#libs/domain/calendar/delivery-hours.js';
import type { HeldFor, MailClass } from '#libs/domain/mail/mail-class.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { sendTime } from '#libs/domain/mail/send-time.js';
import { currentMailPolicy } from '#libs/mail-rules/current-mail-policy.js';
import { ForeseenCase } from './foreseen-case.js';
import type { ForeseenMail } from './foreseen-case.js';
import { withinLimits } from './within-limits.js';

/** Days ahead that a forecast may reach. */
export const FARTHEST_DAYS = 90;
export const USUAL_DAYS = 14;

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
  parameters: MailParameters | AccountMailParameters;
  /** In the ledger already, or still to be written there. */
  standing: 'waiting' | 'foreseen';
  /** When it will be owed; null for what is owed already. ISO 8601 UTC. */
  owedAt: string | null;
  /** What it waits for until then, by the rules of mail. */
  heldFor: HeldFor | null;
  /** When it goes out; ISO 8601 UTC. */
  at: string;
}

export interface MailForecast {
  from: string;
  until: string;
  days: number;
  /** In the order in which they go out. */
  items: ExpectedMail[];
}

interface Asked {
  days: number;
  /** Only this case. */
  reference?: string | undefined;
  /** Epoch ms; the deployment's now when left out. */
  from?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Not yet with the server: nothing has become of them. */
const WAITING = ['due', 'claimed'] as const;

/**
 * Who would get which mail when within so many days if nobody acts: what waits in the ledger, and what the clocks of open
 * cases will call for. Nothing is written; the transaction could not.
 */
export function forecastMails(dataSource: DataSource, { days, reference, from, signal }: Asked): Promise<MailForecast> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    await manager.query('SET TRANSACTION READ ONLY');
    const now = from ?? (await productNow(manager));
    const until = now + days * DAY_MS;
    const waiting = await waitingMails(manager, reference);
    const rules = await readRules(manager);
    const policy = await currentMailPolicy(manager);
    const found: Known[] = [];
    const moved = new Set<string>();
    const where = [
      { sql: 'c.next_wake_at <= $value::timestamptz', value: new Date(until).toISOString() },
      ...(reference ? [{ sql: 'c.reference = $value', value: reference }] : []),
    ];
    for await (const one of streamCases(manager, { where: where satisfies Condition[], signal })) {
      moved.add(one.id);
      found.push(...(await ahead(manager, one, { rules, policy }, waiting.get(one.id) ?? [], [now, until])));
    }
    for (const [caseId, rows] of waiting) if (!moved.has(caseId)) found.push(...rows.map(waits));
    const items = timed(found, policy, now).filter(({ at }) => Date.parse(at) <= until);
    return { from: new Date(now).toISOString(), until: new Date(until).toISOString(), days, items: items.sort(byWhen) };
  });
}

/** A mail as it is known before the rules have said when it goes. */
type Known = Omit<ExpectedMail, 'at'> & { sendAfter: number; reader: Reader | null };

/** Asks the rules as the mailer does when it takes a mail up. */
function timed(mails: readonly Known[], policy: MailPolicy, now: number): ExpectedMail[] {
  const ruled = mails.map((mail) => {
    const from = Math.max(now, mail.sendAfter);
    const { at, heldFor } = mail.reader ? sendTime(mail.class, mail.reader, policy, from) : { at: from, heldFor: null };
    return { ...mail, time: at, heldFor: heldFor ?? mail.heldFor };
  });
  return withinLimits(ruled, policy).map(({ time, sendAfter: _, reader: __, ...mail }) => ({
    ...mail,
    at: new Date(time).toISOString(),
  }));
}

const byWhen = (a: ExpectedMail, b: ExpectedMail): number =>
  a.at.localeCompare(b.at) || (a.reference ?? '').localeCompare(b.reference ?? '') || a.kind.localeCompare(b.kind);

/** By case; those about accounts under ''. */
async function waitingMails(manager: EntityManager, reference: string | undefined): Promise<Map<string, Mail[]>> {
  const rows = await manager
    .createQueryBuilder(Mail, 'mail')
    .where({ state: In([...WAITING]) })
    .andWhere(reference ? 'mail.caseId IN (SELECT id FROM assistance_case WHERE reference = :reference)' : 'TRUE', {
      reference,
    })
    .getMany();
  const byCase = new Map<string, Mail[]>();
  for (const row of rows) byCase.set(row.caseId ?? '', [...(byCase.get(row.caseId ?? '') ?? []), row]);
  return byCase;
}

async function ahead(
  manager: EntityManager,
  { id, reference, log }: { id: string; reference: string; log: Parameters<typeof fold>[0] },
  rule: { rules: CaseRules; policy: MailPolicy },
  waiting: Mail[],
  [now, until]: [number, number],
): Promise<Known[]> {
  const recipients = await Recipients.of(manager, id, fold(log, id), now);
  const life = new ForeseenCase({ caseId: id, reference, log, recipients, ...rule }, waiting);
  life.live(now, until);
  const known = new Set(
    (await manager.find(Mail, { where: { caseId: id }, select: { kind: true, recipient: true, sequence: true } })).map(
      keyOf,
    ),
  );
  const fresh = life.foreseen.filter((row) => !known.has(keyOf(row)) && known.add(keyOf(row)));
  return [...life.waiting.map(waits), ...fresh.map((row) => foreseen(row, reference))];
}

/** A mail is written once, however often it is called for. */
const keyOf = ({ kind, recipient, sequence }: Pick<Mail, 'kind' | 'recipient' | 'sequence'>): string =>
  [kind, recipient, sequence].join('\n');

const waits = (row: Mail): Known => ({
  ...known(row),
  caseId: row.caseId,
  reference: row.caseId && 'reference' in row.parameters ? row.parameters.reference : null,
  standing: 'waiting',
  owedAt: null,
});

const foreseen = (row: ForeseenMail, reference: string): Known => ({
  ...known(row),
  caseId: row.caseId,
  reference,
  standing: 'foreseen',
  owedAt: new Date(row.owedAt).toISOString(),
});

const known = (row: Mail | ForeseenMail) => ({
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
  heldFor: row.heldFor ?? null,
  sendAfter: row.sendAfter.getTime(),
});

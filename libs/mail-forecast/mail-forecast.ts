import { In, Not } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { readRules } from '#libs/case-store/case-rules.js';
import { productNow } from '#libs/case-store/product-time.js';
import { Recipients } from '#libs/case-store/recipients.js';
import { streamCases } from '#libs/case-reading/case-stream.js';
import type { Condition } from '#libs/case-reading/readable-by.js';
import { DIGEST_KIND } from '#libs/contracts/mail.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import { fold } from '#libs/domain/case/evolve.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { sentOfLastDay } from '#libs/mail/recipient-limits.js';
import { currentMailPolicy } from '#libs/mail-rules/current-mail-policy.js';
import { ForeseenCase } from './foreseen-case.js';
import { foreseeReminders } from './foreseen-reminders.js';
import { foreseen, waits } from './known-mail.js';
import type { ExpectedMail, KnownMail } from './known-mail.js';
import { whenTheyGo } from './when-they-go.js';

/** Days ahead that a forecast may reach. */
export const FARTHEST_DAYS = 90;
export const USUAL_DAYS = 14;

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
 * Who would get which mail when within so many days if nobody acts: what waits in the ledger, what the clocks of open cases
 * will call for, and, for the whole deployment, drafts and offers. Nothing is written; the transaction could not.
 */
export function forecastMails(dataSource: DataSource, { days, reference, from, signal }: Asked): Promise<MailForecast> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    await manager.query('SET TRANSACTION READ ONLY');
    const now = from ?? (await productNow(manager));
    const until = now + days * DAY_MS;
    const policy = await currentMailPolicy(manager);
    const { waiting, gathered, digests } = await waitingMails(manager, reference);
    const cases = await ofCases(manager, { reference, signal }, policy, waiting, [now, until]);
    const others = reference ? [] : await ofNoCase(manager, policy, waiting.get('') ?? [], [now, until]);
    // What a digest has gathered may have been erased since.
    const bare = reference ? [] : digests.filter(({ id }) => !gathered.some(({ digestId }) => digestId === id));
    const found = [...cases, ...others, ...[...gathered, ...bare].map(waits)];
    const sent = await sentOfLastDay(manager, [...new Set(found.map(({ recipient }) => recipient))], now);
    const items = whenTheyGo(found, digests, { policy, now, sent }).filter(({ at }) => Date.parse(at) <= until);
    return { from: new Date(now).toISOString(), until: new Date(until).toISOString(), days, items: items.sort(byWhen) };
  });
}

async function ofCases(
  manager: EntityManager,
  { reference, signal }: Pick<Asked, 'reference' | 'signal'>,
  policy: MailPolicy,
  waiting: ReadonlyMap<string, Mail[]>,
  [now, until]: [number, number],
): Promise<KnownMail[]> {
  const rules = await readRules(manager);
  const found: KnownMail[] = [];
  const moved = new Set(['']);
  const where = [
    { sql: 'c.next_wake_at <= $value::timestamptz', value: new Date(until).toISOString() },
    ...(reference ? [{ sql: 'c.reference = $value', value: reference }] : []),
  ];
  for await (const one of streamCases(manager, { where: where satisfies Condition[], signal })) {
    moved.add(one.id);
    found.push(...(await ahead(manager, one, { rules, policy }, waiting.get(one.id) ?? [], [now, until])));
  }
  for (const [caseId, rows] of waiting) if (!moved.has(caseId)) found.push(...rows.map(waits));
  return found;
}

async function ofNoCase(
  manager: EntityManager,
  policy: MailPolicy,
  rows: readonly Mail[],
  span: [number, number],
): Promise<KnownMail[]> {
  const { waiting, foreseen: reminders } = await foreseeReminders(manager, policy, rows, span);
  return [...waiting.map(waits), ...reminders.map((row) => foreseen(row, null))];
}

const byWhen = (a: ExpectedMail, b: ExpectedMail): number =>
  a.at.localeCompare(b.at) ||
  (a.digest?.number ?? 0) - (b.digest?.number ?? 0) ||
  (a.reference ?? '').localeCompare(b.reference ?? '') ||
  a.kind.localeCompare(b.kind);

interface Waiting {
  /** By case; those about accounts under ''. */
  waiting: Map<string, Mail[]>;
  /** Digests that are made and wait, with the mails that they have gathered. */
  digests: Mail[];
  gathered: Mail[];
}

async function waitingMails(manager: EntityManager, reference: string | undefined): Promise<Waiting> {
  const digests = await manager.findBy(Mail, { state: In([...WAITING]), kind: DIGEST_KIND });
  const rows = await manager
    .createQueryBuilder(Mail, 'mail')
    .where([
      { state: In([...WAITING]), kind: Not(DIGEST_KIND) },
      { state: 'gathered', digestId: In(digests.map(({ id }) => id)) },
    ])
    .andWhere(reference ? 'mail.caseId IN (SELECT id FROM assistance_case WHERE reference = :reference)' : 'TRUE', {
      reference,
    })
    .getMany();
  const waiting = new Map<string, Mail[]>();
  for (const row of rows.filter(({ state }) => state !== 'gathered'))
    waiting.set(row.caseId ?? '', [...(waiting.get(row.caseId ?? '') ?? []), row]);
  return { waiting, digests, gathered: rows.filter(({ state }) => state === 'gathered') };
}

async function ahead(
  manager: EntityManager,
  { id, reference, log }: { id: string; reference: string; log: Parameters<typeof fold>[0] },
  rule: { rules: CaseRules; policy: MailPolicy },
  waiting: Mail[],
  [now, until]: [number, number],
): Promise<KnownMail[]> {
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

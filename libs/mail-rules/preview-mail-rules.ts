import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import type { HeldFor } from '#libs/domain/mail/mail-class.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { sendTime } from '#libs/domain/mail/send-time.js';
import { movesBy } from './reschedule.js';

export interface MovedMail {
  /** Of its case; null for a mail that belongs to none. */
  reference: string | null;
  kind: string;
  /** Title of the clock that it is about, and the level of an escalation; null where there is none. */
  clock: string | null;
  level: string | null;
  /** ISO 8601 UTC: when it goes by the rules in force, and by those asked about. */
  before: string;
  after: string;
  heldFor: HeldFor | null;
}

/** A reminder of something that happens today, to somebody in Geneva. */
export interface ExampleReminder {
  /** Days after the last change of a draft, or before the end of an offer. */
  days: number;
  /** ISO 8601 UTC. */
  goesAt: string;
}

/** What rules of mail would change, were they published now; nothing is. */
export interface MailRulesPreview {
  /** How many mails wait for hours, quiet days or a digest. */
  waiting: number;
  /** How many of those would go at another time. */
  moved: number;
  /** The first of those. */
  examples: MovedMail[];
  /** Of a draft that was touched last now. */
  drafts: ExampleReminder[];
  /** Of an offer that ends a year from now. */
  offers: ExampleReminder[];
}

const MOST_EXAMPLES = 10;
const YEAR_DAYS = 365;
const READER = { timezone: 'Europe/Zurich' };

/** @param policy that has been validated */
export async function previewMailRules(manager: EntityManager, policy: MailPolicy): Promise<MailRulesPreview> {
  const { waiting, moves, now } = await movesBy(manager, policy);
  const shown = moves.slice(0, MOST_EXAMPLES);
  const cases = await manager.find(AssistanceCase, {
    select: { id: true, reference: true },
    where: { id: In(shown.flatMap(({ caseId }) => caseId ?? [])) },
  });
  const goesAt = (at: number) => iso(sendTime('single', READER, policy, at).at);
  return {
    waiting,
    moved: moves.length,
    examples: shown.map(({ caseId, kind, clock, level, before, after, heldFor }) => ({
      ...{ reference: cases.find(({ id }) => id === caseId)?.reference ?? null, kind, clock, level },
      ...{ before: iso(before), after: iso(after), heldFor },
    })),
    drafts: policy.drafts.idleDays.map((days) => ({ days, goesAt: goesAt(now + days * DAY_MS) })),
    offers: policy.offers.daysBefore.map((days) => ({ days, goesAt: goesAt(now + (YEAR_DAYS - days) * DAY_MS) })),
  };
}

const iso = (at: number): string => new Date(at).toISOString();

import type { DataSource, EntityManager } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import { readerFor } from '#libs/case-store/recipients.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import type { Weekday } from '#libs/domain/calendar/calendar.js';
import { civilTimeMs } from '#libs/domain/calendar/civil.js';
import { deliveryHours } from '#libs/domain/calendar/delivery-hours.js';
import type { Reader } from '#libs/domain/calendar/delivery-hours.js';
import { READER_RHYTHMS } from '#libs/domain/mail/mail-policy.js';
import type { MailPolicy, ReaderRhythm } from '#libs/domain/mail/mail-policy.js';
import { digestTime, sendTime } from '#libs/domain/mail/send-time.js';
import { currentMailPolicy } from '#libs/mail-rules/current-mail-policy.js';
import { rescheduleMail } from '#libs/mail/reschedule.js';
import { isZone } from './person-facts.js';
import { NotAcceptable } from './refused.js';
import type { FieldRefusal } from './refused.js';

export const WEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** How somebody wants their mail; null: as is usual. Days and hours are chosen together. */
export interface MailChoices {
  rhythm: ReaderRhythm | null;
  days: Weekday[] | null;
  /** `HH:MM` in their zone. */
  from: string | null;
  until: string | null;
  timezone: string;
}

export interface MailPreferencesView extends MailChoices {
  /** What holds where nothing is chosen. */
  usual: { rhythm: ReaderRhythm; days: Weekday[]; from: string; until: string };
  /** ISO 8601 UTC; null where nothing is gathered for them. */
  nextDigestAt: string | null;
  /** ISO 8601 UTC: when a mail that is owed now and is not urgent would go. */
  nextMailAt: string;
  /** Mails that wait for them. */
  waiting: { single: number; digest: number };
}

/** When and how often somebody is written to, as they choose themselves. */
export class MailPreferences {
  constructor(private readonly dataSource: DataSource) {}

  async view(personId: string): Promise<MailPreferencesView> {
    const { manager } = this.dataSource;
    const person = await manager.findOneByOrFail(Person, { id: personId });
    const [reader, policy] = [await readerFor(manager, person), await currentMailPolicy(manager)];
    const now = await productNow(manager);
    const { mailRhythm: rhythm, workDays: days, workFrom: from, workUntil: until, timezone } = person;
    const iso = (at: number): string => new Date(at).toISOString();
    return {
      ...{ rhythm, days, from, until, timezone },
      usual: usualFor(reader, policy),
      nextDigestAt: isGathered(reader, policy) ? iso(digestTime(reader, policy, now)) : null,
      nextMailAt: iso(sendTime('single', reader, policy, now).at),
      waiting: await waitingFor(manager, personId),
    };
  }

  /** What waits goes by the new choices at once. @throws NotAcceptable */
  set(personId: string, choices: MailChoices): Promise<void> {
    const wrong = wrongChoices(choices);
    if (wrong.length) throw new NotAcceptable(wrong);
    return this.dataSource.transaction(async (manager) => {
      const lock = { mode: 'for_no_key_update' as const };
      const person = await manager.findOneOrFail(Person, { where: { id: personId }, lock });
      const { rhythm: mailRhythm, days, from: workFrom, until: workUntil, timezone } = choices;
      const workDays = days && WEEK.filter((day) => days.includes(day));
      const chosen = { mailRhythm, workDays, workFrom, workUntil, timezone };
      await manager.update(Person, personId, chosen);
      await rescheduleMail(manager, { ...person, ...chosen });
    });
  }
}

function isGathered({ rhythm }: Reader, { digest }: MailPolicy): boolean {
  const chosen = rhythm ?? digest.rhythm;
  return chosen === 'daily' || chosen === 'weekly';
}

/** The hours that somebody has without hours of their own. */
function usualFor({ timezone, weekend }: Reader, { digest }: MailPolicy): MailPreferencesView['usual'] {
  const [usual] = deliveryHours({ timezone, ...(weekend !== undefined && { weekend }) });
  const hours = usual?.calendar.weeklyHours ?? {};
  const days = WEEK.filter((day) => hours[day]?.length);
  const [from = '', until = ''] = hours[days[0] ?? 'mon']?.[0] ?? [];
  return { rhythm: digest.rhythm, days, from, until };
}

async function waitingFor(manager: EntityManager, personId: string): Promise<MailPreferencesView['waiting']> {
  const of = (mailClass: 'single' | 'digest') => manager.countBy(Mail, { personId, state: 'due', class: mailClass });
  return { single: await of('single'), digest: await of('digest') };
}

const TIME = /^\d\d:\d\d$/;
const isTime = (time: string | null): time is string => time !== null && TIME.test(time) && civilTimeMs(time) !== null;

function wrongChoices({ rhythm, days, from, until, timezone }: MailChoices): FieldRefusal[] {
  const wrong: FieldRefusal[] = [];
  const refuse = (field: string, words: string) => wrong.push({ field, words });
  if (rhythm !== null && !READER_RHYTHMS.includes(rhythm)) refuse('rhythm', 'Choose one of the rhythms in the list.');
  if (!isZone(timezone)) refuse('timezone', 'Write a time zone such as Europe/Zurich or Africa/Lusaka.');
  if (!days?.length && !from && !until) return wrong;
  if (!days?.length || days.some((day) => !WEEK.includes(day)))
    refuse('days', 'Choose at least one day, or leave days and hours empty.');
  if (!isTime(from)) refuse('from', 'Write when your hours begin, such as 09:00.');
  if (!isTime(until)) refuse('until', 'Write when your hours end, such as 17:00.');
  else if (isTime(from) && until <= from) refuse('until', 'The end must come after the beginning, on the same day.');
  return wrong;
}

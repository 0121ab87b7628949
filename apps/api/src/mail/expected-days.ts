import { formatDay } from '#libs/i18n/dates.js';
import type { Translate } from '#libs/i18n/translator.js';
import type { ForecastMail } from '#libs/mail-forecast/shown-forecast.js';
import { PARTY_WORDS } from '../layout/party-words.js';
import { causeWords, CLASS_WORDS, HELD_WORDS, kindWords } from './mail-words.js';

/** Mails to come as pages say them, by civil date in Geneva and then by whom they go to. */
export function expectedDays(items: readonly ForecastMail[], language: string, _: Translate) {
  const days = new Map<string, ForecastMail[]>();
  for (const item of items) {
    const day = formatDay(Date.parse(item.at), language);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days].map(([day, ofDay]) => ({
    day,
    items: ofDay
      .map((item) => ({ ...item, ...wordsOf(item, _) }))
      .sort((a, b) => (a.to ?? a.side ?? '').localeCompare(b.to ?? b.side ?? '') || a.at.localeCompare(b.at)),
  }));
}

const wordsOf = (item: ForecastMail, _: Translate) => ({
  what: kindWords(item.kind, { ...item.about, dueAt: null }, _),
  why: item.cause && causeWords(item.cause, _),
  side: item.party && _((PARTY_WORDS as Record<string, string>)[item.party] ?? item.party),
  classWords: _(CLASS_WORDS[item.class]),
  waits: item.heldFor && _(HELD_WORDS[item.heldFor]),
});

import { formatDay } from '#libs/i18n/dates.js';
import type { Translate } from '#libs/i18n/translator.js';
import type { ForecastLine } from '#libs/mail-forecast/as-they-go.js';
import type { ForecastMail } from '#libs/mail-forecast/shown-forecast.js';
import { PARTY_WORDS } from '../layout/party-words.js';
import { causeWords, CLASS_WORDS, HELD_WORDS, kindWords } from './mail-words.js';

/** Mails to come as pages say them, by civil date in Geneva and then by whom they go to. */
export function expectedDays(lines: readonly ForecastLine<ForecastMail>[], language: string, _: Translate) {
  const days = new Map<string, ForecastLine<ForecastMail>[]>();
  for (const line of lines) {
    const day = formatDay(Date.parse(line.first.at), language);
    days.set(day, [...(days.get(day) ?? []), line]);
  }
  return [...days].map(([day, ofDay]) => ({
    day,
    items: ofDay
      .map(({ first, mails, digest }) => ({
        ...{ ...first, ...wordsOf(first, _) },
        gathered: digest ? mails.map((mail) => ({ ...mail, ...wordsOf(mail, _) })) : null,
      }))
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

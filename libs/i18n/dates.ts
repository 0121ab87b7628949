/** Dates and times as `screens/README.md` words them: Geneva first, every zone named, Latin digits in every language. */
export const GENEVA_ZONE = 'Europe/Zurich';

const LOCALES: Record<string, string> = {
  en: 'en-GB',
  fr: 'fr-CH',
  ar: 'ar-u-nu-latn',
  es: 'es',
  ru: 'ru',
  zh: 'zh',
  pt: 'pt',
};

/** Making a format takes far longer than using it; there are as many as languages, zones and shapes. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format;
}

interface DayOptions {
  timeZone: string;
  year: boolean;
}

/** `Tue 1 Dec 2026` */
export function formatDay(
  at: number,
  language: string,
  { timeZone, year }: DayOptions = { timeZone: GENEVA_ZONE, year: true },
): string {
  const long = language === 'ar';
  const format = formatOf(LOCALES[language] ?? 'en-GB', {
    timeZone,
    weekday: long ? 'long' : 'short',
    day: 'numeric',
    month: language === 'en' ? 'short' : 'long',
    ...(year && { year: 'numeric' }),
  });
  return format
    .format(at)
    .replace(',', long ? '،' : '')
    .replace('Sept', 'Sep');
}

/** `17:00` */
export const formatTime = (at: number, timeZone = GENEVA_ZONE): string =>
  formatOf('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** `CET`, `CEST`; elsewhere `UTC+2`. */
export function zoneAbbreviation(at: number, timeZone = GENEVA_ZONE): string {
  const name = (style: 'short' | 'shortOffset') =>
    formatOf('en-GB', { timeZone, timeZoneName: style })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return timeZone === GENEVA_ZONE ? name('short') : name('shortOffset').replace('GMT', 'UTC');
}

/** The city that stands for a zone: `Africa/Lusaka` → Lusaka. */
export const cityOf = (timeZone: string): string => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');

/** `Tue 1 Dec 2026, 17:00 Geneva (CET)` and, for another zone, ` = 18:00 Lusaka`, with a date only if it differs. */
export function formatInstant(at: number, language: string, zone?: string, geneva = 'Geneva'): string {
  const comma = language === 'ar' ? '،' : ',';
  const here = `${formatDay(at, language)}${comma} ${formatTime(at)} ${geneva} (${zoneAbbreviation(at)})`;
  if (!zone || zone === GENEVA_ZONE) return here;
  const there = formatDay(at, language, { timeZone: zone, year: false });
  const date = there === formatDay(at, language, { timeZone: GENEVA_ZONE, year: false }) ? '' : `${there} `;
  return `${here} = ${date}${formatTime(at, zone)} ${cityOf(zone)}`;
}

/** `Tue 29 Dec 2026, 19:00 (UTC+7)`: an instant on the clock of one zone alone. */
export const formatThere = (at: number, language: string, timeZone: string): string =>
  `${formatDay(at, language, { timeZone, year: true })}${language === 'ar' ? '،' : ','} ${formatTime(at, timeZone)} (${zoneAbbreviation(at, timeZone)})`;

/** `Tue 1 Dec 17:00 CET`, for tables. */
export const formatShort = (at: number, language: string): string =>
  `${formatDay(at, language, { timeZone: GENEVA_ZONE, year: false })} ${formatTime(at)} ${zoneAbbreviation(at)}`;

/** `Monday`, by its number from Monday on; short: `Mon`, and as narrow as the language allows: `M`. */
export const weekdayName = (index: number, language: string, weekday: 'long' | 'short' | 'narrow' = 'long'): string =>
  formatOf(LOCALES[language] ?? 'en-GB', { weekday, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + index));

/** `March 2027` */
export const monthName = (year: number, month: number, language: string): string =>
  formatOf(LOCALES[language] ?? 'en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.UTC(year, month - 1, 1),
  );

/** `25 December`, of a day that is every year the same (`MM-DD`). */
export const formatYearlyDay = (date: string, language: string): string =>
  formatOf(LOCALES[language] ?? 'en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    Date.parse(`2000-${date}`),
  );

/** `Thu 24 Dec 2026, 12:00`: a civil time `YYYY-MM-DDTHH:MM`, wherever it is read. */
export const formatLocal = (local: string, language: string): string =>
  `${formatDay(Date.parse(`${local.slice(0, 10)}T00:00Z`), language, { timeZone: 'UTC', year: true })}${language === 'ar' ? '،' : ','} ${local.slice(11)}`;

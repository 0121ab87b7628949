import Holidays from 'date-holidays';
import { plusDays } from '#libs/domain/calendar/civil.js';
import type { ProposedDay, Years } from './imported-days.js';
import states from '../reference-data/data/states.json' with { type: 'json' };

/** `CH`, `CHE`, or with a region `CH-GE`: country, and region and part of it where the package knows them. */
const PLACE = /^([A-Za-z]{2,3})(?:-([A-Za-z0-9]{1,8}))?(?:-([A-Za-z0-9]{1,8}))?$/;
const DAY_MS = 86_400_000;

const alpha2Of = (code: string): string => {
  const upper = code.toUpperCase();
  return upper.length === 2 ? upper : (states.find(({ iso3 }) => iso3 === upper)?.iso2 ?? upper);
};

/** The regions that are known of a country, by code; empty when there are none. */
export function regionsOf(place: string): { code: string; name: string }[] {
  const country = alpha2Of(PLACE.exec(place.trim())?.[1] ?? '');
  const regions = (new Holidays().getStates(country) as Record<string, string> | undefined) ?? {};
  return Object.entries(regions).map(([code, name]) => ({ code: `${country}-${code}`, name }));
}

/**
 * Holidays as the package `date-holidays` computes them, in a language where it has that one. They are proposals: each is
 * for a person to confirm. @returns null for a place that the package does not know
 */
export function proposeHolidays(
  place: string,
  years: Years,
  language: string,
  known: ReadonlySet<string>,
): ProposedDay[] | null {
  const [, country = '', region, part] = PLACE.exec(place.trim()) ?? [];
  const code = alpha2Of(country);
  const book = new Holidays();
  if (!Object.hasOwn(book.getCountries(), code)) return null;
  if (region && !Object.hasOwn(book.getStates(code) ?? {}, region.toUpperCase())) return null;
  book.init(...([code, region?.toUpperCase(), part?.toUpperCase()].filter(Boolean) as [string]));
  // Names that have not been translated are more widely read in English than in the country's own language.
  book.setLanguages([language, 'en']);
  const days = new Map<string, ProposedDay>();
  for (let year = years.from; year <= years.to; year += 1)
    for (const { date, start, end, name, type } of book.getHolidays(year)) {
      if (type === 'school') continue;
      // Some hold from one evening to the next; what counts is the civil date that the package names.
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
      for (let offset = 0; offset < length; offset += 1) {
        const each = plusDays(date.slice(0, 10), offset);
        if (!days.has(each)) days.set(each, { date: each, name, type, known: isKnown(each, known) });
      }
    }
  return [...days.values()].sort((one, other) => one.date.localeCompare(other.date));
}

const isKnown = (date: string, known: ReadonlySet<string>): boolean => known.has(date) || known.has(date.slice(5));

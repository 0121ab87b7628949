import { DateTime } from 'luxon';

/** As the ledger has it. */
interface ReaderColumn {
  timezone: string;
  weekend?: string[] | null;
  own?: { days: string[]; from: string; until: string };
}

interface Quiet {
  from: string;
  until: string;
  timezones?: string[];
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * Why a mail that can wait may not reach its reader at an instant (epoch ms), or null. Said once more from the words of
 * the rules, with another library than the product's own arithmetic: only dates of one year, hours within one day.
 */
export function whyNot(reader: ReaderColumn | null, quiet: readonly Quiet[], at: number): string | null {
  if (!reader) return null;
  const there = DateTime.fromMillis(at, { zone: reader.timezone });
  const day = DAYS[there.weekday - 1] ?? '';
  const [time, date] = [there.toFormat('HH:mm'), there.toFormat('yyyy-MM-dd')];
  const { own, weekend } = reader;
  const days = own?.days ?? DAYS.slice(0, 5).filter((one) => !weekend?.includes(one));
  const [from, until] = own ? [own.from, own.until] : ['09:00', weekend === undefined ? '17:00' : '16:00'];
  if (!days.includes(day)) return `${day} in ${reader.timezone}`;
  if (time < from || time >= until) return `${time} in ${reader.timezone}`;
  const held = quiet.some(
    (one) => one.from <= date && date <= one.until && (one.timezones?.includes(reader.timezone) ?? true),
  );
  return held ? `${date} is quiet` : null;
}

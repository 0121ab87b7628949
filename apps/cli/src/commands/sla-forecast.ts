import { FARTHEST_HOURS, readForecast, USUAL_HOURS } from '#libs/case-reading/forecast.js';
import type { ForecastItem } from '#libs/case-reading/forecast.js';
import { formatShort } from '#libs/i18n/dates.js';
import type { CliCommand } from '../command.js';
import { UsageError } from '../command.js';

/** `action48 sla forecast [--hours N]`: what will be late if nobody acts, nearest first. */
export const slaForecast: CliCommand = {
  words: 'sla forecast',
  says: `list what will be late within ${USUAL_HOURS} open hours (--hours N) if nobody acts`,
  run: async ({ options, database, print }) => {
    const hours = options.hours === undefined ? USUAL_HOURS : Number(options.hours);
    if (!Number.isInteger(hours) || hours < 1 || hours > FARTHEST_HOURS)
      throw new UsageError(`--hours: must be a whole number from 1 to ${FARTHEST_HOURS}, not "${options.hours}".`);
    const forecast = await readForecast(await database(), { hours, actor: null });
    const breaches = forecast.items.filter(({ event }) => event === 'clock_breached').length;
    print(forecast, [
      `${breaches} deadline${breaches === 1 ? '' : 's'} missed by ${formatShort(Date.parse(forecast.until), 'en')} (${hours} open hours) if nobody acts`,
      ...forecast.items.map(lineOf),
    ]);
    return 0;
  },
};

const lineOf = ({ at, reference, event, level, clock, subjectName, owner }: ForecastItem): string =>
  [
    formatShort(Date.parse(at), 'en').padEnd(20),
    reference.padEnd(18),
    (level ? `${event} L${level}` : event).padEnd(18),
    [clock, ...(subjectName ? [subjectName] : [])].join(', '),
    owner?.name ?? 'nobody yet',
  ].join('  ');

import { formatShort } from '#libs/i18n/dates.js';
import { asTheyGo } from '#libs/mail-forecast/as-they-go.js';
import type { ForecastLine } from '#libs/mail-forecast/as-they-go.js';
import { FARTHEST_DAYS, USUAL_DAYS } from '#libs/mail-forecast/mail-forecast.js';
import { readMailForecast } from '#libs/mail-forecast/shown-forecast.js';
import type { ForecastMail } from '#libs/mail-forecast/shown-forecast.js';
import type { CliCommand } from '../command.js';
import { UsageError } from '../command.js';

/** `action48 mail forecast [--days N] [--case REF]`: who would get which mail when, if nobody acts. */
export const mailForecast: CliCommand = {
  words: 'mail forecast',
  says: `list the mails that go out within ${USUAL_DAYS} days (--days N) if nobody acts, of all cases or one (--case REF)`,
  run: async ({ options, database, print }) => {
    const days = options.days === undefined ? USUAL_DAYS : Number(options.days);
    if (!Number.isInteger(days) || days < 1 || days > FARTHEST_DAYS)
      throw new UsageError(`--days: must be a whole number from 1 to ${FARTHEST_DAYS}, not "${options.days}".`);
    const asked = { days, reference: options.case };
    const forecast = await readMailForecast(await database(), asked, { actor: null, requestId: null });
    const lines = asTheyGo(forecast.items);
    const n = lines.length;
    print(forecast, [
      `${n} mail${n === 1 ? '' : 's'} by ${formatShort(Date.parse(forecast.until), 'en')} if nobody acts`,
      ...lines.flatMap(linesOf),
      ...(options.case === undefined ? [] : [ONE_CASE]),
    ]);
    return 0;
  },
};

/** A digest, then what it gathers, further in. */
const linesOf = ({ first, mails, digest }: ForecastLine<ForecastMail>): string[] => {
  if (!digest) return [lineOf(first)];
  const what = `digest with ${mails.length} item${mails.length === 1 ? '' : 's'}`;
  return [
    lineOf({ ...first, reference: '', kind: what, standing: 'foreseen' }),
    ...mails.map((mail) => `    ${(mail.reference ?? '').padEnd(16)}  ${mail.kind.padEnd(20)}  ${mail.standing}`),
  ];
};

const ONE_CASE =
  'Drafts and standing offers hang on no case, and limits are reckoned with the mails of this case alone: leave out --case for all.';

const lineOf = ({ at, reference, kind, to, standing, heldFor }: ForecastMail): string =>
  [
    formatShort(Date.parse(at), 'en').padEnd(20),
    (reference ?? 'account').padEnd(16),
    kind.padEnd(20),
    (heldFor ? `${standing} (${heldFor})` : standing).padEnd(18),
    to ?? '',
  ].join('  ');

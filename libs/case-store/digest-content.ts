import type { DigestParameters, MailKind, MailParameters } from '#libs/contracts/mail.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';

/** More than that nobody reads in one mail; the rest is counted in it. */
export const MOST_ITEMS = 50;

/** What a digest says of the mails that it gathers, oldest first: the newest, where not all of them are said. */
export function digestOf(rows: readonly Mail[]): DigestParameters {
  const items = rows.map(({ kind, parameters }) => {
    const { reference, stage, dueAt, path } = parameters as MailParameters;
    return { reference, kind: kind as MailKind, stage, ...(dueAt && { dueAt }), path };
  });
  const { timezone } = rows.at(-1)?.parameters ?? { timezone: 'Europe/Zurich' };
  return { items: items.slice(-MOST_ITEMS), more: Math.max(0, items.length - MOST_ITEMS), timezone, path: '/' };
}

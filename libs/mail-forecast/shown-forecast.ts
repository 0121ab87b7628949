import type { DataSource } from 'typeorm';
import { mailReach } from '#libs/domain/access/mail-reach.js';
import type { Asking } from '#libs/mail-views/mail-search.js';
import { openAddresses } from '#libs/mail-views/open-addresses.js';
import { forecastMails } from './mail-forecast.js';
import type { ExpectedMail } from './known-mail.js';
import type { MailForecast } from './mail-forecast.js';

/** A mail that will go out, as far as whoever asks may know. */
export interface ForecastMail {
  at: string;
  reference: string | null;
  kind: string;
  about: { clock: string | null; title: string | null; level: string | null };
  /** Null: somebody of the State, whose address is not for this person. */
  to: string | null;
  toName: string | null;
  party: string | null;
  language: string;
  class: ExpectedMail['class'];
  heldFor: ExpectedMail['heldFor'];
  cause: string;
  standing: ExpectedMail['standing'];
  owedAt: string | null;
  /** The digest that it goes out in; null: by itself. */
  digest: ExpectedMail['digest'];
}

export type ShownForecast = Omit<MailForecast, 'items'> & { items: ForecastMail[] };

/** The forecast for somebody: mails about accounts for whoever looks after them, addresses as in the ledger. */
export async function readMailForecast(
  dataSource: DataSource,
  asked: { days: number; reference?: string | undefined; signal?: AbortSignal | undefined },
  { actor, requestId }: Asking,
): Promise<ShownForecast> {
  const reference = asked.reference?.trim().toUpperCase();
  const forecast = await forecastMails(dataSource, { ...asked, reference });
  const accounts = !actor || mailReach(actor).accounts;
  const items = forecast.items.filter(({ caseId }) => caseId !== null || accounts);
  const isOpen = await openAddresses(dataSource.manager, items, actor, requestId);
  return { ...forecast, items: items.map((item) => shownOf(item, isOpen(item))) };
}

function shownOf(item: ExpectedMail, open: boolean): ForecastMail {
  const { at, reference, kind, party, language, heldFor, cause, standing, owedAt, digest, parameters } = item;
  const { clock, level } = 'reference' in parameters ? parameters : {};
  return {
    ...{ at, reference, kind, party, language, class: item.class, heldFor, cause, standing, owedAt, digest },
    about: { clock: clock?.name ?? null, title: clock?.title ?? null, level: level ?? null },
    to: open ? item.recipient : null,
    toName: open ? item.recipientName : null,
  };
}

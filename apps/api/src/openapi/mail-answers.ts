import { MAIL_HAPPENINGS } from '#libs/database/entities/mail-event.entity.js';
import { MAIL_STATES } from '#libs/database/entities/mail.entity.js';
import { HELD_FOR, MAIL_CLASSES } from '#libs/domain/mail/mail-class.js';
import type { ForecastMail, ShownForecast } from '#libs/mail-forecast/shown-forecast.js';
import type { LedgerRow, MailHistoryEntry } from '#libs/mail-views/ledger-row.js';
import { instant, list, oneOf, orNull, ref, shape, text, uuid, whole } from './schema.js';
import type { Schema } from './schema.js';

const HIDDEN = 'Null: an address of the State, for whoever may not read its contacts';

const HAPPENED = shape<MailHistoryEntry>({
  at: instant,
  happening: oneOf(MAIL_HAPPENINGS),
  attempt: orNull(whole),
  detail: { ...orNull(text), description: 'The server’s answer, or why' },
  by: { ...orNull(text), description: 'Name of whoever decided it' },
});

const MAIL = shape<LedgerRow>({
  id: uuid,
  reference: { ...orNull(text), description: 'Null: about an account' },
  kind: text,
  to: { ...orNull(text), description: HIDDEN },
  toName: orNull(text),
  party: orNull(text),
  language: text,
  class: oneOf(MAIL_CLASSES),
  cause: { ...orNull(text), description: 'Type of the event that it is owed for' },
  about: shape<LedgerRow['about']>({
    clock: orNull(text),
    title: orNull(text),
    level: orNull(text),
    dueAt: orNull(instant),
  }),
  state: oneOf(MAIL_STATES),
  heldFor: { ...orNull(oneOf(HELD_FOR)), description: 'What it waits for while it is due' },
  attempts: whole,
  dueAt: { ...instant, description: 'When it may go out' },
  sentAt: orNull(instant),
  bouncedAt: orNull(instant),
  leftAt: { ...orNull(instant), description: 'When somebody decided to leave it as it is' },
  response: { ...orNull(text), description: 'The server’s last answer, or why it was not sent' },
  digest: orNull(
    shape<NonNullable<LedgerRow['digest']>>({ id: uuid, state: oneOf(MAIL_STATES), sentAt: orNull(instant) }),
  ),
  messageId: text,
  history: list(ref('MailHistoryEntry')),
  decisions: { ...whole, description: 'As in the ETag' },
});

const EXPECTED = shape<ForecastMail>({
  at: { ...instant, description: 'When it goes out' },
  reference: orNull(text),
  kind: text,
  about: shape<ForecastMail['about']>({ clock: orNull(text), title: orNull(text), level: orNull(text) }),
  to: { ...orNull(text), description: HIDDEN },
  toName: orNull(text),
  party: orNull(text),
  language: text,
  class: oneOf(MAIL_CLASSES),
  heldFor: orNull(oneOf(HELD_FOR)),
  cause: text,
  standing: { ...oneOf(['waiting', 'foreseen']), description: 'In the ledger already, or still to be written there' },
  owedAt: orNull(instant),
  digest: {
    ...orNull(shape<NonNullable<ForecastMail['digest']>>({ number: whole, at: instant })),
    description: 'The digest that it goes out in, counted within this answer; null: it goes by itself',
  },
});

export const MAIL_FORECAST = shape<ShownForecast>({
  from: instant,
  until: instant,
  days: whole,
  items: list(ref('ExpectedMail')),
});

/** What the routes of mails answer. */
export const MAIL_ANSWERS: Record<string, Schema> = { Mail: MAIL, MailHistoryEntry: HAPPENED, ExpectedMail: EXPECTED };

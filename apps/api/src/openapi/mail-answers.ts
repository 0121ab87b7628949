import { HELD_FOR } from '#libs/domain/mail/mail-class.js';
import type { MailRulesVersion } from '#libs/mail-rules/mail-rule-versions.js';
import type { ExampleReminder, MailRulesPreview, MovedMail } from '#libs/mail-rules/preview-mail-rules.js';
import { anything, instant, list, oneOf, orNull, ref, shape, text, truth, whole } from './schema.js';
import type { Schema } from './schema.js';

const EXAMPLE = shape<ExampleReminder>({
  days: { ...whole, description: 'After the last change of a draft, or before the end of an offer' },
  goesAt: instant,
});

/** What the routes of mail and its rules answer. */
export const MAIL_ANSWERS: Record<string, Schema> = {
  MailRulesVersion: shape<MailRulesVersion>({
    version: whole,
    policy: anything,
    reason: { ...orNull(text), description: 'Null, as the next two: it came with the program' },
    publishedAt: orNull(instant),
    author: orNull(ref('Person')),
    inForce: truth,
  }),
  MailRulesPreview: shape<MailRulesPreview>({
    waiting: { ...whole, description: 'Mails that wait for hours, quiet days or a digest' },
    moved: { ...whole, description: 'How many of those would go at another time' },
    examples: list(
      shape<MovedMail>({
        reference: orNull(text),
        kind: text,
        clock: orNull(text),
        level: orNull(text),
        before: instant,
        after: instant,
        heldFor: orNull(oneOf(HELD_FOR)),
      }),
    ),
    drafts: { ...list(EXAMPLE), description: 'Of a draft that is touched now for the last time' },
    offers: { ...list(EXAMPLE), description: 'Of an offer that ends a year from now' },
  }),
};

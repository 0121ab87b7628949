import { HELD_FOR } from '#libs/domain/mail/mail-class.js';
import type { ClockSequence, RuleSequence } from '#libs/domain/mail/sequences.js';
import type { MailRulesVersion } from '#libs/mail-rules/mail-rule-versions.js';
import type { ExampleReminder, MailRulesPreview, MovedMail } from '#libs/mail-rules/preview-mail-rules.js';
import { PARTIES } from '#libs/domain/case/clock-policy.js';
import { anything, instant, list, oneOf, orNull, ref, shape, text, truth, whole } from './schema.js';
import type { Schema } from './schema.js';

const EXAMPLE = shape<ExampleReminder>({
  days: { ...whole, description: 'After the last change of a draft, or before the end of an offer' },
  goesAt: instant,
});

const CLOCK_SEQUENCE = shape<ClockSequence>({
  kind: oneOf(['clock']),
  name: { ...text, description: 'Of the clock' },
  title: text,
  steps: list(shape<ClockSequence['steps'][number]>({ at: anything, to: list(oneOf(PARTIES)) })),
  rearms: { ...truth, description: 'It begins again at once when it has stopped' },
  stopsWith: { ...list(text), description: 'Events of a case that end it' },
});

const RULE_SEQUENCE = shape<RuleSequence>({
  kind: oneOf(['rule']),
  name: oneOf(['drafts', 'offers']),
  days: { ...list(whole), description: 'After the last change of a draft; before the end of an offer' },
  stopsWith: list(oneOf(['changed', 'discarded', 'submitted', 'renewed', 'withdrawn'])),
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
  Sequence: { oneOf: [CLOCK_SEQUENCE, RULE_SEQUENCE] },
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

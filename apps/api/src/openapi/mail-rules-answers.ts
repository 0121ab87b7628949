import { HELD_FOR } from '#libs/domain/mail/mail-class.js';
import type { ClockSequence, RuleSequence } from '#libs/domain/mail/sequences.js';
import type { MailRulesVersion } from '#libs/mail-rules/mail-rule-versions.js';
import type { ExampleReminder, MailRulesPreview, MovedMail } from '#libs/mail-rules/preview-mail-rules.js';
import { PARTIES } from '#libs/domain/case/clock-policy.js';
import { REGIONS } from '#libs/standing-offers/offer-facts.js';
import { OFFER_STATES } from '#libs/standing-offers/offer-view.js';
import type { OfferView } from '#libs/standing-offers/offer-view.js';
import { LANGUAGES, LEGAL_SYSTEMS, MODALITIES, NEED_TYPES } from '#libs/domain/case/request-form.js';
import { anything, day, instant, list, oneOf, orNull, ref, shape, text, truth, uuid, whole } from './schema.js';
import type { Schema } from './schema.js';

const NEVER_PUBLIC = 'Null for everybody but its provider and those who work on cases';

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

const STANDING_OFFER = shape<OfferView>({
  id: uuid,
  provider: ref('Organisation'),
  needTypes: list(oneOf(NEED_TYPES)),
  legalSystems: list(oneOf(LEGAL_SYSTEMS)),
  languages: list(oneOf(LANGUAGES)),
  regions: list(oneOf(REGIONS)),
  states: { ...list(text), description: 'Alpha-3 codes; with `regions` empty, too: for all' },
  modalities: list(oneOf(MODALITIES)),
  funding: truth,
  capacityPerYear: whole,
  leadTimeDays: whole,
  conditions: text,
  contact: {
    ...orNull(shape<NonNullable<OfferView['contact']>>({ name: text, email: text })),
    description: NEVER_PUBLIC,
  },
  public: truth,
  validUntil: day,
  state: oneOf(OFFER_STATES),
  confirmedAt: { ...instant, description: 'When it was last said that it holds until then' },
  revision: { ...whole, description: 'As in the ETag' },
  manages: { ...truth, description: 'Whether you may change, renew and withdraw it' },
});

/** What the routes of mail, its rules and standing offers answer. */
export const MAIL_RULES_ANSWERS: Record<string, Schema> = {
  MailRulesVersion: shape<MailRulesVersion>({
    version: whole,
    policy: anything,
    reason: { ...orNull(text), description: 'Null, as the next two: it came with the program' },
    publishedAt: orNull(instant),
    author: orNull(ref('Person')),
    inForce: truth,
  }),
  StandingOffer: STANDING_OFFER,
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

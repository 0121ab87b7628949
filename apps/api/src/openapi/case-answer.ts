import type { CaseView, OfferView } from '#libs/case-reading/case-view.js';
import { CONTACT_STATES } from '#libs/case-reading/contacts-view.js';
import type { ContactsView } from '#libs/case-reading/contacts-view.js';
import { FIELD_GROUPS } from '#libs/domain/access/visible-fields.js';
import { RELATIONS } from '#libs/domain/access/relations.js';
import { VERBS } from '#libs/domain/case/commands/index.js';
import { LEFT_BECAUSE, RUNGS } from '#libs/domain/case/contact-ladder.js';
import { NATIONAL_STEPS, OUTCOMES } from '#libs/domain/case/events.js';
import { FUNDING_KINDS, NEED_TYPES } from '#libs/domain/case/request-form.js';
import { SIDE_STATES, STAGES } from '#libs/domain/case/stages.js';
import { SHOWN } from '#libs/domain/case/state.js';
import { ERASURE_CLASSES } from '#libs/domain/retention/retention-policy.js';
import { DECLINE_REASONS } from '#libs/domain/case/answers.js';
import { PRIORITIES } from '../cases/dto/intake.dto.js';
import { day, instant, list, oneOf, orNull, ref, shape, text, truth, uuid, whole } from './schema.js';

const OFFER = shape<OfferView>({
  id: uuid,
  organisation: ref('OrganisationName'),
  text: orNull(text),
  from: day,
  to: day,
  funding: oneOf(FUNDING_KINDS),
  status: oneOf(['open', 'accepted', 'declined']),
  reason: orNull(text),
});

const CONSENT = shape<NonNullable<CaseView['consent']>>({
  status: oneOf(['requested', 'given', 'refused']),
  shows: oneOf(SHOWN),
  audience: { oneOf: [list(ref('OrganisationName')), oneOf(['all_matching'])] },
  summary: orNull(text),
  reason: orNull(text),
});

const PLAN = shape<NonNullable<CaseView['plan']>>({
  milestones: list(
    shape<NonNullable<CaseView['plan']>['milestones'][number]>({
      id: uuid,
      title: text,
      dueOn: day,
      responsible: text,
      done: truth,
    }),
  ),
  language: text,
  payer: text,
});

const CONTACTS = shape<ContactsView>({
  side: oneOf(['requester', 'responder']),
  organisation: orNull(ref('OrganisationName')),
  contacts: list(
    shape<ContactsView['contacts'][number]>({
      rung: oneOf(RUNGS),
      name: orNull(text),
      status: oneOf(CONTACT_STATES),
      since: orNull(instant),
      because: orNull(oneOf(LEFT_BECAUSE)),
    }),
  ),
  callDue: truth,
});

/** What a case and its row in a list begin with. */
export const CASE_HEAD = {
  reference: text,
  version: whole,
  stage: oneOf(STAGES),
  sideState: orNull(oneOf(SIDE_STATES)),
  priority: orNull(oneOf(PRIORITIES)),
  owner: orNull(ref('Person')),
};

/** `CaseView` as the contract has it. */
export const CASE = shape<CaseView>({
  ...CASE_HEAD,
  handOver: {
    ...orNull(
      shape<NonNullable<CaseView['handOver']>>({
        to: ref('Person'),
        from: ref('Person'),
        reason: text,
        note: orNull(text),
        offeredAt: instant,
        answerDueAt: orNull(instant),
      }),
    ),
    description: 'A hand-over that waits for its receiver’s answer; for coordinators',
  },
  state: { type: 'string', description: 'ISO 3166 alpha-3' },
  stateName: text,
  stateTimezone: text,
  openedAt: instant,
  awaiting: orNull(text),
  you: list(oneOf(RELATIONS)),
  fields: { ...list(oneOf(FIELD_GROUPS)), description: 'Groups of fields that the caller may see' },
  openUntil: { ...orNull(instant), description: 'Until when a lead has opened what is restricted' },
  law: { ...orNull(truth), description: 'Null for whoever may not know what is asked for' },
  needTypes: list(oneOf(NEED_TYPES)),
  clocks: list(ref('Clock')),
  nextActions: { ...list(oneOf(VERBS)), description: 'Exactly the verbs that the caller may use now' },
  nextStep: { ...orNull(text), description: 'The step that moves the case on, in words; for coordinators' },
  contacts: { ...orNull(list(CONTACTS)), description: 'Who can be reached, and whom to call; for coordinators' },
  request: { type: 'object', additionalProperties: true, description: 'The fields of the request the caller may see' },
  summary: orNull(text),
  scope: orNull(text),
  information: list(shape<CaseView['information'][number]>({ questions: list(text), answers: orNull(list(text)) })),
  consent: orNull(CONSENT),
  excludedParties: list(text),
  round: whole,
  invitations: list(
    shape<CaseView['invitations'][number]>({
      organisation: ref('OrganisationName'),
      status: oneOf(['invited', 'interested', 'declined', 'question', 'offered']),
      reason: orNull(text),
      why: { ...orNull(oneOf(DECLINE_REASONS)), description: 'Why it has declined, where it chose one of these' },
      answersBy: { ...orNull(day), description: 'By when it will answer, where it has asked for time' },
    }),
  ),
  responderQuestions: list(
    shape<CaseView['responderQuestions'][number]>({
      id: uuid,
      organisation: ref('OrganisationName'),
      question: text,
      answer: orNull(text),
    }),
  ),
  offers: list(OFFER),
  plan: orNull(PLAN),
  nationalProcess: orNull(
    shape<NonNullable<CaseView['nationalProcess']>>({ lawTitle: text, step: oneOf(NATIONAL_STEPS) }),
  ),
  adoption: orNull(
    shape<NonNullable<CaseView['adoption']>>({ title: text, number: orNull(text), date: day, url: orNull(text) }),
  ),
  reporting: orNull(shape<NonNullable<CaseView['reporting']>>({ reportDate: day })),
  closure: orNull(shape<NonNullable<CaseView['closure']>>({ outcome: oneOf(OUTCOMES), text })),
  reviewOn: orNull(day),
  mergedInto: orNull(text),
  erasures: list(shape<CaseView['erasures'][number]>({ what: oneOf(ERASURE_CLASSES), at: instant })),
});

import { NATIONAL_STEPS } from '#libs/domain/case/events.js';
import type { Verb } from '#libs/domain/case/commands/index.js';
import { FUNDING_KINDS } from '#libs/domain/case/request-form.js';
import type { CaseView } from '#libs/case-reading/case-view.js';
import { DECLINE_CHOICES } from '../decline-words.js';
import { choices, words } from './field.js';
import { SHOWS } from './shows.js';
import type { Choice, CommandForm } from './field.js';

const openOffers = ({ offers }: CaseView): Choice[] =>
  offers
    .filter(({ status }) => status === 'open')
    .map(({ id, organisation, from, to, text }) => ({
      value: id,
      text: `${organisation.name}, ${from} – ${to}`,
      given: true,
      ...(text && { hint: text }),
    }));

/** The steps of the State. */
export const STATE_FORMS = {
  answer: {
    title: 'Answer the questions',
    button: 'Send the answers',
    explains: 'The coordinators go on as soon as they have your answers.',
    fields: [
      {
        kind: 'lines',
        name: 'answers',
        label: 'Your answers',
        of: ({ information }) => information.at(-1)?.questions ?? [],
      },
    ],
  },
  'give-consent': {
    title: 'Agree to circulation',
    button: 'Agree',
    explains: 'Only the responders named here will read what you choose. You may add a condition.',
    fields: [
      {
        kind: 'one',
        name: 'shows',
        label: 'What they may read',
        choices: ({ consent }) => SHOWS.filter(({ value }) => value === 'summary' || consent?.shows !== 'summary'),
        checked: ({ consent }) => [consent?.shows ?? 'summary'],
      },
      words('reason', 'Condition or remark', { optional: true }),
    ],
  },
  'exclude-party': {
    title: 'Exclude a party',
    button: 'Exclude the party',
    explains: 'It is never invited; if it was, its invitation is revoked, and it is told nothing.',
    fields: [
      { kind: 'one', name: 'party', label: 'Party', choices: (_, { responders }) => responders },
      words('reason', 'Reason', { hint: 'If the State has said so to you: when, and who said it' }),
    ],
    rare: true,
  },
  'refuse-consent': {
    title: 'Do not agree',
    button: 'Do not agree',
    explains: 'Nothing is circulated. The coordinator may ask again with another audience.',
    fields: [words('reason', 'Reason')],
  },
  'accept-offer': {
    title: 'Accept an offer',
    button: 'Accept the offer',
    explains: 'The responder and the coordinator draw up a plan with you.',
    fields: [{ kind: 'one', name: 'offerId', label: 'Offer', choices: openOffers }],
  },
  'decline-offer': {
    title: 'Decline an offer',
    button: 'Decline the offer',
    explains: 'The responder is told, with your reason.',
    fields: [{ kind: 'one', name: 'offerId', label: 'Offer', choices: openOffers }, words('reason', 'Reason')],
  },
  'give-view': {
    title: 'How does the help serve you?',
    button: 'Send your view',
    explains: 'Asked every 60 days while the work goes on.',
    fields: [words('text', 'Your view')],
  },
  'confirm-current': {
    title: 'Where does your process stand?',
    button: 'Confirm',
    explains: 'Asked every 90 days. Your process is your own and is never counted as late.',
    fields: [
      { kind: 'one', name: 'step', label: 'Step', choices: choices(NATIONAL_STEPS) },
      words('text', 'Remark', { optional: true }),
    ],
  },
  'record-adoption': {
    title: 'The measure is in force',
    button: 'Record the measure',
    explains: 'The Article 7 report comes next.',
    fields: [
      { kind: 'text', name: 'title', label: 'Title of the law or measure' },
      { kind: 'text', name: 'number', label: 'Number', optional: true },
      { kind: 'date', name: 'date', label: 'In force since' },
      {
        kind: 'text',
        name: 'url',
        label: 'Address of the published text',
        hint: 'Begins with https://',
        optional: true,
      },
    ],
  },
  'record-outcome': {
    title: 'Outcome form',
    button: 'Send the outcome',
    explains: 'What came of it, in a few sentences.',
    fields: [words('text', 'What came of it')],
  },
  reopen: {
    title: 'Reopen the case',
    button: 'Reopen',
    explains: 'The case goes back to the stage before its closure.',
    fields: [words('reason', 'Reason')],
    rare: true,
  },
  withdraw: {
    title: 'Withdraw the request',
    button: 'Withdraw the request',
    explains: 'The case ends. Responders that were invited are told.',
    fields: [words('reason', 'Reason')],
    rare: true,
  },
} satisfies Partial<Record<Verb, CommandForm>>;

/** The steps of responders. */
export const RESPONDER_FORMS = {
  'express-interest': {
    title: 'Say that you are interested',
    button: 'We are interested',
    explains: 'No commitment yet: an offer may follow.',
    fields: [],
  },
  'make-offer': {
    title: 'Make an offer',
    button: 'Make the offer',
    explains: 'The State has 20 working days to accept or decline it.',
    fields: [
      words('text', 'What you offer'),
      { kind: 'date', name: 'from', label: 'From' },
      { kind: 'date', name: 'to', label: 'To' },
      {
        kind: 'one',
        name: 'funding',
        label: 'Funding',
        choices: FUNDING_KINDS.map((value) => ({
          value,
          text: { none: 'no cost', in_kind: 'in kind', funds: 'funds' }[value],
        })),
      },
    ],
  },
  'ask-for-time': {
    title: 'Ask for more time',
    button: 'We need more time',
    explains:
      'You are not reminded before that day. The time for your answer goes on running, and the coordinator is told.',
    fields: [{ kind: 'date', name: 'until', label: 'We answer by' }],
  },
  'ask-question': {
    title: 'Ask a question',
    button: 'Send the question',
    explains: 'Your answer is then awaited only once the coordinator has replied.',
    fields: [words('question', 'Question')],
  },
  'decline-invitation': {
    title: 'Decline',
    button: 'We cannot help this time',
    explains: 'The coordinator asks somebody else.',
    fields: [
      { kind: 'one', name: 'why', label: 'Reason', choices: DECLINE_CHOICES },
      words('reason', 'In your own words', { optional: true }),
    ],
  },
  'pass-on': {
    title: 'Pass the request on to a colleague',
    button: 'Pass it on',
    explains: 'From then on your colleague gets the mails of this case. You can still read it and answer.',
    fields: [
      {
        kind: 'text',
        name: 'email',
        label: 'Address of your colleague',
        hint: 'Somebody of your organisation with an account; your administrator can invite them',
      },
    ],
    rare: true,
  },
  'update-progress': {
    title: 'Report progress',
    button: 'Send the update',
    explains: 'Asked every 30 days while the work goes on.',
    fields: [
      words('text', 'How the work stands'),
      {
        kind: 'several',
        name: 'milestones',
        label: 'Milestones reached',
        optional: true,
        choices: ({ plan }) =>
          (plan?.milestones ?? [])
            .filter(({ done }) => !done)
            .map(({ id, title }) => ({ value: id, text: title, given: true })),
      },
    ],
  },
} satisfies Partial<Record<Verb, CommandForm>>;

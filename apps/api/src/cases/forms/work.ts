import type { Verb } from '#libs/domain/case/commands/index.js';
import { FOLLOW_UPS, NATIONAL_STEPS, OUTCOMES } from '#libs/domain/case/events.js';
import { choices, words } from './field.js';
import type { CommandForm } from './field.js';
import { PRIORITY } from './priority.js';

/** The steps of coordinators, lead and ISU from circulation on, and those of any stage. */
export const WORK_FORMS = {
  circulate: {
    title: 'Circulate to responders',
    button: 'Circulate',
    explains: 'Each responder receives an invitation and has 15 working days to answer.',
    fields: [
      {
        kind: 'several',
        name: 'organisations',
        label: 'Responders',
        hint: 'Only those within the State’s consent',
        choices: ({ consent, invitations }, { responders }) =>
          responders.filter(
            ({ value }) =>
              // To whom the State has agreed is not for a lead who has not opened it: the rules still hold.
              (!consent || consent.audience === 'all_matching' || consent.audience.some(({ id }) => id === value)) &&
              !invitations.some(({ organisation, status }) => organisation.id === value && status !== 'declined'),
          ),
      },
    ],
  },
  'answer-question': {
    title: 'Answer a responder’s question',
    button: 'Send the answer',
    explains: 'The responder’s clock starts again.',
    fields: [
      {
        kind: 'one',
        name: 'questionId',
        label: 'Question',
        choices: ({ responderQuestions }) =>
          responderQuestions
            .filter(({ answer }) => answer === null)
            .map(({ id, organisation, question }) => ({
              value: id,
              text: `${organisation.name}: ${question}`,
              given: true,
            })),
      },
      words('answer', 'Answer'),
    ],
  },
  'agree-plan': {
    title: 'Agree the plan',
    button: 'Record the plan',
    explains: 'Delivery begins; each milestone has its own deadline.',
    fields: [
      { kind: 'milestones', name: 'milestones', label: 'Milestones' },
      { kind: 'text', name: 'language', label: 'Language of the work' },
      { kind: 'text', name: 'payer', label: 'Who pays' },
    ],
  },
  'start-national-process': {
    title: 'The draft is with the State',
    button: 'Start the national process',
    explains: 'From here the State’s own process runs. It is asked after every 90 days and never counted as late.',
    fields: [
      { kind: 'text', name: 'lawTitle', label: 'Title of the bill' },
      { kind: 'one', name: 'step', label: 'Where it stands', choices: choices(NATIONAL_STEPS) },
    ],
  },
  'record-reporting': {
    title: 'Record the Article 7 report',
    button: 'Record the report',
    explains: 'The measure stands in the State’s Article 7 report. The case may then be closed.',
    fields: [{ kind: 'date', name: 'reportDate', label: 'Date of the report' }],
  },
  close: {
    title: 'Close the case',
    button: 'Close the case',
    explains: 'All clocks stop but the outcome form and the follow-ups after 6 and 12 months.',
    fields: [
      { kind: 'one', name: 'outcome', label: 'Outcome', choices: choices(OUTCOMES) },
      words('text', 'What came of it'),
    ],
  },
  'record-follow-up': {
    title: 'Record a follow-up',
    button: 'Record the follow-up',
    explains: 'The check after closure.',
    fields: [
      { kind: 'one', name: 'followUp', label: 'Which', choices: choices(FOLLOW_UPS) },
      words('text', 'What you found'),
    ],
  },
  suspend: {
    title: 'Suspend the case',
    button: 'Suspend',
    explains: 'All clocks rest until you resume the case. A review date is compulsory, at most 180 days away.',
    fields: [
      words('reason', 'Reason', {
        hint: 'For example: elections, crisis, no lead ministry, funding, another treaty first',
      }),
      { kind: 'date', name: 'reviewOn', label: 'Review date' },
    ],
    rare: true,
  },
  resume: { title: 'Resume the case', button: 'Resume', explains: 'The clocks go on where they stood.', fields: [] },
  'change-priority': {
    title: 'Change the priority',
    button: 'Change priority',
    explains: 'Priority informs; it does not reorder the queue.',
    fields: [
      { kind: 'one', name: 'priority', label: 'Priority', choices: PRIORITY },
      words('reason', 'Reason', { optional: true }),
    ],
    rare: true,
  },
  'log-contact': {
    title: 'Log a contact',
    button: 'Log contact',
    explains: 'Puts a call or meeting on file. Internal; it stops no clock.',
    fields: [
      { kind: 'text', name: 'with', label: 'With whom' },
      {
        kind: 'one',
        name: 'means',
        label: 'How',
        choices: ['call', 'meeting', 'e-mail', 'letter'].map((value) => ({ value, text: value })),
      },
      words('text', 'What was said'),
      {
        kind: 'one',
        name: 'reached',
        label: 'Whom you have reached',
        hint: 'Mails go to the first contact of that side again',
        optional: true,
        choices: ({ invitations }) => [
          { value: 'requester', text: 'The State' },
          ...invitations.map(({ organisation: { id, name } }) => ({ value: id, text: name, given: true })),
        ],
      },
    ],
    rare: true,
  },
  'add-note': {
    title: 'Add an internal note',
    button: 'Add note',
    explains: 'Neither the State nor responders ever see it. It stops no clock.',
    fields: [words('text', 'Note')],
    rare: true,
  },
  'break-glass': {
    title: 'Open what is restricted',
    button: 'Open for 24 hours',
    explains:
      'For 24 hours you may read what only the State, the coordinators and the ISU read. The owner of the case and the State are told at once, with your name and your reason, and every look is recorded.',
    fields: [words('reason', 'Reason', { hint: 'At least 20 characters. The State reads it' })],
    rare: true,
  },
  'excuse-breach': {
    title: 'Excuse a late clock',
    button: 'Excuse',
    explains: 'The breach stays on record, with your reason beside it.',
    fields: [
      {
        kind: 'one',
        name: 'breach',
        label: 'Late clock',
        choices: ({ clocks }) =>
          clocks
            .filter(({ breach }) => breach === 'standing')
            .map(({ name, subject = '', cycle, title, subjectName }) => ({
              value: `${name}|${subject}|${cycle}`,
              text: title,
              ...((subjectName || cycle > 1) && {
                hint: [subjectName, ...(cycle > 1 ? [`(${cycle})`] : [])].filter(Boolean).join(' '),
              }),
            })),
      },
      words('reason', 'Reason'),
    ],
    rare: true,
  },
} satisfies Partial<Record<Verb, CommandForm>>;

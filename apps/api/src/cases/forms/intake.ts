import type { Verb } from '#libs/domain/case/commands/index.js';
import { VERIFICATION_MEANS } from '#libs/domain/case/events.js';
import { NEED_TYPES } from '#libs/domain/case/request-form.js';
import { choices, words } from './field.js';
import type { CommandForm } from './field.js';
import { OWNER_FORMS } from './owner.js';
import { SHOWS } from './shows.js';
import { PRIORITY } from './priority.js';

/** The steps of coordinators, lead and ISU before anybody outside has seen the request. */
export const INTAKE_FORMS = {
  acknowledge: {
    title: 'Acknowledge the request',
    button: 'Acknowledge',
    explains: 'The State receives this message and hears that a person has its request.',
    fields: [words('message', 'Message to the State')],
  },
  ...OWNER_FORMS,
  verify: {
    title: 'Verify who asks',
    button: 'Confirm authority',
    explains: 'Records how you know that this request speaks for the State.',
    fields: [
      { kind: 'one', name: 'means', label: 'How it was verified', choices: choices(VERIFICATION_MEANS) },
      words('evidence', 'Evidence', {
        hint: 'For example: note verbale number and date, or who confirmed it and when',
      }),
    ],
  },
  reject: {
    title: 'Reject the request',
    button: 'Reject',
    explains: 'Whoever asked may not speak for the State. The case ends; the reason is shown to the requester.',
    fields: [words('reason', 'Reason')],
    rare: true,
  },
  triage: {
    title: 'Triage',
    button: 'Finish triage',
    explains: 'Settles scope, needs and priority. The summary is what responders will read, if the State consents.',
    fields: [
      words('scope', 'Scope', { hint: 'What the case covers, for coordinators and the State' }),
      { kind: 'one', name: 'priority', label: 'Priority', choices: PRIORITY },
      {
        kind: 'several',
        name: 'needTypes',
        label: 'Needs',
        hint: 'At most three',
        choices: choices(NEED_TYPES),
        checked: ({ needTypes }) => needTypes,
      },
      words('summary', 'Summary for circulation', {
        hint: 'Names no person. The State sees it before anybody else does',
      }),
    ],
  },
  return: {
    title: 'Ask the State for information',
    button: 'Send questions',
    explains: 'The triage clock waits until the State has answered.',
    fields: [{ kind: 'lines', name: 'questions', label: 'Questions', hint: 'One a line' }],
  },
  'request-consent': {
    title: 'Ask the State for consent',
    button: 'Ask for consent',
    explains: 'The State is shown this summary and who would read it, and decides.',
    fields: [
      { kind: 'audience', name: 'audience', label: 'Who would read it' },
      { kind: 'one', name: 'shows', label: 'What they would read', choices: SHOWS, checked: () => ['request'] },
      { kind: 'words', name: 'summary', label: 'Summary for circulation', value: ({ summary }) => summary ?? '' },
    ],
  },
  refer: {
    title: 'Refer the request elsewhere',
    button: 'Refer',
    explains: 'The case ends here; the State is told to whom it was handed over.',
    fields: [words('to', 'To whom'), words('reason', 'Reason')],
    rare: true,
  },
  decline: {
    title: 'Decline the request',
    button: 'Decline',
    explains: 'The case ends; the State is shown the reason.',
    fields: [words('reason', 'Reason')],
    rare: true,
  },
  merge: {
    title: 'Merge into another case',
    button: 'Merge',
    explains: 'This case keeps its number and points to the other one.',
    fields: [{ kind: 'text', name: 'into', label: 'Reference of the other case of this State' }],
    rare: true,
  },
} satisfies Partial<Record<Verb, CommandForm>>;

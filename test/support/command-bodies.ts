import type { Verb } from '#libs/domain/case/commands/index.js';
import { inDays } from './days.js';

const reason = 'For a reason of which this is the text.';
const text = 'What is to be said.';

/** A well-formed body for every verb; what it names (offers, people, dates) need not exist on the case. */
export const COMMAND_BODIES: Record<Verb, Record<string, unknown>> = {
  acknowledge: { message: 'We have it.' },
  take: {},
  'assign-owner': { ownerId: 'nobody' },
  verify: { means: 'mission', evidence: 'Call of today.' },
  reject: { reason },
  triage: { scope: 'law', priority: 'P2', needTypes: ['drafting'], summary: 'Help with a bill.' },
  return: { questions: ['Which ministry leads?'] },
  answer: { answers: ['Defence.'] },
  refer: { to: 'The unit for Article 4', reason },
  decline: { reason },
  merge: { into: 'CCM-A9-2026-9999' },
  'request-consent': { audience: 'all_matching', summary: 'Help with a bill.' },
  'give-consent': {},
  'refuse-consent': { reason },
  circulate: { organisations: ['LEGALAID', 'QMX'] },
  'express-interest': {},
  'decline-invitation': { reason },
  'ask-question': { question: 'Is there a draft?' },
  'answer-question': { questionId: 'none', answer: 'There is.' },
  'make-offer': { text: 'Two remote sessions.', from: '2027-01-10', to: '2027-03-10', funding: 'none' },
  'accept-offer': { offerId: 'none' },
  'decline-offer': { offerId: 'none', reason },
  'agree-plan': {
    milestones: [{ title: 'First draft', dueOn: inDays(83), responsible: 'Legal Aid' }],
    language: 'en',
    payer: 'The responder',
  },
  'update-progress': { text, milestones: [] },
  'give-view': { text },
  'start-national-process': { lawTitle: 'A bill', step: 'cabinet' },
  'confirm-current': { step: 'tabled', text },
  'record-adoption': { title: 'An act', number: '12', date: '2026-11-01', url: 'https://law.example.org/act' },
  'record-reporting': { reportDate: '2026-11-20' },
  close: { outcome: 'help_delivered', text },
  'record-outcome': { text },
  'record-follow-up': { followUp: '6_months', text },
  reopen: { reason },
  withdraw: { reason },
  suspend: { reason, reviewOn: inDays(52) },
  resume: {},
  'change-priority': { priority: 'P1', reason },
  'log-contact': { with: 'The mission', means: 'call', text },
  'add-note': { text },
  'excuse-breach': { clock: 'acknowledge', cycle: 1, reason },
};

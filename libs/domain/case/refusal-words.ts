import type { Relation } from '../access/relations.js';
import type { CommandVerb } from './commands/index.js';
import type { CommandRule } from './commands/rule.js';
import { LIFECYCLE } from './lifecycle.js';
import type { CaseState } from './state.js';

/** What each verb does, after "you may …". */
export const DEEDS: Record<CommandVerb, string> = {
  acknowledge: 'acknowledge the request',
  take: 'take the case',
  'assign-owner': 'give the case an owner',
  'hand-over': 'hand over the case',
  'accept-hand-over': 'accept the hand-over',
  'reject-hand-over': 'reject the hand-over',
  'withdraw-hand-over': 'withdraw the hand-over',
  verify: 'verify who asks',
  reject: 'reject the request as not authorised',
  triage: 'finish triage',
  return: 'return the request with questions',
  answer: 'answer the questions',
  refer: 'refer the request elsewhere',
  decline: 'decline the request',
  merge: 'merge the case into another',
  'request-consent': 'ask for consent',
  'give-consent': 'consent to circulation',
  'refuse-consent': 'refuse consent',
  'exclude-party': 'exclude a party',
  circulate: 'circulate the request',
  'express-interest': 'express interest',
  'decline-invitation': 'decline the invitation',
  'ask-for-time': 'ask for more time',
  'ask-question': 'ask a question',
  'pass-on': 'pass the request on to a colleague',
  'answer-question': 'answer a responder’s question',
  'make-offer': 'make an offer',
  'accept-offer': 'accept an offer',
  'decline-offer': 'decline an offer',
  'agree-plan': 'record the agreed plan',
  'update-progress': 'report progress',
  'give-view': 'give a view on the work',
  'start-national-process': 'start the national process',
  'confirm-current': 'say where the national process stands',
  'record-adoption': 'record the adopted law',
  'record-reporting': 'record the Article 7 report',
  close: 'close the case',
  'record-outcome': 'fill in the outcome form',
  'record-follow-up': 'record a follow-up',
  reopen: 'reopen the case',
  withdraw: 'withdraw the request',
  suspend: 'suspend the case',
  resume: 'resume the case',
  'change-priority': 'change the priority',
  'log-contact': 'log a contact',
  'add-note': 'add a note',
  'excuse-breach': 'excuse a late step',
  'break-glass': 'open what is restricted with a reason',
  'accept-reply': 'accept a reply by mail',
  'apply-policy': 'put the case on another version of the policy',
};

const PEOPLE: Record<Relation, string> = {
  coordinator: 'a coordinator',
  lead: 'the coordinator lead',
  isu: 'the ISU',
  owner: 'the owner of the case',
  hand_over_receiver: 'whoever the case is handed over to',
  requester: 'the requesting State',
  invited_responder: 'an invited responder',
  accepted_responder: 'the responder whose offer was accepted',
  observer: 'an observer',
};

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

export const notForYou = (verb: CommandVerb, { who }: CommandRule): string =>
  `Only ${list(who.map((relation) => PEOPLE[relation]))} may ${DEEDS[verb]}.`;

export const notInThisStage = (verb: CommandVerb, { stages }: CommandRule, { stage }: CaseState): string => {
  const where = stages === 'open' ? 'while it is open' : `in ${list(stages.map((one) => LIFECYCLE[one].title))}`;
  return `You may ${DEEDS[verb]} only ${where}; the case is in ${LIFECYCLE[stage].title}.`;
};

export const notWhileResting = (verb: CommandVerb, { sideState }: CaseState): string =>
  `The case is ${sideState}: you may ${DEEDS[verb]} once it has been resumed.`;

export const ended = ({ sideState, mergedInto }: CaseState): string =>
  sideState === 'merged'
    ? `The case has ended: it was merged into ${mergedInto}, where it goes on.`
    : `The case has ended: it was ${sideState}. A new request can be made at any time.`;

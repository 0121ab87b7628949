import { acceptHandOver } from './accept-hand-over.js';
import { acceptOffer } from './accept-offer.js';
import { acceptReply } from './accept-reply.js';
import { acknowledge } from './acknowledge.js';
import { addNote } from './add-note.js';
import { agreePlan } from './agree-plan.js';
import { answer } from './answer.js';
import { applyPolicy } from './apply-policy.js';
import { answerQuestion } from './answer-question.js';
import { askForTime } from './ask-for-time.js';
import { askQuestion } from './ask-question.js';
import { assignOwner } from './assign-owner.js';
import { changePriority } from './change-priority.js';
import { breakGlass } from './break-glass.js';
import { circulate } from './circulate.js';
import { close } from './close.js';
import { confirmCurrent } from './confirm-current.js';
import { decline } from './decline.js';
import { declineInvitation } from './decline-invitation.js';
import { declineOffer } from './decline-offer.js';
import { excludeParty } from './exclude-party.js';
import { excuseBreach } from './excuse-breach.js';
import { expressInterest } from './express-interest.js';
import { giveConsent } from './give-consent.js';
import { giveView } from './give-view.js';
import { handOver } from './hand-over.js';
import { logContact } from './log-contact.js';
import { makeOffer } from './make-offer.js';
import { merge } from './merge.js';
import { passOn } from './pass-on.js';
import { recordAdoption } from './record-adoption.js';
import { recordFollowUp } from './record-follow-up.js';
import { recordOutcome } from './record-outcome.js';
import { recordReporting } from './record-reporting.js';
import { refer } from './refer.js';
import { refuseConsent } from './refuse-consent.js';
import { reject } from './reject.js';
import { rejectHandOver } from './reject-hand-over.js';
import { reopen } from './reopen.js';
import { requestConsent } from './request-consent.js';
import { resume } from './resume.js';
import { returnForInformation } from './return.js';
import { startNationalProcess } from './start-national-process.js';
import { suspend } from './suspend.js';
import { take } from './take.js';
import { triage } from './triage.js';
import { updateProgress } from './update-progress.js';
import { verify } from './verify.js';
import { withdrawHandOver } from './withdraw-hand-over.js';
import { withdraw } from './withdraw.js';
import type { CommandRule } from './rule.js';

/** Every verb of a case, in the order of its life. */
export const RULES = {
  acknowledge,
  take,
  'assign-owner': assignOwner,
  'hand-over': handOver,
  'accept-hand-over': acceptHandOver,
  'reject-hand-over': rejectHandOver,
  'withdraw-hand-over': withdrawHandOver,
  verify,
  reject,
  triage,
  return: returnForInformation,
  answer,
  refer,
  decline,
  merge,
  'request-consent': requestConsent,
  'give-consent': giveConsent,
  'refuse-consent': refuseConsent,
  'exclude-party': excludeParty,
  circulate,
  'express-interest': expressInterest,
  'decline-invitation': declineInvitation,
  'ask-for-time': askForTime,
  'ask-question': askQuestion,
  'pass-on': passOn,
  'answer-question': answerQuestion,
  'make-offer': makeOffer,
  'accept-offer': acceptOffer,
  'decline-offer': declineOffer,
  'agree-plan': agreePlan,
  'update-progress': updateProgress,
  'give-view': giveView,
  'start-national-process': startNationalProcess,
  'confirm-current': confirmCurrent,
  'record-adoption': recordAdoption,
  'record-reporting': recordReporting,
  close,
  'record-outcome': recordOutcome,
  'record-follow-up': recordFollowUp,
  reopen,
  withdraw,
  suspend,
  resume,
  'change-priority': changePriority,
  'log-contact': logContact,
  'add-note': addNote,
  'excuse-breach': excuseBreach,
  'break-glass': breakGlass,
};

/**
 * Steps that have a door of their own: `apply-policy` is taken for many cases at once, from the pages of the policy,
 * `accept-reply` beside the message that it accepts.
 */
const OTHER_RULES = { 'apply-policy': applyPolicy, 'accept-reply': acceptReply };
const EVERY_RULE = { ...RULES, ...OTHER_RULES };

export type Verb = keyof typeof RULES;
/** Every verb that a command may have. */
export type CommandVerb = keyof typeof EVERY_RULE;
export const VERBS = Object.keys(RULES) as Verb[];

/** What a verb's command says, e.g. `BodyOf<'verify'>`. */
export type BodyOf<V extends CommandVerb> = (typeof EVERY_RULE)[V] extends CommandRule<infer Body> ? Body : never;
export type CaseCommand = { [V in CommandVerb]: { verb: V; body: BodyOf<V> } }[CommandVerb];

/** The rule of a verb, for code that does not care which. */
export const ruleOf = (verb: CommandVerb): CommandRule => EVERY_RULE[verb] as CommandRule;

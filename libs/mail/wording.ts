import type { MailKind } from '#libs/contracts/mail.js';

export interface Wording {
  subject: string;
  /** Who does what by when; `{clock}`, `{level}` and `{stage}` are filled in. */
  lines: string[];
  /** What the link is called. */
  link: string;
}

/** What each mail says. No case content: the page behind the link has it. */
export const WORDING: Record<MailKind, Wording> = {
  receipt: {
    subject: 'we have received your request',
    lines: [
      'Your request has been received.',
      'A person will acknowledge it. Nothing is circulated without your consent.',
    ],
    link: 'Follow your request',
  },
  acknowledgement: {
    subject: 'your request has been acknowledged',
    lines: [
      'A coordinator has acknowledged your request and left a message for you.',
      'Next, the authority to speak for your State is verified.',
    ],
    link: 'Read the message',
  },
  assignment: {
    subject: 'this case is now yours',
    lines: ['You are the owner of this case.'],
    link: 'Open the case',
  },
  hand_over_offered: {
    subject: 'this case is offered to you',
    lines: [
      'A colleague would like to hand this case over to you. Please accept it, or say why not.',
      'The case stays with its owner until you accept.',
    ],
    link: 'Read the reason and answer',
  },
  hand_over_accepted: {
    subject: 'your hand-over has been accepted',
    lines: ['Your colleague has accepted the case and owns it from now on.'],
    link: 'Open the case',
  },
  hand_over_rejected: {
    subject: 'your hand-over has been rejected',
    lines: ['Your colleague has not accepted the case and says why. You are still its owner.'],
    link: 'Read the reason',
  },
  hand_over_ended: {
    subject: 'this case is no longer offered to you',
    lines: ['The hand-over of this case to you has ended. Nothing is expected of you.'],
    link: 'Open the case',
  },
  hand_over_unanswered: {
    subject: 'the hand-over has not been answered',
    lines: [
      'The hand-over of this case has not been answered in time. The case stays with its owner, and the lead has been told.',
      'It can still be accepted, rejected or withdrawn.',
    ],
    link: 'Open the case',
  },
  questions: {
    subject: 'the coordinators have questions',
    lines: [
      'The coordinators need information from you before they can go on.',
      'Your case waits until you have answered.',
    ],
    link: 'Answer the questions',
  },
  answers: {
    subject: 'the State has answered',
    lines: ['The State has answered your questions.'],
    link: 'Read the answers',
  },
  consent_request: {
    subject: 'your consent is asked for',
    lines: [
      'A summary of your request is ready. Please look at it, and at who would read it, and decide.',
      'Nothing is circulated before you agree.',
    ],
    link: 'Read the summary and decide',
  },
  consent_answer: {
    subject: 'the State has decided on circulation',
    lines: ['The State has decided on circulation.'],
    link: 'Open the case',
  },
  invitation: {
    subject: 'a State asks for help; please answer',
    lines: [
      'A State asks for help with its national measures, and has agreed that you may read its summary.',
      'You can answer in a minute: interested, not this time, a question, or an offer.',
    ],
    link: 'Read the summary and answer',
  },
  party_excluded: {
    subject: 'the State has excluded a party',
    lines: ['A party has been excluded from this case. It is not invited, or its invitation has been revoked.'],
    link: 'Open the case',
  },
  responder_answer: {
    subject: 'a responder has answered',
    lines: ['A responder has answered on this case.'],
    link: 'Read the answer',
  },
  time_asked: {
    subject: 'a responder needs more time',
    lines: [
      'A responder needs more time and says by which day it will answer. It is not reminded before that.',
      'The time for its answer goes on running.',
    ],
    link: 'Open the case',
  },
  passed_on: {
    subject: 'a colleague has passed this request on to you',
    lines: [
      'A colleague of your organisation has passed this request on to you. You get its mails from now on.',
      'Please answer, or pass it on again.',
    ],
    link: 'Read the summary and answer',
  },
  question_answered: {
    subject: 'your question has been answered',
    lines: ['The coordinator has answered your question. Your answer to the request is awaited again.'],
    link: 'Read and answer',
  },
  offer: {
    subject: 'you have an offer',
    lines: ['A responder has made you an offer. Please accept or decline it.'],
    link: 'Read the offer',
  },
  offer_decision: {
    subject: 'the State has decided on the offer',
    lines: ['The State has decided on the offer.'],
    link: 'Open the case',
  },
  plan: {
    subject: 'the plan has been agreed',
    lines: ['The plan of work has been recorded. Delivery begins.'],
    link: 'Read the plan',
  },
  reminder: {
    subject: 'your answer is awaited',
    lines: ['This is a reminder: {clock}.', 'If you have answered already, you need do nothing.'],
    link: 'Answer now',
  },
  warning: {
    subject: 'soon due: {clock}',
    lines: ['The time for this step is running out: {clock}.'],
    link: 'Open the case',
  },
  breach: {
    subject: 'late: {clock}',
    lines: ['This step is late: {clock}.', 'It stays on record; please do it now or hand the case over.'],
    link: 'Open the case',
  },
  escalation: {
    subject: 'for your attention ({level}): {clock}',
    lines: [
      'A step of this case is late and has been passed up to you, at level {level}: {clock}.',
      'Please see that it is done.',
    ],
    link: 'Open the case',
  },
  all_declined: {
    subject: 'every responder has declined',
    lines: [
      'Every responder that was invited has declined. Nobody is working on this request now.',
      'Please decide with the coordinator whom to ask next.',
    ],
    link: 'Open the case',
  },
  case_ended: {
    subject: 'the case has ended',
    lines: ['This case has ended. The reason is on its page.'],
    link: 'Read the reason',
  },
  suspended: {
    subject: 'the case is suspended',
    lines: ['This case rests until its review date. Nothing is expected of you meanwhile.'],
    link: 'Open the case',
  },
  resumed: { subject: 'the case goes on', lines: ['This case has been resumed.'], link: 'Open the case' },
  dormant: {
    subject: 'the case is dormant',
    lines: ['Nothing has been heard for long, so this case is dormant. It goes on as soon as the State answers.'],
    link: 'Open the case',
  },
  unmatched: {
    subject: 'no acceptable offer yet',
    lines: ['No acceptable offer was made in 60 days. A second round to a wider audience follows.'],
    link: 'Open the case',
  },
  closure: {
    subject: 'the case is closed',
    lines: [
      'This case is closed. Please say in a few sentences what came of it.',
      'We will ask again after 6 and 12 months.',
    ],
    link: 'Fill in the outcome form',
  },
  glass_broken: {
    subject: 'the coordinator lead has opened what is restricted',
    lines: [
      'The coordinator lead has opened the restricted part of this case, for a stated reason and for 24 hours.',
      'The reason, the name and every look are on the page of the case.',
    ],
    link: 'Read why',
  },
  not_delivered: {
    subject: 'a mail has not arrived',
    lines: [
      'A mail of this case could not be delivered: its address refuses it, or it came back.',
      'Where the case names another contact, that one has been written to. The page of the case says who can be reached.',
    ],
    link: 'See who can be reached',
  },
  contact_tried: {
    subject: 'you are written to as another contact',
    lines: [
      'Whoever was written to before about this case could not be reached, or has not answered.',
      'You are written to because you are named as another contact for it, or belong to the same organisation. Please see that an answer is given.',
    ],
    link: 'Open the case',
  },
  call_due: {
    subject: 'please call: nobody can be reached by mail',
    lines: [
      'No contact of one side of this case can be reached by mail any more, or none has answered.',
      'Please call, and log the contact on the page of the case: it says whom.',
    ],
    link: 'See whom to call',
  },
  reply_received: {
    subject: 'somebody has answered by mail',
    lines: ['A reply by mail has arrived on this case. It changes nothing until you say what it means.'],
    link: 'Read the message',
  },
  reopened: { subject: 'the case is open again', lines: ['This case has been reopened.'], link: 'Open the case' },
};

import type { CaseCommand } from './commands/index.js';

/** Why a responder cannot help (`product.md`, Request form, responder answer). */
export const DECLINE_REASONS = ['capacity', 'scope', 'language', 'conflict', 'other'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** How an answer came, where nobody was signed in: by the link in a mail and its code, or by a reply to a mail. */
export const ANSWER_CHANNELS = ['mail_link', 'mail_reply'] as const;
export type AnswerChannel = (typeof ANSWER_CHANNELS)[number];

/** Stands in the command and in the event of an answer that came by mail. */
export interface Via {
  by?: AnswerChannel;
  /** Person id of whoever took a reply for what it says. */
  acceptedBy?: string;
}

/** What a responder can say in answer to a mail. */
export type ResponderAnswer =
  | { kind: 'interested' }
  | { kind: 'decline'; why: DeclineReason; words?: string }
  /** `until`: civil date, YYYY-MM-DD. */
  | { kind: 'time'; until: string }
  | { kind: 'question'; question: string }
  /** `email`: of a colleague of the same organisation. */
  | { kind: 'pass_on'; email: string }
  /** The work goes on: a report on progress. */
  | { kind: 'still_on_it'; words: string };
export type AnswerKind = ResponderAnswer['kind'];

/** The step of the case that an answer is. */
export function commandOfAnswer(answer: ResponderAnswer, via: Via): CaseCommand {
  switch (answer.kind) {
    case 'interested':
      return { verb: 'express-interest', body: { ...via } };
    case 'decline':
      return {
        verb: 'decline-invitation',
        body: { why: answer.why, ...(answer.words && { reason: answer.words }), ...via },
      };
    case 'time':
      return { verb: 'ask-for-time', body: { until: answer.until, ...via } };
    case 'question':
      return { verb: 'ask-question', body: { question: answer.question, ...via } };
    case 'pass_on':
      return { verb: 'pass-on', body: { email: answer.email, ...via } };
    case 'still_on_it':
      return { verb: 'update-progress', body: { text: answer.words, ...via } };
  }
}

import type { AnswerPurpose } from '#libs/database/entities/answer-token.entity.js';
import type { AnswerKind } from '#libs/domain/case/answers.js';
import type { CommandVerb } from '#libs/domain/case/commands/index.js';

/** What each page of a link asks. */
export const ASKS: Record<AnswerPurpose, { title: string; what: string; answers: readonly AnswerKind[] }> = {
  answer: {
    title: 'Can you help?',
    what: 'Whether you can help a State with its national measures',
    answers: ['interested', 'decline', 'time', 'question', 'pass_on'],
  },
  progress: {
    title: 'How does the work stand?',
    what: 'A few words on how the work stands',
    answers: ['still_on_it', 'pass_on'],
  },
};

/** Each answer: its button, what follows from it, and the step of the case that it is. */
export const ANSWERS: Record<AnswerKind, { button: string; follows: string; verb: CommandVerb }> = {
  interested: {
    button: 'I am interested',
    follows: 'The coordinator is told. No commitment yet: an offer may follow, on the page of the case.',
    verb: 'express-interest',
  },
  decline: {
    button: 'Not this time',
    follows: 'The coordinator is told and asks somebody else. You get no more reminders.',
    verb: 'decline-invitation',
  },
  time: {
    button: 'I need more time',
    follows: 'The coordinator is told. You are not reminded before that day; the time for your answer goes on running.',
    verb: 'ask-for-time',
  },
  question: {
    button: 'I have a question',
    follows: 'The coordinator answers it. Your own answer is awaited only after that.',
    verb: 'ask-question',
  },
  pass_on: {
    button: 'A colleague should answer',
    follows: 'Your colleague gets a mail now, and the mails of this case from then on.',
    verb: 'pass-on',
  },
  still_on_it: {
    button: 'We are on it',
    follows: 'The State and the coordinator can read your report. You are asked again when the next one is due.',
    verb: 'update-progress',
  },
};

/** The answer that a step of the case was. */
export const answerOf = (verb: CommandVerb): AnswerKind | undefined =>
  (Object.keys(ANSWERS) as AnswerKind[]).find((kind) => ANSWERS[kind].verb === verb);

import { text } from '../events.js';
import { hasOpenQuestion } from '../invitations.js';
import { Refusal } from '../refusal.js';
import { rule } from './rule.js';
import { WITH_RESPONDERS } from './stages-before.js';

/** The owner answers a responder's question; the responder's clock starts again. */
export const answerQuestion = rule<{ questionId: string; answer: string }>({
  who: ['owner'],
  stages: WITH_RESPONDERS,
  records: 'question_answered',
  unless: (state) => (hasOpenQuestion(state) ? null : 'No question is waiting for an answer.'),
  decide: ({ questionId, answer }, { questions }) => {
    const question = Object.hasOwn(questions, questionId) ? questions[questionId] : undefined;
    if (!question || question.answered)
      throw new Refusal('unknown_subject', 'questionId: no question waiting for an answer has this id.');
    const { organisationId } = question;
    return [{ type: 'question_answered', body: { questionId, organisationId, answer: text(answer) } }];
  },
});

import type { Via } from '../answers.js';
import { text } from '../events.js';
import { organisationOf } from './responder.js';
import { rule } from './rule.js';
import { WITH_RESPONDERS } from './stages-before.js';
import { viaOf } from './via.js';

/** A responder needs to know more before it answers. */
export const askQuestion = rule<{ question: string } & Via>({
  who: ['invited_responder'],
  stages: WITH_RESPONDERS,
  records: 'question_asked',
  decide: ({ question, ...via }, _, { actor, newId }) => [
    {
      type: 'question_asked',
      body: { questionId: newId(), organisationId: organisationOf(actor), question: text(question), ...viaOf(via) },
    },
  ],
});

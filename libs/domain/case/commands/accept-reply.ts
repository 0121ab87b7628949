import { relationsOf } from '../../access/relations.js';
import type { Actor } from '../../access/roles.js';
import { text } from '../events.js';
import type { NewEvent, ReplyMeaning } from '../events.js';
import { obstacleIn } from '../obstacle.js';
import { Refusal } from '../refusal.js';
import { notForYou } from '../refusal-words.js';
import type { CaseState } from '../state.js';
import { answer } from './answer.js';
import { askQuestion } from './ask-question.js';
import { declineInvitation } from './decline-invitation.js';
import { expressInterest } from './express-interest.js';
import type { CommandRule, DecisionContext, WaitingReply } from './rule.js';
import { rule } from './rule.js';

interface Acceptance {
  replyId: string;
  as: ReplyMeaning;
  /** What the answer says, in the sender's words; interest says all by itself. */
  text?: string;
}

/** The steps that a reply stands for, each with its body. */
const STEPS = {
  interest: ['express-interest', expressInterest, () => ({})],
  decline: ['decline-invitation', declineInvitation, (reason: string) => ({ reason })],
  question: ['ask-question', askQuestion, (question: string) => ({ question })],
  answers: ['answer', answer, (words: string) => ({ answers: [words] })],
} as const;

/**
 * The owner says what a reply by mail means: the step of whoever sent it is taken in their name. Who that is comes from
 * the message, never from the command.
 */
export const acceptReply = rule<Acceptance>({
  who: ['owner'],
  stages: 'open',
  records: 'reply_accepted',
  evenWhen: ['suspended', 'dormant'],
  decide: ({ replyId, as, text: words = '' }, state, context) => {
    const { reply } = context;
    if (!reply || reply.id !== replyId)
      throw new Refusal('unknown_subject', 'replyId: no message of this id waits on this case.');
    if (!words && as !== 'interest') throw new Refusal('invalid_particulars', 'text: say what the message answers.');
    const { party, organisationId } = reply;
    return [
      { type: 'reply_accepted', body: { replyId, as, party, organisationId } },
      ...(as === 'contact' ? contact(reply, words) : inTheirName(as, words, reply, state, context)),
    ];
  },
});

const contact = ({ sender }: WaitingReply, words: string): NewEvent[] => [
  { type: 'contact_logged', body: { with: text(sender), means: 'e-mail', text: text(words) } },
];

function inTheirName(
  as: keyof typeof STEPS,
  words: string,
  { party, organisationId }: WaitingReply,
  state: CaseState,
  context: DecisionContext,
): NewEvent[] {
  const [verb, step, body] = STEPS[as];
  const theirRule = step as CommandRule;
  const sender: Actor = {
    personId: context.actor.personId,
    roles: party ? [party] : [],
    organisationId,
    stateCode: party === 'requester' ? state.requestingState : null,
  };
  const relations = relationsOf(sender, state);
  if (!theirRule.who.some((relation) => relations.has(relation)))
    throw new Refusal('invalid_particulars', `as: ${notForYou(verb, theirRule)} This message is not from one.`);
  const obstacle = obstacleIn(verb, theirRule, state, sender);
  if (obstacle) throw new Refusal(...obstacle);
  return theirRule.decide(body(words), state, { ...context, actor: sender });
}

import { relationsOf } from '../../access/relations.js';
import type { Actor } from '../../access/roles.js';
import { text } from '../events.js';
import type { NewEvent, ReplyMeaning } from '../events.js';
import { obstacleIn } from '../obstacle.js';
import { Refusal } from '../refusal.js';
import { notForYou } from '../refusal-words.js';
import type { CaseState } from '../state.js';
import { answer } from './answer.js';
import { askForTime } from './ask-for-time.js';
import { askQuestion } from './ask-question.js';
import { declineInvitation } from './decline-invitation.js';
import { expressInterest } from './express-interest.js';
import { passOn } from './pass-on.js';
import type { CommandRule, DecisionContext, WaitingReply } from './rule.js';
import { rule } from './rule.js';

interface Acceptance {
  replyId: string;
  as: ReplyMeaning;
  /** What the answer says, in the sender's words; interest says all by itself. */
  text?: string;
  /** By when they answer, where they need time: civil date, YYYY-MM-DD. */
  until?: string;
  /** Of the colleague whom they pass it on to. */
  email?: string;
}

/** What is on file without words of its own. */
const SAYS_ALL: readonly ReplyMeaning[] = ['interest', 'time', 'pass_on'];

/** The steps that a reply stands for, each with its body. */
const STEPS = {
  interest: ['express-interest', expressInterest, () => ({})],
  decline: ['decline-invitation', declineInvitation, ({ text: reason }: Acceptance) => ({ reason })],
  question: ['ask-question', askQuestion, ({ text: question }: Acceptance) => ({ question })],
  time: ['ask-for-time', askForTime, ({ until }: Acceptance) => ({ until: until ?? '' })],
  pass_on: ['pass-on', passOn, ({ email }: Acceptance) => ({ email: email ?? '' })],
  answers: ['answer', answer, ({ text: words }: Acceptance) => ({ answers: [words] })],
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
  decide: (given, state, context) => {
    const { replyId, as, text: words = '' } = given;
    const { reply } = context;
    if (!reply || reply.id !== replyId)
      throw new Refusal('unknown_subject', 'replyId: no message of this id waits on this case.');
    if (!words && !SAYS_ALL.includes(as))
      throw new Refusal('invalid_particulars', 'text: say what the message answers.');
    const { party, organisationId } = reply;
    return [
      { type: 'reply_accepted', body: { replyId, as, party, organisationId } },
      ...(as === 'contact' ? contact(reply, words) : inTheirName(as, given, reply, state, context)),
    ];
  },
});

const contact = ({ sender }: WaitingReply, words: string): NewEvent[] => [
  { type: 'contact_logged', body: { with: text(sender), means: 'e-mail', text: text(words) } },
];

function inTheirName(
  as: keyof typeof STEPS,
  given: Acceptance,
  reply: WaitingReply,
  state: CaseState,
  context: DecisionContext,
): NewEvent[] {
  const { party, organisationId } = reply;
  const [verb, step, body] = STEPS[as];
  const theirRule = step as CommandRule;
  const sender: Actor = {
    personId: as === 'pass_on' ? whoPassesOn(given, reply, state, context) : context.actor.personId,
    roles: party ? [party] : [],
    organisationId,
    stateCode: party === 'requester' ? state.requestingState : null,
  };
  const relations = relationsOf(sender, state);
  if (!theirRule.who.some((relation) => relations.has(relation)))
    throw new Refusal('invalid_particulars', `as: ${notForYou(verb, theirRule)} This message is not from one.`);
  const obstacle = obstacleIn(verb, theirRule, state, sender);
  if (obstacle) throw new Refusal(...obstacle);
  return theirRule.decide(body(given), state, { ...context, actor: sender });
}

/**
 * The log says who has passed a request on, so it must be somebody. What only the owner can read of it is said here, in
 * words for the owner; everything else is the rule of the step.
 */
function whoPassesOn(
  { email = '' }: Acceptance,
  { party, organisationId, personId }: WaitingReply,
  { contacts }: CaseState,
  { actor, colleagues }: DecisionContext,
): string {
  if (party !== 'responder' || !organisationId) return actor.personId;
  if (!personId) throw new Refusal('invalid_particulars', 'as: its sender has no account, so nobody can pass it on.');
  const colleague = colleagues.find((one) => one.email === email.trim().toLowerCase());
  if (!colleague)
    throw new Refusal(
      'unknown_subject',
      'email: nobody of the sender’s organisation has an account with this address. Its administrator can invite them.',
    );
  if (colleague.id === personId && !contacts?.[organisationId])
    throw new Refusal('invalid_particulars', 'email: this is the sender’s own address. Name a colleague.');
  return personId;
}

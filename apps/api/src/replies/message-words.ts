import type { FoundBy } from '#libs/database/entities/inbound-mail.entity.js';
import type { ReplyMeaning } from '#libs/domain/case/events.js';
import type { MessageView } from '#libs/inbound/messages.js';

/** What a message can be accepted as, and what happens then. */
export const MEANING_WORDS: Record<ReplyMeaning, string> = {
  interest: 'Interest: they may help',
  decline: 'They decline, for the reason below',
  question: 'A question before they answer',
  time: 'They need more time, until the day below',
  pass_on: 'They pass it on to the colleague below',
  answers: 'The State’s answer to the questions',
  contact: 'Kept on file as a contact',
};

/** How it is known what a message is about, and so how sure that is. */
export const FOUND_WORDS: Record<FoundBy, string> = {
  address: 'It came to the address that only this mail of ours names.',
  thread: 'It names a mail of ours that it answers.',
  person: 'A coordinator put it on this case.',
};

export const SIDE_WORDS = { requester: 'For the requesting State', responder: 'For a responder' };
export const OTHER_SIDE = 'For neither the State nor a responder of this case';

/** Answers that a message of this side can be; keeping it on file is always possible. */
export const meaningsFor = ({ party }: Pick<MessageView, 'party'>): ReplyMeaning[] => {
  if (party === 'responder') return ['interest', 'decline', 'question', 'time', 'pass_on'];
  return party === 'requester' ? ['answers'] : [];
};

/** What was done, said on the page that follows. */
export const DECIDED_WORDS: Record<string, string> = {
  accepted: 'Accepted',
  attached: 'Put on the case',
  'set-aside': 'Set aside',
};

/** What is wrong with an answer of a form, by its field. */
export const FIELD_WORDS: Record<string, string> = {
  as: 'Choose what the message means',
  text: 'Write what goes on file: 1 to 4,000 characters',
  reason: 'Write the reason: 1 to 300 characters',
  email: 'Nobody of the sender’s organisation has an account with this address',
  reference: 'Write the reference of the case, such as CCM-A9-2026-0042',
};

/** Everything of the above that pages say. */
export const MESSAGE_WORDS: readonly string[] = [
  ...[MEANING_WORDS, FOUND_WORDS, SIDE_WORDS, DECIDED_WORDS, FIELD_WORDS].flatMap((words) => Object.values(words)),
  OTHER_SIDE,
];

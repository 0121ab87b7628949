import { text } from '../events.js';
import { Refusal } from '../refusal.js';
import { rule } from './rule.js';

/** The case is offered to a colleague. It stays with its owner until the colleague accepts. */
export const handOver = rule<{ to: string; reason: string; note?: string }>({
  who: ['owner'],
  stages: 'open',
  records: 'hand_over_offered',
  evenWhen: ['suspended', 'dormant'],
  unless: ({ ownerId, handOver: standing }) => {
    if (ownerId === null) return 'The case has no owner yet: take it, or give it an owner.';
    return standing ? 'The case has been offered to somebody already: withdraw that hand-over first.' : null;
  },
  decide: ({ to, reason, note }, { ownerId }, { actor, coordinators }) => {
    if (!coordinators.includes(to))
      throw new Refusal('unknown_subject', 'to: no coordinator has this id. Choose a coordinator.');
    if (to === ownerId) throw new Refusal('invalid_particulars', 'to: owns this case already.');
    if (to === actor.personId) throw new Refusal('invalid_particulars', 'to: is yourself. Take the case instead.');
    const body = { receiverId: to, ownerId: ownerId ?? '', reason: text(reason), note: note ? text(note) : null };
    return [{ type: 'hand_over_offered', body }];
  },
});

import type { CaseView } from '#libs/case-reading/case-view.js';
import type { Verb } from '#libs/domain/case/commands/index.js';
import { words } from './field.js';
import type { Choice, CommandForm, FormOptions } from './field.js';

/** Everybody who may own the case, save whoever does. */
const colleagues = ({ owner }: CaseView, { coordinators }: FormOptions): Choice[] =>
  coordinators.filter(({ value }) => value !== owner?.id);

/** The steps by which a case gets its owner, or another one. */
export const OWNER_FORMS = {
  take: { title: 'Take the case', button: 'Take the case', explains: 'You become the owner of this case.', fields: [] },
  'assign-owner': {
    title: 'Give the case an owner',
    button: 'Make them the owner',
    explains: 'They own the case at once, without being asked, and receive a mail.',
    fields: [{ kind: 'one', name: 'ownerId', label: 'New owner', choices: (_, { coordinators }) => coordinators }],
    rare: true,
  },
  'hand-over': {
    title: 'Hand over the case',
    button: 'Offer the case',
    explains: 'Your colleague has 2 working days to accept or reject. The case stays with its owner until they accept.',
    fields: [
      { kind: 'one', name: 'to', label: 'To whom', choices: colleagues },
      words('reason', 'Reason'),
      words('note', 'Note for the receiver', { optional: true, hint: 'What is under way, and what comes next' }),
    ],
    rare: true,
  },
  'accept-hand-over': {
    title: 'Accept the hand-over',
    button: 'Accept the case',
    explains: 'You become the owner of this case. Whoever offered it is told.',
    fields: [],
  },
  'reject-hand-over': {
    title: 'Reject the hand-over',
    button: 'Reject the hand-over',
    explains: 'The case stays with its owner, who is told why.',
    fields: [words('reason', 'Reason')],
  },
  'withdraw-hand-over': {
    title: 'Withdraw the hand-over',
    button: 'Withdraw the hand-over',
    explains: 'The case stays with its owner. Whoever it was offered to is told.',
    fields: [],
    rare: true,
  },
} satisfies Partial<Record<Verb, CommandForm>>;

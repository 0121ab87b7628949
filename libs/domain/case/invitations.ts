import type { CaseState, InvitationStatus } from './state.js';

/** Responders in the order of their invitation, with what each has said; all, or those that stand as given. */
export const invitedAs = ({ invitations }: CaseState, ...statuses: InvitationStatus[]): string[] =>
  Object.keys(invitations).filter((id) => !statuses.length || statuses.includes(invitations[id] as InvitationStatus));

/** Responders whose offer the State has accepted. */
export const acceptedBy = ({ offers }: CaseState): string[] => [
  ...new Set(Object.values(offers).flatMap((offer) => (offer.status === 'accepted' ? [offer.organisationId] : []))),
];

export const hasOpenOffer = ({ offers }: CaseState, organisationId?: string): boolean =>
  Object.values(offers).some(
    (offer) => offer.status === 'open' && (organisationId === undefined || offer.organisationId === organisationId),
  );

export const hasOpenQuestion = ({ questions }: CaseState): boolean =>
  Object.values(questions).some(({ answered }) => !answered);

/** Responders were asked, and all of them have declined or been excluded. */
export const nobodyIsLeft = (state: CaseState): boolean =>
  state.round > 0 && invitedAs(state, 'declined').length === invitedAs(state).length;

/** After this answer the responder owes its own: it waited for nothing else, and had not answered otherwise. */
export function isAskedAgain(
  { invitations, questions }: CaseState,
  { questionId, organisationId }: { questionId: string; organisationId: string },
): boolean {
  const others = Object.entries(questions).filter(([id]) => id !== questionId);
  const waits = others.some(([, question]) => question.organisationId === organisationId && !question.answered);
  return invitations[organisationId] === 'question' && !waits;
}

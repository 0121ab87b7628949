import type { CaseState } from './state.js';

/**
 * The case as it looks to one of its responders: its own invitation, questions and offers, and nobody else's. What is
 * derived from it (whose move it is) then tells nothing of competitors.
 */
export function ownPart(state: CaseState, organisationId: string): CaseState {
  const own = <T extends { organisationId: string }>(all: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(all).filter(([, one]) => one.organisationId === organisationId));
  const status = Object.hasOwn(state.invitations, organisationId) ? state.invitations[organisationId] : undefined;
  const { unreached: _, ...shared } = state;
  return {
    ...shared,
    invitations: status ? { [organisationId]: status } : {},
    questions: own(state.questions),
    offers: own(state.offers),
  };
}

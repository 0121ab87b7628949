import type { Responder } from './commands/rule.js';
import type { CaseState } from './state.js';

/** A party's code or name, as it is compared: case and spacing do not count. */
export const partyKey = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

/** Whether the State has excluded this responder. It names parties by code or name, as it likes to write them. */
export function isExcluded(
  { excludedParties }: Pick<CaseState, 'excludedParties'>,
  { id, code, name }: Responder,
): boolean {
  const excluded = excludedParties.map(partyKey);
  return [id, code, name].some((one) => excluded.includes(partyKey(one)));
}

/** The case without a party: no invitation, no question that waits, no offer that stands. */
export function excluding(
  { excludedParties, invitations, questions, offers, unreached }: CaseState,
  organisationId: string,
): Pick<CaseState, 'excludedParties' | 'invitations' | 'questions' | 'offers' | 'unreached'> {
  const isOther = ([id]: [string, unknown]) => id !== organisationId;
  return {
    excludedParties: [...excludedParties, organisationId],
    invitations: Object.fromEntries(Object.entries(invitations).filter(isOther)),
    questions: changed(questions, organisationId, { answered: true }),
    offers: changed(offers, organisationId, { status: 'declined' }),
    ...(unreached && { unreached: Object.fromEntries(Object.entries(unreached).filter(isOther)) }),
  };
}

function changed<T extends { organisationId: string }>(of: Record<string, T>, id: string, change: Partial<T>) {
  const entries = Object.entries(of).map(([key, one]) => [
    key,
    one.organisationId === id ? { ...one, ...change } : one,
  ]);
  return Object.fromEntries(entries) as Record<string, T>;
}

/** Whether a cycle of a clock is about this organisation: itself, its offer, or its question. */
export const isAbout = (subject: string, organisationId: string, { questions, offers }: CaseState): boolean =>
  [subject, questions[subject]?.organisationId, offers[subject]?.organisationId].includes(organisationId);

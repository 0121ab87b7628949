import type { CaseState } from '../state.js';

/** No case goes on from triage without somebody who owns it: also the lead, who may do what an owner may, makes sure first. */
export const noOwnerYet = ({ ownerId }: CaseState): string | null =>
  ownerId === null ? 'The case has no owner yet: take it, or give it an owner, first.' : null;

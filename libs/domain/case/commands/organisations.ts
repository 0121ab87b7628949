import { visibleFields } from '../../access/visible-fields.js';
import { Refusal } from '../refusal.js';
import type { CaseState } from '../state.js';
import { isExcluded } from '../exclusions.js';
import type { DecisionContext } from './rule.js';

/**
 * Ids of responders given by id or code; refuses unknown and excluded ones and the asking State, naming them: excluded
 * ones only to whoever may read whom the State excludes.
 */
export function resolveOrganisations(
  field: string,
  wanted: readonly string[],
  state: CaseState,
  context: DecisionContext,
): string[] {
  const { responders } = context;
  const found = wanted.map((key) => responders.find(({ id, code }) => id === key || code === key) ?? key);
  const unknown = found.filter((one) => typeof one === 'string');
  if (unknown.length) throw new Refusal('unknown_subject', `${field}: no responder is known as ${unknown.join(', ')}.`);
  const organisations = found.filter((one) => typeof one !== 'string');
  if (organisations.some(({ code }) => code === state.requestingState))
    throw new Refusal('invalid_particulars', `${field}: ${state.requestingState} itself makes this request.`);
  const excluded = organisations.filter((one) => isExcluded(state, one));
  if (excluded.length && !readsRestricted(state, context)) throw new Refusal('outside_consent', outside(field));
  if (excluded.length)
    throw new Refusal(
      'outside_consent',
      `${field}: the State has excluded ${excluded.map(({ code }) => code).join(', ')}.`,
    );
  return [...new Set(organisations.map(({ id }) => id))];
}

/** Whether a refusal may say whom the State has excluded, or to whom it has agreed. */
export const readsRestricted = (state: CaseState, { actor, now }: DecisionContext): boolean =>
  visibleFields(actor, state, now).has('restricted');

/** The same words whoever it is about: a lead finds out nothing by trying. */
export const outside = (field: string): string =>
  `${field}: the State has not agreed to all of these. To read to whom it has agreed, open what is restricted with a reason.`;

/** Codes of responders, for a sentence. */
export const codesOf = (ids: readonly string[], { responders }: DecisionContext): string =>
  ids.map((id) => responders.find((one) => one.id === id)?.code ?? id).join(', ');

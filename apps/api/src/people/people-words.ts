import type { OrganisationKind } from '#libs/domain/access/organisation-kinds.js';
import type { AccountState } from '#libs/people/people-list.js';

export const KIND_WORDS: Record<OrganisationKind, string> = {
  state: 'Office of a State',
  ministry: 'Ministry',
  mission: 'Permanent mission',
  international_organisation: 'International organisation',
  civil_society: 'Civil society',
  coordinator: 'Coordinators',
  isu: 'Implementation Support Unit',
  presidency: 'Presidency',
  committee: 'Committee',
};

export const ACCOUNT_WORDS: Record<AccountState, string> = {
  active: 'In use',
  invited: 'Invited',
  disabled: 'Disabled',
};

/** What is said once after something was done, by the `done` in the address. */
export const DONE_WORDS: Record<string, string> = {
  invited: 'The invitation is on its way.',
  changed: 'The changes are saved.',
  disabled: 'The account is disabled. Nothing that they hold opens anything any more.',
  enabled: 'The account is open again.',
  added: 'The organisation is added.',
  cancelled: 'The leave is cancelled.',
};

export const doneWords = (done: unknown): string | null =>
  typeof done === 'string' && Object.hasOwn(DONE_WORDS, done) ? (DONE_WORDS[done] ?? null) : null;

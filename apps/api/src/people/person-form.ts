import { OFFICE_ROLES } from '#libs/domain/access/person-rights.js';
import { ROLES } from '#libs/domain/access/roles.js';
import type { Role } from '#libs/domain/access/roles.js';
import { INTERFACE_LANGUAGES } from '#libs/i18n/translator.js';
import type { PersonFacts } from '#libs/people/person-facts.js';
import { ROLE_SENTENCES, ROLE_WORDS } from '#libs/people/role-words.js';
import { listIn, textIn } from './form-refusals.js';
import type { Submitted } from './form-refusals.js';

/** What was typed into the form of a person; in an office, the organisation is the office. */
export function factsIn(submitted: Submitted, office: string | undefined): PersonFacts {
  return {
    name: textIn(submitted, 'name'),
    language: textIn(submitted, 'language'),
    timezone: textIn(submitted, 'timezone'),
    organisationId: office ?? (textIn(submitted, 'organisationId') || null),
    roles: listIn(submitted, 'roles').filter((role): role is Role => ROLES.some((one) => one === role)),
  };
}

/** The choices of the form; an administrator of an office gives the roles of an office. */
export const personChoices = (office: string | undefined) => ({
  languages: INTERFACE_LANGUAGES.map(({ code, name }) => ({ value: code, text: name })),
  roleChoices: (office ? OFFICE_ROLES : ROLES).map((role) => ({
    value: role,
    text: ROLE_WORDS[role],
    hint: ROLE_SENTENCES[role],
  })),
});

import type { Organisation } from '#libs/database/entities/organisation.entity.js';
import { ORGANISATION_KINDS } from '#libs/domain/access/organisation-kinds.js';
import { ROLES } from '#libs/domain/access/roles.js';
import { ACCOUNT_STATES } from '#libs/people/people-list.js';
import type { PersonView } from '#libs/people/people-list.js';
import { day, list, oneOf, orNull, ref, shape, text, truth, uuid, whole } from './schema.js';
import type { Schema } from './schema.js';

const LEAVE = shape<NonNullable<PersonView['leave']>>({ from: day, until: day });

/** What the routes of people and organisations answer. */
export const PEOPLE_ANSWERS: Record<string, Schema> = {
  Account: shape<PersonView>({
    id: uuid,
    name: text,
    email: text,
    language: text,
    timezone: text,
    roles: list(oneOf(ROLES)),
    state: { ...oneOf(ACCOUNT_STATES), description: 'invited: has not set a password yet' },
    organisation: orNull(ref('Organisation')),
    leave: { ...orNull(LEAVE), description: 'First and last day, in the time zone of the person' },
    delegate: orNull(ref('Person')),
    revision: { ...whole, description: 'As in the ETag' },
  }),
  OrganisationRecord: shape<Organisation>({
    id: uuid,
    code: text,
    name: text,
    kind: oneOf(ORGANISATION_KINDS),
    stateCode: { ...orNull(text), description: 'Alpha-3; of an office of a State' },
    responder: truth,
    demo: truth,
    active: truth,
    revision: { ...whole, description: 'As in the ETag' },
  }),
};

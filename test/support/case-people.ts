import type { Actor, Role } from '#libs/domain/access/roles.js';

const person = (name: string, role: Role | null, organisationId: string | null = null, stateCode?: string): Actor => ({
  personId: name,
  roles: role ? [role] : [],
  organisationId,
  stateCode: stateCode ?? null,
});

/** The people around a case of the invented State Bravia (QMB), by the names the specs call them. */
export const CASE_PEOPLE = {
  'focal point': person('focal point', 'requester', 'org-bravia', 'QMB'),
  'another State': person('another State', 'requester', 'org-aurelia', 'QMA'),
  owner: person('owner', 'coordinator'),
  coordinator: person('coordinator', 'coordinator'),
  lead: person('lead', 'coordinator_lead'),
  isu: person('isu', 'isu'),
  president: person('president', 'observer'),
  legalaid: person('legalaid', 'responder', 'org-legalaid'),
  coalition: person('coalition', 'responder', 'org-coalition'),
  helvia: person('helvia', 'responder', 'org-helvia', 'QMX'),
  zelandia: person('zelandia', 'responder', 'org-zelandia', 'QMY'),
  admin: person('admin', 'admin'),
  nobody: person('nobody', null),
} satisfies Record<string, Actor>;

export type Who = keyof typeof CASE_PEOPLE;

export const RESPONDERS = [
  { id: 'org-legalaid', code: 'LEGALAID', name: 'Legal Aid' },
  { id: 'org-coalition', code: 'COALITION', name: 'Coalition' },
  { id: 'org-helvia', code: 'QMX', name: 'Helvia' },
  { id: 'org-zelandia', code: 'QMY', name: 'Zelandia' },
  { id: 'org-bravia', code: 'QMB', name: 'Bravia' },
];
/** Who answers for the same responder as whoever acts. */
export const COLLEAGUES = [{ id: 'colleague', email: 'colleague@example.test' }];
export const COORDINATORS = ['owner', 'coordinator', 'lead', 'isu'];

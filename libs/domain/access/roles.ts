/** Roles of `product.md`, Roles and confidentiality. L1 = coordinator lead, L2 = ISU, L3 = observer (President, Committee). */
export const ROLES = [
  'requester',
  'state_admin',
  'coordinator',
  'coordinator_lead',
  'isu',
  'responder',
  'observer',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];

/** Roles that work on cases: they see every case, may own one, and log one that came on paper. */
export const CASE_STAFF: readonly Role[] = ['coordinator', 'coordinator_lead', 'isu'];

export const isCaseStaff = (roles: readonly string[]): boolean => CASE_STAFF.some((role) => roles.includes(role));

/** Who looks at cases by queue; an observer sees there the few that have climbed to it. */
export const hasQueues = (roles: readonly string[]): boolean => isCaseStaff(roles) || roles.includes('observer');

/** Who acts: a person with their roles, and the organisation they act for. */
export interface Actor {
  personId: string;
  roles: readonly Role[];
  organisationId: string | null;
  /** Alpha-3 code when the organisation is a State. */
  stateCode: string | null;
  /** Ids of people on leave whose place this person takes while it lasts; absent for nobody. */
  standsInFor?: readonly string[];
}

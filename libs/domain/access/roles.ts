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

/** Who works for the mechanism itself; the accounts of States and of responders are those bodies' own. */
const STAFF: readonly Role[] = [...CASE_STAFF, 'observer', 'admin'];

/** Everybody's roles are those of staff: one who also acts for a State or a responder is not meant. */
export const isStaff = (roles: readonly Role[]): boolean =>
  roles.length > 0 && roles.every((role) => STAFF.includes(role));

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
  /** Id of the one case that a guest follows for its State; nobody else has one. */
  guestOf?: string | null;
}

/** Somebody without an account, let in to one case by a code: every door but that case's is closed to them. */
export const isGuest = ({ guestOf }: Actor): boolean => Boolean(guestOf);

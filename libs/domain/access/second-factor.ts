import { isCaseStaff } from './roles.js';

/** What somebody still owes before a session is worth anything. */
export type Owed = 'second-factor' | 'enrolment';

/** How a session stands. */
export interface Proof {
  roles: readonly string[];
  /** How the person proved who they are. */
  method: string;
  /** A second factor was answered in this session. */
  answered: boolean;
  /** The person has a second factor. */
  enrolled: boolean;
  /** This deployment demands one of its staff. */
  demanded: boolean;
}

/** A passkey is something one has and is unlocked with; for single sign-on, the provider asks as it is told to. */
const TWO_FACTORS = ['passkey', 'oidc'];

/** Whoever sees every case or changes the rules or accounts. */
const isStaff = (roles: readonly string[]): boolean => isCaseStaff(roles) || roles.includes('admin');

/** What a session still owes; null when it is worth all its person may do. */
export function owedBy({ roles, method, answered, enrolled, demanded }: Proof): Owed | null {
  if (answered || TWO_FACTORS.includes(method)) return null;
  if (enrolled) return 'second-factor';
  return demanded && isStaff(roles) ? 'enrolment' : null;
}

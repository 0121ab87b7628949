import type { Actor } from '#libs/domain/access/roles.js';

/** Whoever a session belongs to, with everything a door needs to know of them. */
export interface SignedIn {
  person: { id: string; name: string; email: string; roles: readonly string[]; language: string; timezone: string };
  organisation: { id: string; code: string; name: string; kind: string; stateCode: string | null } | null;
  actor: Actor;
  /** Goes into every form that a page of this session sends. */
  csrfToken: string;
}

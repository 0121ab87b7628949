import type { SignInMethod } from '#libs/database/entities/session.entity.js';
import type { TokenScope } from '#libs/database/entities/api-token.entity.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { Owed } from '#libs/domain/access/second-factor.js';

/** Whoever a session or a token belongs to, with everything a door needs to know of them. */
export interface SignedIn {
  person: { id: string; name: string; email: string; roles: readonly string[]; language: string; timezone: string };
  organisation: { id: string; code: string; name: string; kind: string; stateCode: string | null } | null;
  actor: Actor;
  /** Goes into every form that a page of this session sends. */
  csrfToken: string;
  /** Null for a token of a program. */
  session: { id: string; method: SignInMethod } | null;
  /** What is to be done before this session is worth anything else. */
  owes: Owed | null;
  /** What a token is good for; null for a session, which is good for everything. */
  scopes: readonly TokenScope[] | null;
}

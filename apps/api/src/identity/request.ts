import type { Request } from 'express';
import type { SignedIn } from '#libs/identity/signed-in.js';

/** An Express request with what our middleware puts on it. */
export interface OurRequest extends Request {
  requestId: string;
  signedIn?: SignedIn;
  sessionToken?: string;
  /** The session came as a cookie, so that a form of another site could use it. */
  byCookie?: boolean;
}

/** Whether an answer is for a program (problem+json) rather than for a person (HTML). */
export const isForPrograms = ({ path }: Request): boolean =>
  path.startsWith('/api/') || ['/livez', '/readyz', '/metrics'].includes(path);

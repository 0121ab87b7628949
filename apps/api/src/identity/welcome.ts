import type { Response } from 'express';
import type { Config } from '#libs/config/config.js';
import type { NewSession } from '#libs/identity/sessions.js';
import type { Owed } from '#libs/domain/access/second-factor.js';
import { keepSession } from './cookies.js';
import { ownPath } from './own-path.js';

/** Hands a browser its session and leads on: to where somebody wanted to go, or first to what they still owe. */
export function welcome(response: Response, config: Config, session: NewSession, next: unknown): void {
  keepSession(response, config, session);
  const { owes } = session.signedIn;
  response.redirect(303, owes ? owedPage(owes, ownPath(next)) : ownPath(next));
}

/** Where a second factor is answered or added. */
export const owedPage = (owes: Owed, next: string): string =>
  owes === 'second-factor' ? `/sign-in/second-factor?next=${encodeURIComponent(next)}` : '/account/second-factor';

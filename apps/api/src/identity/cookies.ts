import type { CookieOptions, Request, Response } from 'express';
import type { Config } from '#libs/config/config.js';
import type { NewSession } from '#libs/identity/sessions.js';

export const LANGUAGE_COOKIE = 'action48_language';

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith('https:');

/** A cookie that must be ours: over https no other site and no neighbouring host can set one of this name. */
const ours = (name: string, publicUrl: string): string => `${isSecure(publicUrl) ? '__Host-' : ''}action48_${name}`;

export const sessionCookie = ({ publicUrl }: Pick<Config, 'publicUrl'>): string => ours('session', publicUrl);
/** Which browser asked for a new password. */
export const resetCookie = ({ publicUrl }: Pick<Config, 'publicUrl'>): string => ours('reset', publicUrl);

/** The value of one cookie of a request. */
export function readCookie({ headers }: Request, name: string): string | undefined {
  for (const part of (headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name && value) return decoded(value);
  }
  return undefined;
}

/** As it is written when it is not well encoded: then it is nothing of ours. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export const cookieOptions = (publicUrl: string): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  secure: isSecure(publicUrl),
  path: '/',
});

/** Hands a browser its session. */
export function keepSession(response: Response, config: Config, { token, expiresAt }: NewSession): void {
  response.cookie(sessionCookie(config), token, { ...cookieOptions(config.publicUrl), expires: expiresAt });
}

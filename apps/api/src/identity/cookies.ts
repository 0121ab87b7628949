import type { CookieOptions, Request } from 'express';

export const SESSION_COOKIE = 'action48_session';
export const LANGUAGE_COOKIE = 'action48_language';

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
  secure: publicUrl.startsWith('https:'),
  path: '/',
});

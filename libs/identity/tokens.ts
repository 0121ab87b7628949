import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits that fit into a cookie, a header or a form. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of a token: it is too long to be guessed, so that its hash needs no key. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

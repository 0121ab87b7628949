import { randomBytes } from 'node:crypto';
import type { Response } from 'express';

export interface CspOptions {
  /** The nonce of one response: script elements that carry it may run, and nothing else; without one, no script runs. */
  scriptNonce?: string;
  /** Further places (`https://host`) that a form may lead to, redirects included. */
  formTargets?: readonly string[];
}

/** The Content-Security-Policy of our pages: nothing from elsewhere, no inline style, no script unless its nonce is named. */
export function contentSecurityPolicy({ scriptNonce, formTargets = [] }: CspOptions = {}): string {
  return [
    "default-src 'none'",
    `script-src ${scriptNonce ? `'nonce-${scriptNonce}'` : "'none'"}`,
    // What a page asks for by script, where it may have one.
    ...(scriptNonce ? ["connect-src 'self'"] : []),
    "style-src 'self'",
    "img-src 'self' data:",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Lets script elements with the nonce that comes back run on the page of this response, and no others. */
export function allowScript(response: Response): string {
  const scriptNonce = randomBytes(16).toString('base64');
  response.setHeader('Content-Security-Policy', contentSecurityPolicy({ scriptNonce }));
  return scriptNonce;
}

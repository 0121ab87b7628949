import { Unreadable } from '#libs/secrets/secret-box.js';
import { BadAddress } from './address.js';
import { TooLate } from './envelope.js';

/** Whether what could not be composed now never can be. Everything else (the database away, a fault of ours) may pass. */
export function isFinal(error: unknown): boolean {
  if (error instanceof BadAddress || error instanceof TooLate || error instanceof Unreadable) return true;
  return error instanceof Error && (error as { final?: unknown }).final === true;
}

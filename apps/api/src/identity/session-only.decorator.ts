import { SetMetadata } from '@nestjs/common';

export const SESSION_ONLY = 'action48:session-only';

/** Marks what no token of a program may do: an account is its person's own affair. */
export const SessionOnly = () => SetMetadata(SESSION_ONLY, true);

import { HttpException } from '@nestjs/common';
import { TooManyTries } from '#libs/identity/rate-limits.js';

export interface FieldError {
  field: string;
  message: string;
}

/** RFC 9457. `type` codes are stable; `detail` says what to do. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  errors?: FieldError[];
  requestId?: string;
  retryAfter?: number;
  [more: string]: unknown;
}

const USUAL: Record<number, [type: string, title: string]> = {
  400: ['malformed', 'Malformed request'],
  401: ['unauthenticated', 'Not signed in'],
  403: ['forbidden', 'Not for you to do'],
  404: ['not-found', 'Not found'],
  405: ['method-not-allowed', 'Not a method of this address'],
  409: ['conflict', 'Not possible now'],
  412: ['precondition-failed', 'Changed meanwhile'],
  413: ['too-large', 'Too large'],
  415: ['unsupported-media-type', 'Not a kind of content that is read here'],
  421: ['misdirected', 'Not at this address'],
  422: ['validation', 'Some answers are not right'],
  428: ['precondition-required', 'If-Match missing'],
  429: ['too-many-requests', 'Too many requests'],
  503: ['unavailable', 'A part of the system is away'],
};

/** Of the network (a name that does not resolve included), and SQLSTATEs of connections and of a server that comes or goes. */
const DATABASE_AWAY =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH|08\w{3}|57P0[123]|53300)$/;
const RETRY_AFTER_SECONDS = 3;

/** What went wrong, for whoever asked; nothing of what we do not know is shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HttpException) return fromException(error);
  if (error instanceof TooManyTries)
    return {
      type: '/problems/too-many-requests',
      title: 'Too many requests',
      status: 429,
      detail: `Too many attempts. Wait ${error.waitSeconds} seconds, then try again.`,
      retryAfter: error.waitSeconds,
    };
  if (isDatabaseAway(error))
    return {
      type: '/problems/database-unavailable',
      title: 'The database does not answer',
      status: 503,
      detail: 'Nothing that was accepted is lost. Try again in a moment.',
      retryAfter: RETRY_AFTER_SECONDS,
    };
  const refused = fromHttpError(error);
  if (refused) return refused;
  return {
    type: '/problems/internal',
    title: 'Something went wrong on our side',
    status: 500,
    detail: 'Give the request id to whoever helps you.',
  };
}

function fromException(exception: HttpException): Problem {
  const status = exception.getStatus();
  const [type, title] = USUAL[status] ?? ['error', 'Error'];
  const given = exception.getResponse();
  const fields =
    typeof given === 'object' && 'type' in given ? (given as Partial<Problem>) : { detail: exception.message };
  return { type: `/problems/${type}`, title, status, ...fields };
}

/** What Express and its body parser refuse carries a status of its own, and nothing that the caller may not read. */
function fromHttpError(error: unknown): Problem | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  const usual = USUAL[error.status];
  if (!usual || error.status >= 500) return null;
  const [type, title] = usual;
  const detail = DETAILS[error.status];
  return { type: `/problems/${type}`, title, status: error.status, ...(detail && { detail }) };
}

const DETAILS: Record<number, string> = {
  400: 'The body is not valid JSON, or the address is not well formed.',
  413: 'The request is larger than 1 MB.',
  415: 'Send JSON in UTF-8: Content-Type: application/json.',
};

function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, driverError, errors } = error as {
    code?: string;
    message?: string;
    driverError?: unknown;
    errors?: unknown[];
  };
  if (typeof code === 'string' && DATABASE_AWAY.test(code)) return true;
  if (
    /connection timeout|Connection terminated|terminating connection|timeout exceeded when trying to connect/i.test(
      message ?? '',
    )
  )
    return true;
  return (driverError !== error && isDatabaseAway(driverError)) || (errors ?? []).some(isDatabaseAway);
}

import { QueryFailedError } from 'typeorm';

/** Whose messages may quote what somebody wrote: rows, requests, refusals. Everything else speaks of parts and places. */
const QUOTING = [
  'QueryFailedError',
  'SyntaxError',
  'TypeError',
  'RangeError',
  'URIError',
  'ApplicationFailure',
  'Refusal',
  'CommandRefused',
  'TemplateError',
  'Template render error',
];
const FRAME = /^\s+at /;

/** An error for a log: what kind, its code, and where. Its message only when it cannot quote what somebody wrote. */
export function toldError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { name, message, stack } = error;
  const code = codeOf(error);
  const head = [name, code, mayQuote(error) ? '' : message].filter(Boolean).join(' ');
  return [head, ...(stack ?? '').split('\n').filter((line) => FRAME.test(line))].join('\n');
}

const mayQuote = (error: Error): boolean => QUOTING.includes(error.name) || 'getStatus' in error || 'errors' in error;

function codeOf(error: Error): string {
  const { code, type } = (error instanceof QueryFailedError ? error.driverError : error) as {
    code?: unknown;
    type?: unknown;
  };
  const told = code ?? type;
  return typeof told === 'string' && /^[\w.-]{1,60}$/.test(told) ? told : '';
}

import { QueryFailedError } from 'typeorm';

/** SQLSTATE classes of data that PostgreSQL will never take: data exception, integrity constraint violation. */
const IMPOSSIBLE_DATA = /^(22|23)/;

/** True for a failure that another try only repeats. It must not hold up the case, whose next commands wait behind it. */
export function isDefect(error: unknown): boolean {
  if (error instanceof QueryFailedError)
    return IMPOSSIBLE_DATA.test((error.driverError as { code?: string }).code ?? '');
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
}

const framesOf = ({ stack }: Error): string =>
  (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

/**
 * The same failure as it may be logged and kept in a workflow's history: TypeORM's holds the statement and everything
 * that was to be stored.
 */
export function bare(error: unknown): never {
  if (!(error instanceof QueryFailedError)) throw error;
  const { code, message } = error.driverError as { code?: string; message?: string };
  // Without a code it is the connection that failed, whose message names a place at most.
  const told = new Error(`The database did not carry out a statement: ${code ?? message}`);
  told.stack = `${told.name}: ${told.message}\n${framesOf(error)}`;
  throw told;
}

import { validation } from './validation.js';

/** A body of the right shape, looked at only after its sender's right. @throws 400 or 422 naming each wrong field */
export const bodyOf = async <T>(given: unknown, metatype: new () => T): Promise<T> =>
  (await validation.transform(given ?? {}, { type: 'body', metatype })) as T;

import { InvalidCursor } from '#libs/case-reading/case-list.js';
import { caseProblem } from './case-problems.js';

/** The cursor of a list whose places are counted; 0 before the first. @throws 400 for one that no list has given out */
export function countedCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw caseProblem(new InvalidCursor());
}

/** The same, undefined before the first place. @throws 400 for one that no list has given out */
export const givenCursor = (cursor: string | undefined): string | undefined =>
  cursor === undefined ? undefined : String(countedCursor(cursor));

export interface PolicyProblem {
  /** Path of the value: `clocks.3.target`, `clocks`. */
  field: string;
  message: string;
}

/** Ten years; also in working days. */
export const LONGEST_DAYS = 3_660;
/** So many working days of eight hours, as open time. */
export const LONGEST_OPEN_MS = LONGEST_DAYS * 8 * 3_600_000;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const problemIf = (wrong: boolean, field: string, message: string): PolicyProblem[] =>
  wrong ? [{ field, message }] : [];

export const oneOf = (value: unknown, allowed: readonly string[], field: string): PolicyProblem[] =>
  problemIf(!allowed.includes(value as string), field, `must be one of: ${allowed.join(', ')}`);

/** A list of some of these, each once. */
export function someOf(values: unknown, allowed: readonly string[], field: string): PolicyProblem[] {
  if (!Array.isArray(values)) return [{ field, message: 'must be a list' }];
  if (new Set(values).size < values.length) return [{ field, message: 'names something twice' }];
  return values.slice(0, allowed.length + 1).flatMap((value, index) => oneOf(value, allowed, `${field}.${index}`));
}

/** Nothing that is not read: what is misspelt would else be left out without a word. */
export const noOthers = (value: object, known: readonly string[], field: string): PolicyProblem[] =>
  Object.keys(value)
    .filter((key) => !known.includes(key))
    .slice(0, 5)
    .map((key) => ({ field: `${field}.${key.slice(0, 60)}`, message: 'is not a field here' }));

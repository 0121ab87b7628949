/** As a browser sends it: a field given twice is a list, which no field of ours is. */
export type Given<Name extends string> = Partial<Record<Name, unknown>>;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

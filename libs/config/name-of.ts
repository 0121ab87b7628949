/** The variable of the environment that a setting is read from. */
export const nameOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

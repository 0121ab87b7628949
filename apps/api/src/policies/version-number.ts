/** The number of a version in an address; 0, which no version has, for anything else. */
export const versionOf = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0);

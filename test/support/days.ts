const DAY_MS = 86_400_000;

/** The civil date (UTC) so many days from today, for what must lie in the future whenever the tests run. */
export const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

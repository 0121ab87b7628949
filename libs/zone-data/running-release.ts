/** The release of the tz database that this Node computes with, `2025c`: every deadline names it (sla.md 2.6, 2.9). */
export const RUNNING_RELEASE: string = process.versions['tz'] ?? 'unknown';

import { IANAZone } from 'luxon';

/** One zone's offset east of UTC in milliseconds, at an instant. */
export type OffsetAt = (instant: number) => number;

/** One release of the tz database. */
export interface ZoneSource {
  /** How to read a zone's offsets; null when this release knows no such zone. */
  offsets(name: string): OffsetAt | null;
}

/** The release that this Node brings along. */
export const RUNNING_ZONES: ZoneSource = {
  offsets: (name) => {
    if (!IANAZone.isValidZone(name)) return null;
    const zone = IANAZone.create(name);
    return (instant) => Math.round(zone.offset(instant) * 60_000);
  },
};

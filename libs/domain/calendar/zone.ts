import type { Span } from './spans.js';
import { RUNNING_ZONES, type OffsetAt, type ZoneSource } from './zone-source.js';

export const DAY_MS = 86_400_000;
/** No zone has ever been further from UTC than this. */
export const WIDEST_OFFSET_MS = 16 * 3_600_000;

/** Offsets on one UTC day. No zone of the tz database changes twice within 24 hours. */
interface OffsetDay {
  before: number;
  after: number;
  changesAt: number;
}

/** The zones of one release that have been asked for. */
interface Zones {
  source: ZoneSource;
  known: Map<string, Zone>;
}

const zonesBySource = new WeakMap<ZoneSource, Zones>();
let inForce = zonesOf(RUNNING_ZONES);

function zonesOf(source: ZoneSource): Zones {
  let zones = zonesBySource.get(source);
  if (!zones) {
    zones = { source, known: new Map() };
    zonesBySource.set(source, zones);
  }
  return zones;
}

/**
 * What `compute` answers with the zones of another release in force (sla.md 2.6). It must be synchronous: what it
 * leaves for later would go by the release in force then. Throws TypeError for a promise.
 */
export function withZones<T>(source: ZoneSource, compute: () => T): T {
  const before = inForce;
  inForce = zonesOf(source);
  try {
    const answer = compute();
    if (answer instanceof Promise) throw new TypeError('zones are swapped for synchronous work only');
    return answer;
  } finally {
    inForce = before;
  }
}

const isName = (name: string): boolean => /^[A-Za-z]/.test(name);

/** One zone's offsets from UTC in milliseconds, looked up once for each UTC day and remembered. */
export class Zone {
  private readonly days = new Map<number, OffsetDay>();

  private constructor(private readonly read: OffsetAt) {}

  /** The zone in the release in force, one object for each. Throws RangeError for a name that the release lacks. */
  static named(name: string): Zone {
    const { source, known } = inForce;
    let zone = known.get(name);
    if (!zone) {
      const read = isName(name) ? source.offsets(name) : null;
      if (!read) throw new RangeError(`unknown time zone: ${name}`);
      zone = new Zone(read);
      known.set(name, zone);
    }
    return zone;
  }

  /** A name of the tz database; fixed offsets such as `+01:00` know no clock change and are not accepted. */
  static exists(name: string): boolean {
    return inForce.known.has(name) || (isName(name) && inForce.source.offsets(name) !== null);
  }

  offsetAt(instant: number): number {
    const day = this.day(Math.floor(instant / DAY_MS));
    return instant < day.changesAt ? day.before : day.after;
  }

  /** Days since 1970-01-01 of the civil date at an instant. */
  civilDayAt(instant: number): number {
    return Math.floor((instant + this.offsetAt(instant)) / DAY_MS);
  }

  /**
   * The instant of a civil time, given as if it were UTC. The RFC 5545 / Temporal "compatible" rule: a time in a gap
   * moves forward by the gap, an ambiguous one means its first occurrence (sla.md 2.2 rule 2).
   */
  instantOf(local: number): number {
    const before = this.offsetAt(local - DAY_MS);
    const after = this.offsetAt(local + DAY_MS);
    const first = local - Math.max(before, after);
    if (this.offsetAt(first) === local - first) return first;
    const second = local - Math.min(before, after);
    if (this.offsetAt(second) === local - second) return second;
    return local - before;
  }

  /** The instants that have a civil date: none when it was skipped, two pieces when a fold crosses its midnight. */
  spansOf(civilDay: number): Span[] {
    const start = civilDay * DAY_MS;
    const pieces: [number, number][] = [];
    for (const [from, to, offset] of this.constantOffsets(
      start - WIDEST_OFFSET_MS,
      start + DAY_MS + WIDEST_OFFSET_MS,
    )) {
      const piece: [number, number] = [Math.max(from, start - offset), Math.min(to, start + DAY_MS - offset)];
      if (piece[0] >= piece[1]) continue;
      const last = pieces.at(-1);
      if (last?.[1] === piece[0]) last[1] = piece[1];
      else pieces.push(piece);
    }
    return pieces;
  }

  private *constantOffsets(from: number, to: number): Generator<[number, number, number]> {
    for (let index = Math.floor(from / DAY_MS); index * DAY_MS < to; index++) {
      const day = this.day(index);
      yield [index * DAY_MS, day.changesAt, day.before];
      yield [day.changesAt, (index + 1) * DAY_MS, day.after];
    }
  }

  private day(index: number): OffsetDay {
    let day = this.days.get(index);
    if (!day) {
      day = this.readDay(index);
      this.days.set(index, day);
    }
    return day;
  }

  /** Asking Intl is what takes time: a day begins as the one before it ends. */
  private readDay(index: number): OffsetDay {
    const [start, end] = [index * DAY_MS, (index + 1) * DAY_MS];
    const before = this.days.get(index - 1)?.after ?? this.read(start);
    const after = this.days.get(index + 1)?.before ?? this.read(end);
    if (before === after) return { before, after, changesAt: end };
    let [low, high] = [start, end];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.read(middle) === before) low = middle;
      else high = middle;
    }
    return { before, after, changesAt: high };
  }
}

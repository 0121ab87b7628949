import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readTzif } from '#libs/domain/calendar/tzif.js';
import type { ZoneSource } from '#libs/domain/calendar/zone-source.js';

/** A release of the tz database in compiled files, for `withZones`. */
export interface ZoneDirectory extends ZoneSource {
  /** `2025b` */
  release: string;
}

/** Names of zones; the tables, sources and lists beside them have a dot. `posix/` and `right/` repeat them. */
const ZONE_FILE = /^(?!posix\/|right\/)[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/;

/**
 * Zones as systems and `zic` keep them, `/usr/share/zoneinfo`. A file is read when its zone is asked for; one that is
 * no TZif throws ZoneFileError then. Throws Error when the folder does not say which release it holds.
 */
export function readZoneDirectory(folder: string): ZoneDirectory {
  const names = new Map(filesUnder(folder).map((name) => [name.toLowerCase(), name]));
  return {
    release: releaseOf(folder),
    offsets: (asked) => {
      const name = names.get(asked.toLowerCase());
      if (name === undefined) return null;
      const file = join(folder, name);
      return readTzif(readFileSync(file), file);
    },
  };
}

function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.path, entry.name).slice(join(folder, '/').length))
    .filter((name) => ZONE_FILE.test(name));
}

/** `tzdata.zi` begins with `# version 2025b`; some systems keep a file `+VERSION` instead. */
function releaseOf(folder: string): string {
  const said = [
    ['tzdata.zi', /^# version (\S+)/],
    ['+VERSION', /^(\S+)/],
  ] as const;
  for (const [name, pattern] of said) {
    const file = join(folder, name);
    const release = existsSync(file) ? pattern.exec(readFileSync(file, 'latin1'))?.[1] : undefined;
    if (release) return release;
  }
  throw new Error(`${folder}: neither tzdata.zi nor +VERSION says which release of the tz database it holds`);
}

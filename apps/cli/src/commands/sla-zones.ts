import { readZoneDirectory } from '#libs/zone-data/zone-directory.js';
import type { ZoneDirectory } from '#libs/zone-data/zone-directory.js';
import { RUNNING_RELEASE } from '#libs/zone-data/running-release.js';
import { runZonePreview } from '#libs/rule-book/what-if.js';
import type { CliCommand } from '../command.js';
import { UsageError } from '../command.js';
import { changeLine, progressTo, resultData, summaryOf } from './change-lines.js';

/** `action48 sla zones DIR`: which open deadlines the zones of another tzdb release would move. Writes nothing. */
export const slaZones: CliCommand = {
  words: 'sla zones',
  takes: 'DIR',
  says: 'list the open deadlines that the zones of a folder such as /usr/share/zoneinfo would move',
  run: async ({ args: [folder], database, print, progress }) => {
    if (!folder) throw new UsageError('Give the folder of compiled zones: action48 sla zones /usr/share/zoneinfo');
    const zones = directoryOf(folder);
    const result = await runZonePreview(await database(), zones, { onProgress: progressTo(progress) });
    print({ running: RUNNING_RELEASE, given: zones.release, ...resultData(result) }, [
      `The program runs on tzdb ${RUNNING_RELEASE}, ${folder} holds ${zones.release}.`,
      summaryOf(result),
      ...result.changes.map(changeLine),
    ]);
    return 0;
  },
};

function directoryOf(folder: string): ZoneDirectory {
  try {
    return readZoneDirectory(folder);
  } catch (error) {
    throw new UsageError(`${folder}: is no folder of compiled zones: ${(error as Error).message}`);
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the launcher keeps for the trial of this folder: settings that nobody types. Nothing where there is no trial. */
export function trialSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env['DEPLOYMENT'] === 'production') return {};
  try {
    return JSON.parse(
      readFileSync(join(env['ACTION48_DATA'] || '.action48', 'secrets.json'), 'utf8'),
    ) as NodeJS.ProcessEnv;
  } catch {
    return {};
  }
}

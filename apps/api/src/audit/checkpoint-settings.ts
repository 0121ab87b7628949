import type { KeyObject } from 'node:crypto';
import { CheckpointFolder } from '#libs/audit/checkpoint-folder.js';
import { checkingKeys } from '#libs/audit/checkpoint-keys.js';
import type { Config } from '#libs/config/config.js';

/** Where this deployment's checkpoints lie and what they are checked with. A key that cannot be read stops the boot. */
export class CheckpointSettings {
  /** Null: no public key is set. */
  readonly keys: KeyObject[] | null;
  /** Without it there are only the database's own copies. */
  readonly folder: CheckpointFolder | undefined;

  /** @throws CheckpointKeyError */
  constructor(config: Config) {
    this.keys = checkingKeys(config);
    this.folder = config.checkpointDir ? new CheckpointFolder(config.checkpointDir) : undefined;
  }

  get isSetUp(): boolean {
    return this.folder !== undefined;
  }
}

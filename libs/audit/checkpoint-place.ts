import type { DataSource } from 'typeorm';
import type { Config } from '#libs/config/config.js';
import { privateKeyOf } from './checkpoint-keys.js';
import { Checkpointer } from './checkpointer.js';

type Settings = Pick<Config, 'checkpointDir' | 'checkpointKey' | 'publicUrl'>;

/** What makes this deployment's checkpoints; null where no folder or no key is set. @throws CheckpointKeyError */
export function checkpointerOf(dataSource: DataSource, settings: Settings): Checkpointer | null {
  const { checkpointDir: folder, checkpointKey, publicUrl } = settings;
  if (!folder || !checkpointKey) return null;
  return new Checkpointer(dataSource, { folder, key: privateKeyOf(checkpointKey), origin: originOf(publicUrl) });
}

/** Whose checkpoints they are: the public address without its scheme, as names in signed notes are written. */
export const originOf = (publicUrl: string): string => `${new URL(publicUrl).host.replaceAll('+', '-')}/action48`;

import type { DataSource } from 'typeorm';
import { CaseStore } from '#libs/case-store/case-store.js';
import type { Config } from '#libs/config/config.js';
import { Documents } from '#libs/documents/documents.js';
import type { TriageRoom } from '#libs/documents/limits.js';
import { Reception } from '#libs/inbound/reception.js';

/** Takes mail in as the mailer does. */
export const receptionOf = (
  dataSource: DataSource,
  config: Pick<Config, 'secretsKey' | 'mailFrom'>,
  triageRoom?: TriageRoom,
): Reception =>
  new Reception(
    dataSource,
    config,
    new Documents(dataSource, new CaseStore(dataSource), config.secretsKey, triageRoom),
  );

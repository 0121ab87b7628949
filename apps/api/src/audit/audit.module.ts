import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditSearch } from '#libs/audit/audit-search.js';
import { Config } from '#libs/config/config.js';
import { AuditController } from './audit.controller.js';
import { AuditPages } from './audit.pages.js';
import { CheckpointSettings } from './checkpoint-settings.js';
import { CheckpointsController } from './checkpoints.controller.js';
import { CheckpointsPages } from './checkpoints.pages.js';
import { Verifier } from './verifier.js';

/** The records of the deployment: who did what, and whether the logs still say what they said. */
@Module({
  controllers: [AuditController, AuditPages, CheckpointsController, CheckpointsPages],
  providers: [
    Verifier,
    { provide: CheckpointSettings, inject: [Config], useFactory: (config: Config) => new CheckpointSettings(config) },
    { provide: AuditSearch, inject: [DataSource], useFactory: (dataSource: DataSource) => new AuditSearch(dataSource) },
  ],
})
export class AuditModule {}

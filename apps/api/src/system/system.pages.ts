import { Controller, Get, Render } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { OVERDUE_SECONDS } from '#libs/audit/checkpoint-status.js';
import { Config } from '#libs/config/config.js';
import { can } from '#libs/domain/access/can.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { readFigures } from '#libs/observability/metrics.js';
import { lastFindings } from '#libs/reconciliation/findings.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Readiness } from './readiness.js';

/** A step that is about to be recorded is not worth a word. */
const SEEN_LATE_SECONDS = 30;

/** Each part of the system, up or down, for people. */
@ApiExcludeController()
@Controller('system')
export class SystemPages {
  constructor(
    private readonly readiness: Readiness,
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  @Get()
  @Render('system/views/system.njk')
  async page(@CurrentPerson() { actor }: SignedIn) {
    const { ready, parts } = await this.readiness.check();
    // With the database away there is nothing to say of what it holds.
    const answers = parts.database.status === 'up';
    return {
      title: 'System',
      ready,
      parts: Object.entries(parts).map(([name, part]) => ({
        name,
        ...part,
        inUse: name !== 'scanner' || this.config.scannerAddress !== 'none',
      })),
      findings: answers ? await lastFindings(this.dataSource) : null,
      figures: answers ? await readFigures(this.dataSource) : null,
      seenLateSeconds: SEEN_LATE_SECONDS,
      overdueSeconds: OVERDUE_SECONDS,
      checkpoints: Boolean(this.config.checkpointDir),
      trial: this.config.deployment === 'trial',
      decidesMails: can(actor, 'decide-mail'),
      dense: true,
    };
  }
}

import { Controller, Get, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { lastVerification, listCheckpoints, OVERDUE_SECONDS } from '#libs/audit/checkpoint-status.js';
import { troubleSince } from '#libs/audit/checkpoint-trouble.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { mayRead } from './audit-rights.js';
import { CheckpointsQuery } from './audit.query.dto.js';
import { CheckpointSettings } from './checkpoint-settings.js';
import { Verifier } from './verifier.js';

const LIMIT = 50;
const RELOAD_SECONDS = 2;

/** Whether the logs still say what they said: the last signed statements, and a verification on request. */
@ApiExcludeController()
@Controller('admin/checkpoints')
export class CheckpointsPages {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: CheckpointSettings,
    private readonly verifier: Verifier,
  ) {}

  @Get()
  async page(@Query() { cursor }: CheckpointsQuery, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    mayRead(me, 'read-checkpoints');
    const { manager } = this.dataSource;
    const { keys, isSetUp } = this.settings;
    const [list, newest, verification, trouble] = await Promise.all([
      listCheckpoints(manager, keys, { before: cursor, limit: LIMIT }),
      listCheckpoints(manager, keys, { limit: 1 }),
      lastVerification(manager),
      troubleSince(manager),
    ]);
    const [last] = newest.items;
    const age = last ? Math.max(0, (Date.now() - Date.parse(last.at)) / 1000) : null;
    const { progress } = this.verifier;
    if (progress) response.setHeader('Refresh', String(RELOAD_SECONDS));
    const _ = wordsOf(response);
    response.render('audit/views/checkpoints.njk', {
      title: 'Checkpoints',
      dense: true,
      setUp: isSetUp,
      last,
      age,
      overdue: age !== null && age > OVERDUE_SECONDS,
      progress,
      verification,
      trouble,
      findings: verification?.result?.findings.map(({ where, what, values }) => ({ where, words: _(what, values) })),
      ...list,
      next: list.next && `/admin/checkpoints?cursor=${list.next}`,
    });
  }

  @Post('verify')
  verify(@CurrentPerson() me: SignedIn, @Res() response: Response) {
    mayRead(me, 'read-checkpoints');
    this.verifier.start();
    response.redirect(303, '/admin/checkpoints');
  }
}

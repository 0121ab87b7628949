import { Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { lastVerification, listCheckpoints } from '#libs/audit/checkpoint-status.js';
import type { CheckpointItem, KeptVerification } from '#libs/audit/checkpoint-status.js';
import { Checkpoint } from '#libs/database/entities/checkpoint.entity.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { anything, Answers, instant, orNull, pageOf, shape, text, truth, whole } from '../openapi/schema.js';
import { mayRead } from './audit-rights.js';
import { CheckpointsQuery } from './audit.query.dto.js';
import { CheckpointSettings } from './checkpoint-settings.js';
import { Verifier } from './verifier.js';

const ITEM = { number: whole, at: instant, size: whole, root: text, signed: orNull(truth) };
const LARGEST = 2_147_483_647;
const DEFAULT_LIMIT = 50;

type Verifying = { running: boolean; last: KeptVerification | null };
const VERIFYING = shape<Verifying>({
  running: truth,
  last: orNull(shape<KeptVerification>({ at: instant, found: whole, result: orNull(anything) })),
});

/** Signed statements of where every log ends, for programs. */
@ApiTags('deployment')
@ApiBearerAuth()
@Controller('api/v1/checkpoints')
export class CheckpointsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: CheckpointSettings,
    private readonly verifier: Verifier,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listCheckpoints', summary: 'Checkpoints of the logs, newest first' })
  @Answers(200, 'A page of checkpoints', pageOf(shape<CheckpointItem>(ITEM)))
  page(@Query() { cursor, limit = DEFAULT_LIMIT }: CheckpointsQuery, @CurrentPerson() me: SignedIn) {
    mayRead(me, 'read-checkpoints');
    return listCheckpoints(this.dataSource.manager, this.settings.keys, { before: cursor, limit });
  }

  @Get('verification')
  @ApiOperation({ operationId: 'getVerification', summary: 'What the last verification of the logs came to' })
  @Answers(200, 'Whether one is under way, and the last result', VERIFYING)
  async verification(@CurrentPerson() me: SignedIn): Promise<Verifying> {
    mayRead(me, 'read-checkpoints');
    return { running: this.verifier.progress !== null, last: await lastVerification(this.dataSource.manager) };
  }

  @Post('verification')
  @HttpCode(202)
  @ApiOperation({ operationId: 'verifyLogs', summary: 'Verify all logs; a second order joins the one under way' })
  @Answers(202, 'It is under way; the last result is of the one before', VERIFYING)
  async verify(@CurrentPerson() me: SignedIn): Promise<Verifying> {
    mayRead(me, 'read-checkpoints');
    this.verifier.start();
    return { running: true, last: await lastVerification(this.dataSource.manager) };
  }

  @Get(':number')
  @ApiOperation({ operationId: 'getCheckpoint', summary: 'One checkpoint with the signed note' })
  @Answers(200, 'The checkpoint', shape<CheckpointItem & { note: string }>({ ...ITEM, note: text }))
  async one(@Param('number', ParseIntPipe) number: number, @CurrentPerson() me: SignedIn) {
    mayRead(me, 'read-checkpoints');
    const { manager } = this.dataSource;
    const isNumber = number > 0 && number < LARGEST;
    const { note } = found(isNumber ? await manager.findOneBy(Checkpoint, { number }) : null, 'checkpoint');
    const { items } = await listCheckpoints(manager, this.settings.keys, { before: number + 1, limit: 1 });
    return { ...found(items[0], 'checkpoint'), note };
  }
}

import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { sequencesOf } from '#libs/domain/mail/sequences.js';
import { Needs } from '../identity/needs.decorator.js';
import { Answers, pageOf, ref } from '../openapi/schema.js';
import { PolicyShelf } from '../policies/policy-shelf.js';
import { MailRulesDesk } from './mail-rules-desk.js';

/** Everything that somebody is reminded of, for programs. */
@ApiTags('mail')
@ApiBearerAuth()
@Needs('read-rules')
@Controller('api/v1/sequences')
export class SequencesController {
  constructor(
    private readonly shelf: PolicyShelf,
    private readonly desk: MailRulesDesk,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listSequences',
    summary: 'What is sent again and again, by the clocks and by the rules of mail in force',
  })
  @Answers(200, 'Every sequence', pageOf(ref('Sequence')))
  async list() {
    const [versions, { policy }] = await Promise.all([this.shelf.versions(), this.desk.inForce()]);
    const clocks = versions.find(({ inForce }) => inForce)?.clocks ?? [];
    return { items: sequencesOf(clocks, policy), next: null };
  }
}

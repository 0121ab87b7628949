import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { Answers, pageOf, ref, shape, whole } from '../openapi/schema.js';
import { administering } from '../people/people-problems.js';
import { ruleProblem } from '../policies/policy-desk.js';
import { versionOf } from '../policies/version-number.js';
import { MailRulesDesk } from './mail-rules-desk.js';
import { PreviewMailRulesDto, PublishMailRulesDto } from './mail-rules.dto.js';

const PUBLISHED = shape<{ version: unknown; moved: unknown }>({ version: whole, moved: whole });

/** The rules that mails go by, for programs. */
@ApiTags('mail')
@ApiBearerAuth()
@Needs('read-rules')
@Controller('api/v1/mail-rules')
export class MailRulesController {
  constructor(private readonly desk: MailRulesDesk) {}

  @Get()
  @ApiOperation({ operationId: 'getMailRules', summary: 'The rules of mail that are in force' })
  @Answers(200, 'The newest version', ref('MailRulesVersion'))
  inForce() {
    return this.desk.inForce();
  }

  @Get('versions')
  @ApiOperation({ operationId: 'listMailRules', summary: 'Versions of the rules of mail, newest first' })
  @Answers(200, 'Every version', pageOf(ref('MailRulesVersion')))
  async list() {
    return { items: await this.desk.versions(), next: null };
  }

  @Get('versions/:version')
  @ApiOperation({ operationId: 'getMailRulesVersion', summary: 'One version of the rules of mail' })
  @Answers(200, 'The version', ref('MailRulesVersion'))
  async one(@Param('version') number: string) {
    return found(await this.desk.version(versionOf(number)), 'version').version;
  }

  @Needs('publish-rules')
  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ operationId: 'previewMailRules', summary: 'What these rules would change; nothing is published' })
  @Answers(200, 'What would go at another time', ref('MailRulesPreview'))
  preview(@Body() { policy }: PreviewMailRulesDto) {
    return spoken(() => this.desk.preview(policy));
  }

  @Needs('publish-rules')
  @Post('versions')
  @ApiOperation({ operationId: 'publishMailRules', summary: 'Publishes rules of mail; they apply at once' })
  @Answers(201, 'Its number, and how many mails go at another time', PUBLISHED)
  publish(@Body() body: PublishMailRulesDto, @CurrentPerson() me: SignedIn) {
    return spoken(() => this.desk.publish(me, body));
  }
}

const spoken = <T>(work: () => Promise<T>): Promise<T> =>
  administering(() =>
    work().catch((error: unknown) => {
      throw ruleProblem(error);
    }),
  );

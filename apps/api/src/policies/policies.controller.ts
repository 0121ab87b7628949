import { Body, Controller, Get, Headers, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { validatePolicy } from '#libs/domain/case/validate-policy.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { answering, found } from '../cases/case-problems.js';
import { keyOf } from '../cases/command-body.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Needs } from '../identity/needs.decorator.js';
import { Answers, pageOf, ref, shape, whole } from '../openapi/schema.js';
import { fieldProblem } from '../problems/validation.js';
import { Applications } from './applications.js';
import { ApplyDto, BeginDraftDto, PublishDto } from './policies.dto.js';
import { PolicyDesk, ruleProblem } from './policy-desk.js';
import { PolicyDrafts } from './policy-drafts.js';
import type { PolicyDraft } from './policy-drafts.js';
import { PolicyShelf } from './policy-shelf.js';
import { versionOf } from './version-number.js';

/** The policy for programs: its versions, drafts, and the step that puts open cases on another version. */
@ApiTags('policies')
@ApiBearerAuth()
@Needs('read-rules')
@Controller('api/v1/policies')
export class PoliciesController {
  constructor(
    private readonly shelf: PolicyShelf,
    private readonly drafts: PolicyDrafts,
    private readonly desk: PolicyDesk,
    private readonly applications: Applications,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listPolicies', summary: 'Versions of the policy, newest first' })
  @Answers(200, 'Every version', pageOf(ref('PolicyVersion')))
  async list() {
    return { items: await this.shelf.versions(), next: null };
  }

  @Get(':version')
  @ApiOperation({ operationId: 'getPolicy', summary: 'One version of the policy, with its clocks' })
  @Answers(200, 'The version', ref('PolicyVersion'))
  async one(@Param('version') number: string) {
    return found(await this.shelf.version(versionOf(number)), 'version').version;
  }

  @Needs('publish-rules')
  @Post('drafts')
  @ApiOperation({ operationId: 'draftPolicy', summary: 'Begins a draft from a version, or from given clocks' })
  @Answers(201, 'The draft', ref('PolicyDraft'))
  async draft(@Body() { basedOn, clocks }: BeginDraftDto, @CurrentPerson() me: SignedIn): Promise<PolicyDraft> {
    const basis = found(await this.shelf.version(basedOn), 'version').version;
    const problems = clocks ? validatePolicy(clocks, await this.shelf.calendars()) : [];
    if (problems.length) throw fieldProblem(problems, HttpStatus.UNPROCESSABLE_ENTITY);
    const id = await this.drafts.begin(me, basis.version, (clocks as ClockPolicy[] | undefined) ?? basis.clocks);
    return found(await this.drafts.find(id), 'draft');
  }

  @Needs('publish-rules')
  @Get('drafts/:id')
  @ApiOperation({ operationId: 'getPolicyDraft', summary: 'A draft of the policy' })
  @Answers(200, 'The draft', ref('PolicyDraft'))
  async readDraft(@Param('id') id: string): Promise<PolicyDraft> {
    return found(await this.drafts.find(id), 'draft');
  }

  @Needs('publish-rules')
  @Post('drafts/:id/publish')
  @ApiOperation({ operationId: 'publishPolicy', summary: 'Publishes a draft: new requests go by it' })
  @Answers(201, 'The version', ref('PolicyVersion'))
  async publish(@Param('id') id: string, @Body() { reason, from }: PublishDto, @CurrentPerson() me: SignedIn) {
    const draft = found(await this.drafts.find(id), 'draft');
    try {
      const number = await this.desk.publish(draft, me, { reason, ...(from && { from: Date.parse(from) }) });
      return found(await this.shelf.version(number), 'version').version;
    } catch (error) {
      throw ruleProblem(error);
    }
  }

  @Needs('apply-rules')
  @Post(':version/apply')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'applyPolicy',
    summary: 'Puts open cases on this version; each is an event in its log',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true, description: 'The same key is taken in once' })
  @Answers(202, 'Taken in for so many cases', shape<{ cases: unknown }>({ cases: whole }))
  async apply(
    @Param('version') number: string,
    @Headers('idempotency-key') header: string | undefined,
    @Body() { cases, reason }: ApplyDto,
    @CurrentPerson() me: SignedIn,
  ) {
    const { version } = found(await this.shelf.version(versionOf(number)), 'version').version;
    const key = keyOf(header);
    return { cases: await answering(() => this.applications.apply(version, cases, reason, key, me)) };
  }
}

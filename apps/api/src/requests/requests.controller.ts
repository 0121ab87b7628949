import { Body, Controller, Headers, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { CaseView } from '#libs/case-reading/case-view.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { keyOf } from '../cases/command-body.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { Answers, ref } from '../openapi/schema.js';
import { OpenRequestDto } from './open-request.dto.js';
import { RequestDesk } from './request-desk.js';

/** Opening a request, for programs. */
@ApiTags('requests')
@ApiBearerAuth()
@Controller('api/v1/requests')
export class RequestsController {
  constructor(private readonly desk: RequestDesk) {}

  @Post()
  @ApiOperation({ operationId: 'openRequest', summary: 'Open a request; accepted whenever the database is up' })
  @Answers(201, 'The case as its requester sees it; Location names it', ref('Case'))
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key opens one case' })
  async open(
    @Body() form: OpenRequestDto,
    @Headers('idempotency-key') key: string | undefined,
    @CurrentPerson() me: SignedIn,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CaseView> {
    const { view } = await this.desk.open(
      form,
      me,
      { door: 'api', requestId },
      key === undefined ? undefined : keyOf(key),
    );
    response.setHeader('Location', `/api/v1/cases/${view.reference}`);
    return view;
  }
}

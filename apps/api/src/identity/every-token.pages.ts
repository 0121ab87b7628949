import { Controller, Get, Param, Post, Query, Render, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import type { Response } from 'express';
import { ApiTokens } from '#libs/identity/api-tokens.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from './current-person.decorator.js';
import { Needs } from './needs.decorator.js';
import { SessionOnly } from './session-only.decorator.js';

/** The tokens of everybody, for administrators: what programs may come in with, and an end to it. */
@ApiExcludeController()
@SessionOnly()
@Needs('manage-tokens')
@Controller('admin/tokens')
export class EveryTokenPages {
  constructor(private readonly tokens: ApiTokens) {}

  @Get()
  @Render('identity/views/every-token.njk')
  async page(@Query('done') done: unknown) {
    return {
      title: 'Tokens for programs',
      dense: true,
      revoked: done === 'revoked',
      tokens: await this.tokens.everybodys(),
    };
  }

  @Post(':id/revoke')
  async revoke(@Param('id') id: string, @CurrentPerson() { person }: SignedIn, @Res() response: Response) {
    found(isUUID(id) && (await this.tokens.revokeFor(person.id, id)) ? true : null, 'token');
    response.redirect(303, '/admin/tokens?done=revoked');
  }
}

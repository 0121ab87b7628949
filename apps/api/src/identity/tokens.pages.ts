import { Body, Controller, Get, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import type { Response } from 'express';
import { ApiTokens, LONGEST_DAYS } from '#libs/identity/api-tokens.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { CurrentPerson } from './current-person.decorator.js';
import { textOf } from './form-field.js';
import type { Given } from './form-field.js';
import { SessionOnly } from './session-only.decorator.js';
import { LONGEST_NAME } from './tokens.dto.js';

/** For how many days a token may be made. */
const DAYS = [7, 30, 90, 180, LONGEST_DAYS];
const USUAL_DAYS = 90;

type TokenForm = Given<'name' | 'scope' | 'days'>;

/** Tokens that somebody makes for programs. */
@ApiExcludeController()
@SessionOnly()
@Controller('account/tokens')
export class TokensPages {
  constructor(private readonly tokens: ApiTokens) {}

  @Get()
  async page(@Query('done') done: unknown, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    await this.show(response, me, { revoked: done === 'revoked' });
  }

  @Post()
  async make(
    @Body() { name: given, scope, days }: TokenForm,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    const name = textOf(given).trim();
    const chosen = { name, scope, days: Number(days) };
    const errors = [
      ...(name ? [] : [{ field: 'name', text: 'Give the token a name, so that you know later what it is for.' }]),
      ...(name.length > LONGEST_NAME ? [{ field: 'name', text: 'Use 80 characters or fewer.' }] : []),
      ...(scope === 'read' || scope === 'act' ? [] : [{ field: 'scope', text: 'Choose what the token may do.' }]),
    ];
    if (errors.length || (scope !== 'read' && scope !== 'act'))
      return this.show(response.status(422), me, { errors, ...chosen });
    const lasting = DAYS.includes(chosen.days) ? chosen.days : USUAL_DAYS;
    const { token, row } = await this.tokens.make(me, { name, scopes: [scope], days: lasting });
    // This answer is the only place where it is ever shown.
    return response.render('identity/views/token-made.njk', { title: 'Your new token', token, row });
  }

  @Post(':id/revoke')
  async revoke(@Param('id') id: string, @CurrentPerson() { person }: SignedIn, @Res() response: Response) {
    if (!isUUID(id)) throw new NotFoundException('You have no such token.');
    await this.tokens.revoke(person.id, id);
    response.redirect(303, '/account/tokens?done=revoked');
  }

  private async show(response: Response, { person }: SignedIn, model: object): Promise<void> {
    const tokens = await this.tokens.list(person.id);
    const preset = { scope: 'read', days: USUAL_DAYS, choices: DAYS };
    response.render('identity/views/tokens.njk', { title: 'Your tokens', tokens, ...preset, ...model });
  }
}

import { Body, Controller, Delete, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { TOKEN_SCOPES } from '#libs/database/entities/api-token.entity.js';
import type { ApiToken } from '#libs/database/entities/api-token.entity.js';
import { ApiTokens } from '#libs/identity/api-tokens.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { Answers, instant, list, oneOf, orNull, pageOf, shape, text, uuid } from '../openapi/schema.js';
import { CurrentPerson } from './current-person.decorator.js';
import { SessionOnly } from './session-only.decorator.js';
import { MakeTokenDto } from './tokens.dto.js';

const FIELDS = {
  id: { ...uuid, description: 'Names the token; opens nothing' },
  name: text,
  scopes: list(oneOf(TOKEN_SCOPES)),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: { ...orNull(instant), description: 'Within a few minutes; null when it has not been used' },
};
const LISTED = shape<ReturnType<typeof listed>>(FIELDS);
const MADE = shape<ReturnType<typeof listed> & { token: string }>({
  ...FIELDS,
  token: { ...text, description: 'Shown here and never again: `Authorization: Bearer a48_…`' },
});

const listed = ({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: ApiToken) => ({
  id,
  name,
  scopes,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/** Tokens that somebody makes for programs; with a session only, so that no token makes another. */
@ApiTags('tokens')
@ApiBearerAuth()
@SessionOnly()
@Controller('api/v1/tokens')
export class TokensController {
  constructor(private readonly tokens: ApiTokens) {}

  @Get()
  @ApiOperation({ operationId: 'listTokens', summary: 'The tokens of whoever asks' })
  @Answers(200, 'Those that can still be used, newest first', pageOf(LISTED))
  async list(@CurrentPerson() { person }: SignedIn) {
    return { items: (await this.tokens.list(person.id)).map(listed), next: null };
  }

  @Post()
  @ApiOperation({ operationId: 'makeToken', summary: 'Make a token; it is shown once' })
  @Answers(201, 'The token', MADE)
  async make(@Body() wish: MakeTokenDto, @CurrentPerson() me: SignedIn) {
    const { token, row } = await this.tokens.make(me, wish);
    return { ...listed(row), token };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'revokeToken', summary: 'Revoke one of one’s own tokens' })
  @Answers(204, 'It is worth nothing any more')
  async revoke(@Param('id') id: string, @CurrentPerson() { person }: SignedIn): Promise<void> {
    if (!isUUID(id) || !(await this.tokens.revoke(person.id, id)))
      throw new NotFoundException('You have no such token.');
  }
}

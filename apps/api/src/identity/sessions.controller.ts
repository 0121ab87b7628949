import { Body, Controller, Delete, HttpCode, Post, Req, UnauthorizedException, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Sessions } from '#libs/identity/sessions.js';
import { Answers, anything, instant, list, orNull, shape, text, uuid } from '../openapi/schema.js';
import { Public } from './public.decorator.js';
import type { OurRequest } from './request.js';
import { SignInDto } from './sessions.dto.js';
import { SignInThrottle } from './sign-in-throttle.guard.js';

const SESSION = shape<Record<'token' | 'expiresAt' | 'person', unknown>>({
  token: text,
  expiresAt: instant,
  person: shape<Record<'id' | 'name' | 'email' | 'roles' | 'organisation', unknown>>({
    id: uuid,
    name: text,
    email: text,
    roles: list(text),
    organisation: orNull(anything),
  }),
});

/** Signing in and out, for programs. */
@ApiTags('sessions')
@Controller('api/v1/sessions')
export class SessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Public()
  @UseGuards(SignInThrottle)
  @Post()
  @ApiOperation({ operationId: 'signIn', summary: 'Sign in; the token is shown once' })
  @Answers(201, 'The session', SESSION)
  async open(@Body() { email, password }: SignInDto) {
    const session = await this.sessions.open(email, password);
    if (!session) throw new UnauthorizedException('The e-mail address or the password is wrong.');
    const { person, organisation } = session.signedIn;
    const { id, name, roles } = person;
    return {
      token: session.token,
      expiresAt: session.expiresAt.toISOString(),
      person: { id, name, email: person.email, roles, organisation },
    };
  }

  @Delete('current')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiOperation({ operationId: 'signOut', summary: 'Sign out' })
  @Answers(204, 'The token is worth nothing any more')
  async close(@Req() { sessionToken }: OurRequest): Promise<void> {
    if (sessionToken) await this.sessions.close(sessionToken);
  }
}

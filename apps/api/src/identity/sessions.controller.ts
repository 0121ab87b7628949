import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Req,
  UnauthorizedException,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { SIGN_IN_METHODS } from '#libs/database/entities/session.entity.js';
import type { Session } from '#libs/database/entities/session.entity.js';
import { checkCredentials } from '#libs/identity/credentials.js';
import { SecondFactors } from '#libs/identity/second-factors.js';
import { Sessions } from '#libs/identity/sessions.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { OpenToGuests } from '../follow/open-to-guests.decorator.js';
import {
  Answers,
  anything,
  instant,
  list,
  oneOf,
  orNull,
  pageOf,
  shape,
  text,
  truth,
  uuid,
} from '../openapi/schema.js';
import { browserLabel } from './browser-label.js';
import { CurrentPerson } from './current-person.decorator.js';
import { Public } from './public.decorator.js';
import { secondFactorRequired } from './refusals.js';
import type { OurRequest } from './request.js';
import { SessionOnly } from './session-only.decorator.js';
import { SignInDto } from './sessions.dto.js';
import { noteRefused } from './sign-in-log.js';
import { Throttled } from './sign-in-throttle.guard.js';
import { WhileOwing } from './while-owing.decorator.js';

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

const LISTED = shape<ReturnType<typeof listed>>({
  id: { ...uuid, description: 'Names the session; opens nothing' },
  method: oneOf(SIGN_IN_METHODS),
  secondFactor: truth,
  browser: { ...orNull(text), description: 'Such as “Firefox on Windows”; null for programs' },
  createdAt: instant,
  lastUsedAt: { ...instant, description: 'Within a few minutes' },
  expiresAt: instant,
  current: truth,
});

/** A session as its owner sees it. */
const listed = ({ id, method, browser, ...session }: Session, current: string | undefined) => ({
  id,
  method,
  secondFactor: session.secondFactorAt !== null,
  browser,
  createdAt: session.createdAt.toISOString(),
  lastUsedAt: session.lastUsedAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  current: id === current,
});

/** Signing in and out, for programs. */
@ApiTags('sessions')
@SessionOnly()
@Controller('api/v1/sessions')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly secondFactors: SecondFactors,
    private readonly dataSource: DataSource,
  ) {}

  @Public()
  @Throttled('sign-in')
  @Post()
  @ApiOperation({ operationId: 'signIn', summary: 'Sign in; the token is shown once' })
  @Answers(201, 'The session', SESSION)
  async open(@Body() { email, password, code }: SignInDto, @Req() request: OurRequest) {
    const checked = await checkCredentials(this.dataSource.manager, email, password);
    if (!checked.person) {
      noteRefused(request, 'password', checked.triedOn);
      throw new UnauthorizedException('The e-mail address or the password is wrong.');
    }
    const secondFactor = await this.answered(checked.person.id, code, request);
    const browser = browserLabel(request.headers['user-agent']);
    const session = await this.sessions.begin(checked.person, { method: 'password', browser, secondFactor });
    const { person, organisation } = session.signedIn;
    const { id, name, roles } = person;
    return {
      token: session.token,
      expiresAt: session.expiresAt.toISOString(),
      person: { id, name, email: person.email, roles, organisation },
    };
  }

  @Get()
  @ApiBearerAuth()
  @ApiOperation({ operationId: 'listSessions', summary: 'The sessions of whoever asks' })
  @Answers(200, 'Those that can still be used, the one used last first', pageOf(LISTED))
  async list(@CurrentPerson() { person, session }: SignedIn) {
    const rows = await this.sessions.list(person.id);
    return { items: rows.map((row) => listed(row, session?.id)), next: null };
  }

  @Delete()
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiOperation({ operationId: 'endOtherSessions', summary: 'End every session but the one that asks' })
  @Answers(204, 'There is no other any more')
  async endOthers(@CurrentPerson() me: SignedIn): Promise<void> {
    await this.sessions.endOthers(me);
  }

  @OpenToGuests()
  @WhileOwing('second-factor', 'enrolment')
  @Delete('current')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiOperation({ operationId: 'signOut', summary: 'Sign out' })
  @Answers(204, 'The token is worth nothing any more')
  async close(@Req() { sessionToken }: OurRequest): Promise<void> {
    if (sessionToken) await this.sessions.close(sessionToken);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiOperation({ operationId: 'endSession', summary: 'End one of one’s own sessions' })
  @Answers(204, 'Its token is worth nothing any more')
  async end(@Param('id') id: string, @CurrentPerson() { person }: SignedIn): Promise<void> {
    if (!isUUID(id) || !(await this.sessions.end(person.id, id)))
      throw new NotFoundException('You have no such session.');
  }

  /** Whether a second factor was answered; false for whoever has none. */
  private async answered(personId: string, code: string | undefined, request: OurRequest): Promise<boolean> {
    if (!(await this.secondFactors.standing(personId)).since) return false;
    if (code === undefined) throw secondFactorRequired('The password is right. Send `code` as well.');
    if (await this.secondFactors.answer(personId, code)) return true;
    noteRefused(request, 'second factor', personId);
    throw secondFactorRequired('The code is wrong, or has been used. Send a new one.');
  }
}

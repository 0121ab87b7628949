import { Controller, Get, Query, Render } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CaseList } from '#libs/case-reading/case-list.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { answering } from '../cases/case-problems.js';
import { PageQuery } from '../cases/cases.query.dto.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';

/** A responder's list: what is asked of its organisation. */
@ApiExcludeController()
@Controller('invitations')
export class InvitationsPages {
  constructor(private readonly list: CaseList) {}

  @Get()
  @Render('queue/views/invitations.njk')
  async page(@Query() query: PageQuery, @CurrentPerson() me: SignedIn) {
    const { items, next } = await answering(() => this.list.page(query, me.actor));
    return { title: 'Your invitations', items, next, organisation: me.organisation };
  }
}

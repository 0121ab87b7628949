import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { can } from '#libs/domain/access/can.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { AccountsEnded } from '#libs/people/accounts-ended.js';
import { ownedCases } from '#libs/people/owned-cases.js';
import { PeopleList } from '#libs/people/people-list.js';
import { found } from '../cases/case-problems.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import type { OurRequest } from '../identity/request.js';
import { wordsOf } from '../layout/words-of.js';
import { refusalOf, said, textIn } from './form-refusals.js';
import type { Submitted } from './form-refusals.js';
import { seenBy, subjectOf } from './people-access.js';
import { placeOf } from './people-place.js';
import { idIn } from './people-problems.js';

type Ending = 'disable' | 'enable';

/** Ending an account and opening it again: each asked once more, with what follows from it and a reason. */
@ApiExcludeController()
@Controller(['admin/people/:id', 'office/:id'])
export class EndingPages {
  constructor(
    private readonly dataSource: DataSource,
    private readonly list: PeopleList,
    private readonly ended: AccountsEnded,
  ) {}

  @Get('disable')
  async askDisable(
    @Param('id') id: string,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() to: Response,
  ) {
    to.render('people/views/ending.njk', await this.model('disable', request, id, me));
  }

  @Get('enable')
  async askEnable(
    @Param('id') id: string,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() to: Response,
  ) {
    to.render('people/views/ending.njk', await this.model('enable', request, id, me));
  }

  @Post('disable')
  disable(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    return this.end('disable', request, id, me, submitted, response);
  }

  @Post('enable')
  enable(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    return this.end('enable', request, id, me, submitted, response);
  }

  private async end(
    ending: Ending,
    request: OurRequest,
    id: string,
    me: SignedIn,
    submitted: Submitted,
    response: Response,
  ) {
    const model = await this.model(ending, request, id, me);
    const reason = textIn(submitted, 'reason');
    try {
      await this.ended[ending](me.person.id, model.person.id, reason);
    } catch (error) {
      const { status, errors } = refusalOf(error, wordsOf(response));
      return response.status(status).render('people/views/ending.njk', { ...model, reason, ...said(errors) });
    }
    return response.redirect(303, `${model.base}/${model.person.id}?done=${ending}d`);
  }

  private async model(ending: Ending, request: OurRequest, id: string, me: SignedIn) {
    const place = placeOf(request, me);
    const person = seenBy(me, await this.list.find(idIn(id)));
    found(can(me.actor, 'disable-person', subjectOf(person)) ? person : null, 'page');
    const cases = ending === 'disable' ? await ownedCases(this.dataSource.manager, person.id) : [];
    return { ...TITLES[ending], ...place, person, ending, cases, reason: '', ...said() };
  }
}

const TITLES = { disable: { title: 'Disable the account' }, enable: { title: 'Enable the account' } };

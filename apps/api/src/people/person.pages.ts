import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { can } from '#libs/domain/access/can.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { Organisations } from '#libs/people/organisations.js';
import { PeopleList } from '#libs/people/people-list.js';
import type { PersonView } from '#libs/people/people-list.js';
import { People } from '#libs/people/people.js';
import { ROLE_WORDS } from '#libs/people/role-words.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import type { OurRequest } from '../identity/request.js';
import { wordsOf } from '../layout/words-of.js';
import { refusalOf, said } from './form-refusals.js';
import type { FormError, FormRefusal, Submitted } from './form-refusals.js';
import { grantHistory } from './grant-history.js';
import { seenBy, subjectOf } from './people-access.js';
import { placeOf } from './people-place.js';
import type { Place } from './people-place.js';
import { idIn } from './people-problems.js';
import { ACCOUNT_WORDS, doneWords } from './people-words.js';
import { factsIn, personChoices } from './person-form.js';

const MOST_ORGANISATIONS = 2_000;

/** One person: what is known, what they may and since when; and changing that. */
@ApiExcludeController()
@Controller(['admin/people/:id', 'office/:id'])
export class PersonPages {
  constructor(
    private readonly dataSource: DataSource,
    private readonly list: PeopleList,
    private readonly people: People,
    private readonly organisations: Organisations,
  ) {}

  @Get()
  async page(
    @Param('id') id: string,
    @Query('done') done: unknown,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    const [place, person] = await this.seen(request, id, me);
    response.render('people/views/person.njk', {
      ...(await this.model(place, person, me)),
      done: doneWords(done),
    });
  }

  @Post()
  async change(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    const [place, person] = await this.seen(request, id, me);
    const facts = factsIn(submitted, place.office);
    const work = () => this.people.change(me.person.id, person.id, Number(submitted['revision']), facts);
    const refusal = await this.tried(work, response);
    if (!refusal) return response.redirect(303, `${place.base}/${person.id}?done=changed`);
    const model = await this.model(place, person, me, facts, refusal.errors);
    return response.status(refusal.status).render('people/views/person.njk', model);
  }

  @Post('invitation')
  async again(
    @Param('id') id: string,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    const [place, person] = await this.seen(request, id, me);
    const refusal = await this.tried(() => this.people.resend(me.person.id, person.id), response);
    if (!refusal) return response.redirect(303, `${place.base}/${person.id}?done=invited`);
    const model = await this.model(place, person, me, undefined, refusal.errors);
    return response.status(refusal.status).render('people/views/person.njk', model);
  }

  private async tried(work: () => Promise<void>, response: Response): Promise<FormRefusal | null> {
    try {
      await work();
      return null;
    } catch (error) {
      return refusalOf(error, wordsOf(response));
    }
  }

  private async seen(request: OurRequest, id: string, me: SignedIn): Promise<[Place, PersonView]> {
    const place = placeOf(request, me);
    return [place, seenBy(me, await this.list.find(idIn(id)))];
  }

  private async model(place: Place, person: PersonView, me: SignedIn, values?: object, errors: FormError[] = []) {
    const rows = place.office ? [] : await this.organisations.page({ active: true, limit: MOST_ORGANISATIONS });
    const now = { ...person, organisationId: person.organisation?.id ?? '' };
    return {
      ...{ title: person.name, ...place, ...personChoices(place.office), person, values: values ?? now },
      organisations: rows.map(({ id, name, code }) => ({ value: id, text: `${name} (${code})` })),
      ...{ roleWords: ROLE_WORDS, accountWords: ACCOUNT_WORDS, ...said(errors) },
      mayChange: can(me.actor, 'change-person', subjectOf(person)),
      mayDisable: can(me.actor, 'disable-person', subjectOf(person)),
      grants: await grantHistory(this.dataSource, await this.people.grants(person.id)),
    };
  }
}

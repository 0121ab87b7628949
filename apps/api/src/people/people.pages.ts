import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { ROLES } from '#libs/domain/access/roles.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { Organisations } from '#libs/people/organisations.js';
import { ACCOUNT_STATES, PeopleList } from '#libs/people/people-list.js';
import type { PeopleFilter } from '#libs/people/people-list.js';
import { People } from '#libs/people/people.js';
import { ROLE_WORDS } from '#libs/people/role-words.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import type { OurRequest } from '../identity/request.js';
import { wordsOf } from '../layout/words-of.js';
import { refusalOf, said, textIn } from './form-refusals.js';
import type { FormError, Submitted } from './form-refusals.js';
import { csvOfPeople } from './people-csv.js';
import { lookedAfterBy } from './people-access.js';
import { administering } from './people-problems.js';
import { placeOf } from './people-place.js';
import type { Place } from './people-place.js';
import { doneWords, ACCOUNT_WORDS } from './people-words.js';
import { PeoplePageQuery, PeopleQuery } from './people.dto.js';
import { factsIn, personChoices } from './person-form.js';

const PAGE = 50;
const MOST_ROWS = 10_000;
const MOST_ORGANISATIONS = 2_000;

/** The people that somebody looks after: everybody for an administrator, their office for the administrator of one. */
@ApiExcludeController()
@Controller(['admin/people', 'office'])
export class PeoplePages {
  constructor(
    private readonly list: PeopleList,
    private readonly people: People,
    private readonly organisations: Organisations,
  ) {}

  @Get()
  async page(
    @Query() query: PeoplePageQuery,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    const place = placeOf(request, me);
    const filter = filterOf(query, place);
    const scope = lookedAfterBy(me);
    const { items, next } = await administering(() => this.list.page({ ...filter, ...scope, limit: PAGE }));
    response.render('people/views/people.njk', {
      ...{
        title: place.office ? 'Office' : 'People',
        dense: true,
        ...place,
        items,
        filter,
        done: doneWords(query.done),
      },
      organisations: await this.choices(place),
      roles: ROLES,
      states: ACCOUNT_STATES,
      ...{ roleWords: ROLE_WORDS, accountWords: ACCOUNT_WORDS, myOrganisation: me.organisation },
      next: next && addressOf({ ...filter, cursor: next }, place.base),
      csv: addressOf(filter, `${place.base}/people.csv`),
    });
  }

  /** Everybody of the filter, not only the page. */
  @Get('people.csv')
  async csv(
    @Query() query: PeopleQuery,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() to: Response,
  ) {
    const { cursor: _, ...filter } = filterOf(query, placeOf(request, me));
    const scope = lookedAfterBy(me);
    const { items } = await administering(() => this.list.page({ ...filter, ...scope, limit: MOST_ROWS }));
    to.attachment('people.csv').type('text/csv; charset=utf-8').send(csvOfPeople(items));
  }

  @Get('invite')
  async invitation(@CurrentPerson() me: SignedIn, @Req() request: OurRequest, @Res() response: Response) {
    const place = placeOf(request, me);
    const { language, timezone } = me.person;
    const values = place.office ? { language, timezone, roles: ['requester'] } : { language: 'en', roles: [] };
    response.render('people/views/invite.njk', await this.inviteModel(place, values));
  }

  @Post('invite')
  async invite(
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Req() request: OurRequest,
    @Res() response: Response,
  ) {
    const place = placeOf(request, me);
    const invitee = { ...factsIn(submitted, place.office), email: textIn(submitted, 'email') };
    try {
      await this.people.invite(me.person.id, invitee);
    } catch (error) {
      const { status, errors } = refusalOf(error, wordsOf(response));
      const model = await this.inviteModel(place, invitee, errors);
      return response.status(status).render('people/views/invite.njk', model);
    }
    return response.redirect(303, `${place.base}?done=invited`);
  }

  private async inviteModel(place: Place, values: object, errors: FormError[] = []) {
    const choices = { ...personChoices(place.office), organisations: await this.choices(place) };
    return { title: 'Invite somebody', ...place, ...choices, values, ...said(errors) };
  }

  private async choices({ office }: Place) {
    if (office) return [];
    const rows = await this.organisations.page({ active: true, limit: MOST_ORGANISATIONS });
    return rows.map(({ id, name, code }) => ({ value: id, text: `${name} (${code})` }));
  }
}

/** An empty field of the filter form means: any. */
function filterOf(query: PeopleQuery, { office }: Place): Omit<PeopleFilter, 'limit'> {
  const { q, organisation, role, state, cursor } = query;
  const given = { q, organisation: office ?? organisation, role, state, cursor };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''));
}

function addressOf(filter: Partial<PeopleFilter>, path: string): string {
  const values = Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]);
  return values.length ? `${path}?${new URLSearchParams(values).toString()}` : path;
}

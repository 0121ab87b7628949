import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { can } from '#libs/domain/access/can.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { LeaveBook } from '#libs/people/leave-book.js';
import type { LeaveView } from '#libs/people/leave-book.js';
import { dateOf } from '../cases/forms/form-body.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { wordsOf } from '../layout/words-of.js';
import { refusalOf, said, textIn } from './form-refusals.js';
import type { FormError, Submitted } from './form-refusals.js';
import { administering, idIn } from './people-problems.js';
import { doneWords } from './people-words.js';

/** When somebody is away, and who stands in: one's own leave, and for the lead and administrators that of the staff. */
@ApiExcludeController()
@Controller('leave')
export class LeavePages {
  constructor(private readonly leaves: LeaveBook) {}

  @Get()
  own(@Query('done') done: unknown, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    return this.show(me, me.person.id, response, { done: doneWords(done) });
  }

  @Post()
  setOwn(@Body() submitted: Submitted, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    return this.set(me, me.person.id, submitted, response);
  }

  @Post('cancel')
  cancelOwn(@CurrentPerson() me: SignedIn, @Res() response: Response) {
    return this.cancel(me, me.person.id, response);
  }

  @Get(':id')
  of(@Param('id') id: string, @Query('done') done: unknown, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    return this.show(me, idIn(id), response, { done: doneWords(done) });
  }

  @Post(':id')
  setOf(
    @Param('id') id: string,
    @Body() submitted: Submitted,
    @CurrentPerson() me: SignedIn,
    @Res() response: Response,
  ) {
    return this.set(me, idIn(id), submitted, response);
  }

  @Post(':id/cancel')
  cancelOf(@Param('id') id: string, @CurrentPerson() me: SignedIn, @Res() response: Response) {
    return this.cancel(me, idIn(id), response);
  }

  private async set(me: SignedIn, id: string, submitted: Submitted, response: Response) {
    await administering(() => this.leaves.view(me.actor, id));
    const leave = { from: dateOf(submitted, 'from'), until: dateOf(submitted, 'until') };
    try {
      await this.leaves.set(me.person.id, id, { ...leave, delegateId: textIn(submitted, 'delegateId') || null });
    } catch (error) {
      const { status, errors } = refusalOf(error, wordsOf(response));
      return this.show(me, id, response.status(status), { values: submitted, errors });
    }
    return response.redirect(303, `${addressOf(me, id)}?done=changed`);
  }

  private async cancel(me: SignedIn, id: string, response: Response) {
    await administering(() => this.leaves.cancel(me.person.id, id));
    return response.redirect(303, `${addressOf(me, id)}?done=cancelled`);
  }

  private async show(
    me: SignedIn,
    id: string,
    response: Response,
    { values, errors = [], done = null }: { values?: Submitted; errors?: FormError[]; done?: string | null },
  ) {
    const view = await administering(() => this.leaves.view(me.actor, id));
    const others = id === me.person.id ? await this.staffOf(me) : [];
    response.render('people/views/leave.njk', {
      ...{ title: 'Leave', ...view, own: id === me.person.id, address: addressOf(me, id), done },
      ...{ others, values: values ?? valuesOf(view), ...said(errors) },
    });
  }

  /** Whose leave this person may set besides their own. */
  private async staffOf(me: SignedIn) {
    const staff = await this.leaves.staff();
    return staff.filter(
      ({ id: personId, organisationId, roles }) =>
        personId !== me.person.id && can(me.actor, 'set-leave', { personId, organisationId, roles }),
    );
  }
}

const addressOf = (me: SignedIn, id: string): string => (id === me.person.id ? '/leave' : `/leave/${id}`);

/** What the form shows before anything is typed. */
function valuesOf({ person }: LeaveView): Submitted {
  const parts = (name: string, date: string | null) => {
    const [year = '', month = '', day = ''] = date?.split('-') ?? [];
    return { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: day };
  };
  const { onLeaveFrom, onLeaveUntil, delegateId } = person;
  return { ...parts('from', onLeaveFrom), ...parts('until', onLeaveUntil), delegateId: delegateId ?? '' };
}

import { Controller, Get, Param, Render } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CaseFacts } from '#libs/case-reading/case-facts.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { OpenToGuests } from '../follow/open-to-guests.decorator.js';
import { RequestId } from '../identity/request-id.decorator.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { found } from './case-problems.js';
import { explanationPage } from './explanation-model.js';

/** Why a clock is due when it is: the same facts as the API and the command line give. */
@ApiExcludeController()
@OpenToGuests()
@Controller('cases/:reference/clocks/:name')
export class ExplanationPages {
  constructor(private readonly facts: CaseFacts) {}

  @Get()
  @Render('cases/views/explanation.njk')
  async page(
    @Param('reference') reference: string,
    @Param('name') name: string,
    @CurrentPerson() { actor, person }: SignedIn,
    @RequestId() requestId: string,
  ) {
    const explained = await this.facts.explanations(reference, name, { actor, zone: person.timezone, requestId });
    return explanationPage(found(explained, 'clock'), name);
  }
}

import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { ROLES } from '#libs/domain/access/roles.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { ROLE_SENTENCES, ROLE_WORDS } from '#libs/people/role-words.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';
import { lookedAfterBy } from './people-access.js';
import { roleTable } from './role-table.js';

/** What each role may and may not do, for those who give roles. */
@ApiExcludeController()
@Controller('admin/roles')
export class RolesPages {
  @Get()
  page(@CurrentPerson() me: SignedIn, @Res() response: Response) {
    lookedAfterBy(me);
    const roles = ROLES.map((role) => ({ name: ROLE_WORDS[role], sentence: ROLE_SENTENCES[role] }));
    response.render('people/views/roles.njk', {
      title: 'What each role may do',
      dense: true,
      roles,
      groups: roleTable(),
    });
  }
}

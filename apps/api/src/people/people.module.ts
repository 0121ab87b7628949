import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '#libs/config/config.js';
import { AccountNotices } from '#libs/people/account-notices.js';
import { AccountsEnded } from '#libs/people/accounts-ended.js';
import { Welcome } from '#libs/people/invitations.js';
import { LeaveBook } from '#libs/people/leave-book.js';
import { Organisations } from '#libs/people/organisations.js';
import { PeopleList } from '#libs/people/people-list.js';
import { People } from '#libs/people/people.js';
import { LeavePages } from './leave.pages.js';
import { OrganisationsController } from './organisations.controller.js';
import { OrganisationsPages } from './organisations.pages.js';
import { PeopleController } from './people.controller.js';
import { EndingPages } from './ending.pages.js';
import { PeoplePages } from './people.pages.js';
import { PersonPages } from './person.pages.js';
import { RolesPages } from './roles.pages.js';
import { WelcomePages } from './welcome.pages.js';

/** Organisations and people: who is who, who may what, who is away; inviting people and ending accounts. */
@Module({
  controllers: [
    OrganisationsController,
    PeopleController,
    OrganisationsPages,
    RolesPages,
    PeoplePages,
    EndingPages,
    PersonPages,
    LeavePages,
    WelcomePages,
  ],
  providers: [
    ...[PeopleList, Organisations, LeaveBook].map((provide) => ({
      provide,
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => new provide(dataSource),
    })),
    ...[People, AccountsEnded].map((provide) => ({
      provide,
      inject: [DataSource, Config],
      useFactory: (dataSource: DataSource, config: Config) => new provide(dataSource, new AccountNotices(config)),
    })),
    {
      provide: Welcome,
      inject: [DataSource, Config],
      useFactory: (dataSource: DataSource, { secretsKey }: Config) => new Welcome(dataSource, secretsKey),
    },
  ],
})
export class PeopleModule {}

import { Controller, Get, Render, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Person } from '#libs/database/entities/person.entity.js';
import { heldData } from '#libs/erasure/held-data.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { CurrentPerson } from '../identity/current-person.decorator.js';

/** What is held on the person who looks, as a file. */
@ApiExcludeController()
@Controller('account/data')
export class AccountDataPages {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  @Render('account-data/views/data.njk')
  page() {
    return { title: 'Data held about you' };
  }

  @Get('file')
  async file(@CurrentPerson() me: SignedIn, @Res() response: Response) {
    const { manager } = this.dataSource;
    const held = await heldData(manager, await manager.findOneByOrFail(Person, { id: me.person.id }), true);
    response.attachment('action48-my-data.json').send(JSON.stringify(held, null, 2));
  }
}

import { Injectable } from '@nestjs/common';
import { ArrayOverlap, DataSource } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { CASE_STAFF } from '#libs/domain/access/roles.js';
import { isExcluded } from '#libs/domain/case/exclusions.js';
import type { Choice } from '../cases/forms/field.js';

/** People and organisations as choices of a form. */
@Injectable()
export class PeopleDirectory {
  constructor(private readonly dataSource: DataSource) {}

  async coordinators(): Promise<Choice[]> {
    const people = await this.dataSource.manager.find(Person, {
      select: { id: true, name: true },
      where: { active: true, roles: ArrayOverlap(CASE_STAFF) },
      order: { name: 'ASC' },
    });
    return people.map(({ id, name }) => ({ value: id, text: name, given: true }));
  }

  /** Those that may be asked; not the excluded ones, which are named by code or name. */
  async responders(excludedParties: readonly string[] = []): Promise<Choice[]> {
    const rows = await this.dataSource.manager.find(Organisation, {
      where: { responder: true, active: true },
      order: { name: 'ASC' },
    });
    return rows
      .filter((row) => !isExcluded({ excludedParties: [...excludedParties] }, row))
      .map(({ id, name }) => ({ value: id, text: name, given: true }));
  }
}

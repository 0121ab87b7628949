import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { RequestDraft } from '#libs/database/entities/request-draft.entity.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import type { Answers } from './answers.js';

/** Requests being written: saved after each page, seen by their author only. */
@Injectable()
export class DraftDesk {
  constructor(private readonly dataSource: DataSource) {}

  async begin({ person }: SignedIn): Promise<string> {
    const id = uuidv7();
    const row = { id, personId: person.id, answers: {}, updatedAt: new Date(), reference: null };
    await this.dataSource.manager.insert(RequestDraft, row);
    return id;
  }

  async find(id: string, { person }: SignedIn): Promise<(RequestDraft & { answers: Answers }) | null> {
    if (!/^[0-9a-f-]{36}$/.test(id)) return null;
    const row = await this.dataSource.manager.findOneBy(RequestDraft, { id, personId: person.id });
    return row as (RequestDraft & { answers: Answers }) | null;
  }

  /** Those that have not become a case yet, newest first. */
  unfinished({ person }: SignedIn): Promise<RequestDraft[]> {
    return this.dataSource.manager
      .createQueryBuilder(RequestDraft, 'draft')
      .where('draft.person_id = :id AND draft.reference IS NULL', { id: person.id })
      .orderBy('draft.updated_at', 'DESC')
      .getMany();
  }

  async save(draft: RequestDraft, answers: Answers): Promise<void> {
    await this.dataSource.manager.update(RequestDraft, draft.id, {
      answers: { ...draft.answers, ...answers } as never,
      updatedAt: new Date(),
    });
  }

  async finish(draft: RequestDraft, reference: string): Promise<void> {
    await this.dataSource.manager.update(RequestDraft, draft.id, { reference, answers: {} });
  }

  async discard(draft: RequestDraft): Promise<void> {
    await this.dataSource.manager.delete(RequestDraft, draft.id);
  }
}

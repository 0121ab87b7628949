import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { productNow } from '#libs/case-store/product-time.js';
import { RequestDraft } from '#libs/database/entities/request-draft.entity.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import type { CalledOff } from '#libs/domain/mail/called-off.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { suppressWaiting } from '#libs/mail-sequences/sequence-mail.js';
import type { Answers } from './answers.js';

/** Requests being written: saved after each page, seen by their author only. */
@Injectable()
export class DraftDesk {
  constructor(private readonly dataSource: DataSource) {}

  async begin({ person }: SignedIn): Promise<string> {
    const id = uuidv7();
    const { manager } = this.dataSource;
    const row = {
      id,
      personId: person.id,
      answers: {},
      updatedAt: new Date(await productNow(manager)),
      reference: null,
    };
    await manager.insert(RequestDraft, row);
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

  save(draft: RequestDraft, answers: Answers): Promise<void> {
    return this.touching(draft, CALLED_OFF.draftChanged, async (manager) => {
      await manager.update(RequestDraft, draft.id, {
        answers: { ...draft.answers, ...answers } as never,
        updatedAt: new Date(await productNow(manager)),
      });
    });
  }

  finish(draft: RequestDraft, reference: string): Promise<void> {
    return this.touching(draft, CALLED_OFF.draftSubmitted, async (manager) => {
      await manager.update(RequestDraft, draft.id, { reference, answers: {} });
    });
  }

  discard(draft: RequestDraft): Promise<void> {
    return this.touching(draft, CALLED_OFF.draftDiscarded, async (manager) => {
      await manager.delete(RequestDraft, draft.id);
    });
  }

  /** Whatever is done with a draft, nobody is reminded any more of how it was. */
  private touching(
    { id }: RequestDraft,
    why: CalledOff,
    work: (manager: EntityManager) => Promise<void>,
  ): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await work(manager);
      await suppressWaiting(manager, 'draft_idle', id, why);
    });
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Person } from '#libs/database/entities/person.entity.js';
import { RuleDraft } from '#libs/database/entities/rule-draft.entity.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import { withLaterClocks } from '#libs/domain/case/delivered-policy.js';
import type { SignedIn } from '#libs/identity/signed-in.js';
import { deleteDraft, findDraft, insertDraft, updateDraft } from '#libs/rule-book/rule-drafts.js';

/** A policy that is being worked on. Whoever may publish may go on with it. */
export interface PolicyDraft {
  id: string;
  title: string;
  basedOn: number;
  clocks: ClockPolicy[];
  revision: number;
  /** Who changed it last, and when (ISO 8601). */
  author: { id: string; name: string };
  updatedAt: string;
}

/** Somebody else has changed the draft since it was read. */
export class DraftChanged extends Error {
  override name = 'DraftChanged';

  constructor(readonly draft: PolicyDraft) {
    super(`${draft.author.name} has changed this draft meanwhile. Look at it, then make your change again.`);
  }
}

/** Drafts of the policy, kept until they are published or discarded. */
@Injectable()
export class PolicyDrafts {
  constructor(private readonly dataSource: DataSource) {}

  /** Returns the id of the new draft. */
  begin(me: SignedIn, basedOn: number, clocks: readonly ClockPolicy[], title = ''): Promise<string> {
    const authorId = me.person.id;
    return insertDraft(this.dataSource.manager, {
      kind: 'policy',
      subject: '',
      title,
      basedOn,
      body: clocks,
      authorId,
    });
  }

  async find(id: string): Promise<PolicyDraft | null> {
    const row = await findDraft(this.dataSource.manager, 'policy', id);
    return row && this.view(row);
  }

  /** Newest first. */
  async all(): Promise<PolicyDraft[]> {
    const rows = await this.dataSource.manager.find(RuleDraft, {
      where: { kind: 'policy' },
      order: { updatedAt: 'DESC' },
      take: 50,
    });
    return Promise.all(rows.map((row) => this.view(row)));
  }

  /**
   * Keeps the changed clocks if nobody has changed the draft since `revision`.
   * @throws DraftChanged with the draft as it is now
   */
  async save(draft: PolicyDraft, revision: number, clocks: readonly ClockPolicy[], me: SignedIn): Promise<void> {
    const change = { body: clocks, authorId: me.person.id };
    if (await updateDraft(this.dataSource.manager, { kind: 'policy', id: draft.id, revision }, change)) return;
    throw new DraftChanged((await this.find(draft.id)) ?? draft);
  }

  async discard({ id }: PolicyDraft): Promise<void> {
    await deleteDraft(this.dataSource.manager, 'policy', id);
  }

  private async view(row: RuleDraft): Promise<PolicyDraft> {
    const person = await this.dataSource.manager.findOneBy(Person, { id: row.authorId });
    return {
      id: row.id,
      title: row.title,
      basedOn: row.basedOn,
      clocks: withLaterClocks(row.body as ClockPolicy[]),
      revision: row.revision,
      author: { id: row.authorId, name: person?.name ?? '' },
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}

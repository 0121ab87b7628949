import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CaughtMail } from '#libs/database/entities/caught-mail.entity.js';

/** What the trial's mail catcher has received, newest first. */
@Injectable()
export class Inbox {
  constructor(private readonly dataSource: DataSource) {}

  async page(
    to: string | undefined,
    limit: number,
    cursor?: string,
  ): Promise<{ items: CaughtMail[]; next: string | null }> {
    const query = this.dataSource.manager
      .createQueryBuilder(CaughtMail, 'mail')
      .orderBy('mail.id', 'DESC')
      .limit(limit + 1);
    if (to) query.andWhere(':to = ANY(mail.to)', { to: to.toLowerCase() });
    if (cursor && /^\d{1,18}$/.test(cursor)) query.andWhere('mail.id < :cursor', { cursor });
    const rows = await query.getMany();
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Mails that wait for their readers' hours or their digest, and when the first of them goes. */
  async waiting(): Promise<{ mails: number; next: Date | null }> {
    const [row] = await this.dataSource.query<{ mails: number; next: Date | null }[]>(
      `SELECT count(*)::int AS mails, min(send_after) AS next FROM mail
       WHERE state = 'due' AND held_for IN ('hours', 'quiet', 'digest', 'limit')`,
    );
    return row ?? { mails: 0, next: null };
  }

  async one(id: string): Promise<CaughtMail | null> {
    return /^\d{1,18}$/.test(id) ? this.dataSource.manager.findOneBy(CaughtMail, { id }) : null;
  }
}
